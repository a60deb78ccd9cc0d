"""The report of a run folder, from what lies in it."""

from pathlib import Path

from engine.errors import RunError
from engine.evaluation.vault_facts import vault_facts
from engine.report.data import ReportData
from engine.report.write import write_report
from engine.runs import RunFolder
from engine.runs.division import read_origin
from engine.runs.events import Warned


def report_on(run: RunFolder) -> Path:
    """Write the report of a run beside its other files; RunError while the run has no figures."""
    return write_report(run.path, report_data(run))


def report_data(run: RunFolder) -> ReportData:
    """What the folder of a finished run says."""
    figures, events = run.metrics(), run.events()
    if not figures:
        hint = "Resume the run; the report is written when all folds are done."
        raise RunError("the run has no figures to report yet", path=run.path, hint=hint)
    return ReportData(
        run=run.name,
        recipe=run.recipe(),
        level=figures["level"],
        events=events,
        predictions=run.predictions(),
        metrics=figures["metrics"],
        verdicts=figures["verdicts"],
        baselines=figures.get("baselines", {}),
        differences=figures.get("differences", {}),
        environment=run.environment(),
        repeats=figures.get("repeats", {}),
        vault=vault_facts(run),
        origin=read_origin(run),
        likely=bool(figures.get("likely")),
        warnings=list(dict.fromkeys(event.text for event in events if isinstance(event, Warned))),
    )
