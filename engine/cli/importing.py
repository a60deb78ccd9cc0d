"""The verbs about where scans come from: import, sources, refresh, relink."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from engine.cli.console import AsJson, Bar, answer, bar, table
from engine.cli.plan_words import plan_of
from engine.cohort import Cohort, ImportPlan, ImportReport, Workspace, import_as_workspace, import_found, look_into
from engine.cohort.cohort import Scan
from engine.cohort.intake.examining import Progress
from engine.cohort.intake.import_report import MOST_NAMED, Remark
from engine.cohort.intake.refreshing import exclude_gone, refresh
from engine.cohort.intake.relinking import relink
from engine.cohort.intake.sources import Source, source_called, sources_of
from engine.errors import IsocenterError
from engine.imaging import Discovery

_SUCH_AS = 3
_PHASES = {"files": "Looking", "scans": "Taking in"}
Words = list[str] | None


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("import")(import_scans)
    app.command("sources")(list_sources)
    app.command("refresh")(refresh_sources)
    app.command("relink")(relink_source)


def import_scans(
    source: Annotated[Path, typer.Argument(help="The folder of scans; it is only read.")],
    workspace: Annotated[Path, typer.Argument(help="The workspace; made where there is none.")],
    layout: Annotated[str, typer.Option(help="How the folder is arranged; 'auto' finds out.")] = "auto",
    option: Annotated[Words, typer.Option(metavar="KEY=VALUE", help="An option of the layout.")] = None,
    labels: Annotated[Path | None, typer.Option(help="A label table (csv, tsv, xlsx, ...).")] = None,
    column: Annotated[Words, typer.Option(metavar="NAME=USE", help="What a column of it is for.")] = None,
    rename: Annotated[Words, typer.Option("--class", metavar="COLUMN:FROM=TO", help="Call a class so.")] = None,
    name: Annotated[str, typer.Option(help="What the source is called in the cohort.")] = "",
    apart: Annotated[bool, typer.Option("--apart", help="Its patient ids are nobody else's.")] = False,
    join: Annotated[bool, typer.Option("--join", help="Make one scan of series that are its echoes.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Find and check only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add a folder of scans to a workspace, or read it again."""
    chosen = ImportPlan(layout, table=labels, name=name, same_people=not apart, join=join)
    plan = plan_of(chosen, option or [], column or [], rename or [])
    opened: AbstractContextManager[Workspace | None] = nullcontext()
    if Workspace.exists(workspace):
        opened = Workspace.open(workspace)
    with opened as there, bar("Importing") as shown:
        scratch = None if there is None else there.path
        with look_into(source, scratch=scratch, progress=_phase(shown)("files")) as found:
            report = _imported(found.joined() if join else found, source, there, workspace, plan, dry_run, shown)
    answer(report.as_json(), as_json, [*heads(report.cohort), *_news(report)])


def list_sources(workspace: Annotated[Path, typer.Argument()], as_json: AsJson = False) -> None:
    """List where the scans of a workspace came from."""
    found = sources_of(Workspace.peek(workspace))
    rows = [(one.name, one.plan.layout, f"{one.scans:,}", f"{one.gone:,}", _shown_root(one)) for one in found]
    lines = [table("", ("source", "layout", "scans", "gone", "folder"), rows)] if rows else ["There is no source yet."]
    answer([one.as_json() for one in found], as_json, lines)


def refresh_sources(
    workspace: Annotated[Path, typer.Argument()],
    source: Annotated[str, typer.Argument(help="A source's name; all of them without it.")] = "",
    gone: Annotated[bool, typer.Option("--exclude-gone", help="Exclude scans whose files are gone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read sources again: add what is new, tell what changed or vanished."""
    with Workspace.open(workspace) as opened, bar("Refreshing") as shown:
        chosen = [source_called(opened, source)] if source else list(sources_of(opened))
        told = [_refreshed(opened, one, shown, gone=gone, only=bool(source)) for one in chosen]
    values = [one.as_json() for one in told]
    lines = [line for one in told for line in (_news(one) if isinstance(one, ImportReport) else [f"{one}. {one.hint}"])]
    answer(values, as_json, lines or ["There is no source yet."])


def relink_source(
    workspace: Annotated[Path, typer.Argument()],
    source: Annotated[str, typer.Argument(help="A source's name.")],
    new_root: Annotated[Path, typer.Argument(help="The folder in which its files lie now.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tell where the folder of a source is now."""
    with Workspace.open(workspace) as opened, bar("Relinking") as shown:
        told = relink(opened, source_called(opened, source), new_root, dry_run=dry_run, progress=shown.at)
    lines = [f"{len(told.there)} scans of {told.source} are in {told.root}."]
    lines += [f"{len(told.missing)} are not there."] if told.missing else []
    lines += [f"{len(told.other)} files have another size: refresh the source."] if told.other else []
    answer(told.as_json(), as_json, lines)


def heads(found: Cohort) -> list[str | Table]:
    """How many patients and scans there are, and of which classes."""
    level = "" if found.level == "patient" else " (image level: the source names no patients)"
    lines: list[str | Table] = [f"{len(found.patients)} patients, {len(found.scans)} scans{level}"]
    for column, classes in found.counts().items():
        rows = [(name, str(heads["patients"]), str(heads["scans"])) for name, heads in classes.items()]
        lines.append(table("", (column, "patients", "scans"), rows))
    return lines


def _refreshed(
    opened: Workspace, source: Source, shown: Bar, *, gone: bool, only: bool
) -> ImportReport | IsocenterError:
    """What came of it. Of several sources, one that cannot be read does not keep the others from it."""
    try:
        report = refresh(opened, source, phase=_phase(shown))
    except IsocenterError as failure:
        if only:
            raise
        return failure
    if gone and exclude_gone(opened, source) is not None:
        return replace(report, cohort=opened.cohort())
    return report


def _imported(
    found: Discovery,
    source: Path,
    opened: Workspace | None,
    workspace: Path,
    plan: ImportPlan,
    dry_run: bool,
    shown: Bar,
) -> ImportReport:
    progress = _phase(shown)("scans")
    if opened is not None or dry_run:
        return import_found(found, source, opened, plan, dry_run=dry_run, progress=progress)
    return import_as_workspace(source, workspace, plan, found=found, progress=progress)


def _phase(shown: Bar) -> Callable[[str], Progress]:
    return lambda word: lambda done, total: shown.at(done, total, _PHASES[word])


def _news(report: ImportReport) -> Sequence[Any]:
    lines = [f"{report.new} new, {report.unchanged} unchanged scans in {report.source}."]
    lines += _named("Changed", report.changed)
    lines += _named("Moved to", report.moved)
    lines += _named("Gone", report.vanished)
    lines += [f"{report.left_alone} left out as before."] if report.left_alone else []
    for news in report.labels:
        done = "taken" if news.taken else "not taken, since it was edited or comes from elsewhere"
        lines.append(f"{news.patient}: {news.column} was {news.had or 'nothing'}, now {news.now or 'nothing'} ({done})")
    return [*lines, *map(_passed_over, report.remarks)]


def _named(word: str, scans: Sequence[Scan]) -> list[str]:
    """A line each; of a great many the first."""
    lines = [f"{word}: {scan.path}" for scan in scans[:MOST_NAMED]]
    return [*lines, f"{word}: {len(scans) - MOST_NAMED:,} more"] if len(scans) > MOST_NAMED else lines


def _passed_over(remark: Remark) -> str:
    names = [path.name for path in remark.paths[:_SUCH_AS]]
    more = f" and {len(remark.paths) - len(names):,} more" if len(remark.paths) > len(names) else ""
    return f"Skipped {', '.join(names)}{more}: {remark.reason}"


def _shown_root(source: Source) -> str:
    return f"{source.root}{'' if source.root.exists() else ' (not there)'}"
