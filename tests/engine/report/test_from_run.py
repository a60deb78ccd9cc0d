"""A run folder is all a report needs."""

import json
from pathlib import Path

import pytest

from engine.errors import RunError
from engine.report.from_run import report_data, report_on
from engine.runs import RunFolder, write_predictions
from engine.runs.events import Event, Warned, to_line
from tests.engine.report import made


def finished(folder: Path, *more: Event) -> RunFolder:
    """A finished run on disk."""
    data = made.report_data()
    run = RunFolder.create(folder, data.recipe)
    write_predictions(run.predictions_path, data.predictions)
    parts = ("level", "metrics", "baselines", "differences", "verdicts")
    run.metrics_path.write_text(json.dumps({part: getattr(data, part) for part in parts}), encoding="utf-8")
    lines = [to_line(event) + "\n" for event in (*data.events, *more)]
    run.events_path.write_text("".join(lines), encoding="utf-8")
    return run


def test_the_report_is_written_from_the_folder_alone(tmp_path: Path) -> None:
    run = finished(tmp_path)
    assert report_on(run) == run.report_path


def test_the_folder_gives_back_the_figures_of_the_run(tmp_path: Path) -> None:
    assert report_data(finished(tmp_path)).metrics == made.report_data().metrics


def test_a_warning_that_was_given_twice_is_reported_once(tmp_path: Path) -> None:
    told = Warned(text="P-007 is left out"), Warned(text="P-007 is left out")
    assert report_data(finished(tmp_path, *told)).warnings == ["P-007 is left out"]


def test_a_run_without_figures_has_no_report(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no figures to report yet"):
        report_on(RunFolder.create(tmp_path, made.report_data().recipe))
