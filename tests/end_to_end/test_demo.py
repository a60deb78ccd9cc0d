"""The published system on its phantom, at the size a user gets: `isocenter demo osteoporosis-mri`."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from engine.runs import RunFolder


class Demo(NamedTuple):
    """One call of the command."""

    status: int
    told: dict[str, Any]
    complaints: str

    @property
    def balanced(self) -> dict[str, float]:
        """The balanced accuracy with its interval."""
        figure: dict[str, float] = self.told["metrics"]["diagnosis"]["balanced_accuracy"]
        return figure

    @property
    def run(self) -> RunFolder:
        """The run folder it names."""
        return RunFolder.open(Path(self.told["run"]))


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Demo]:
    """The demo with its class difference, and with none; side by side, since each uses one core."""
    folder = tmp_path_factory.mktemp("demo")
    settings: dict[str, list[str]] = {"effect": [], "noise": ["--set", "phantom.effect=0"]}
    working = {name: _start(folder / name, words) for name, words in settings.items()}
    return {name: _finished(process) for name, process in working.items()}


pytestmark = pytest.mark.timeout(900)


def test_the_demo_succeeds_without_a_word_of_complaint(demos: dict[str, Demo]) -> None:
    assert demos["effect"].status == 0
    assert "Traceback" not in demos["effect"].complaints


def test_the_phantom_has_the_published_patients(demos: dict[str, Demo]) -> None:
    truths = [row.truth for row in demos["effect"].run.predictions()]
    assert (truths.count("healthy"), truths.count("osteoporotic")) == (12, 21)


def test_every_patient_is_predicted_once_by_a_model_that_never_saw_it(demos: dict[str, Demo]) -> None:
    run = demos["effect"].run
    division = json.loads((run.path / "division.json").read_text(encoding="utf-8"))
    trained_on = {fold["number"]: set(fold["train"]) for fold in division}
    rows = run.predictions()
    assert len({row.patient for row in rows}) == len(rows) == len(division) == 33
    assert all(row.patient not in trained_on[row.fold] for row in rows)


def test_with_a_difference_the_classes_are_told_apart_clearly_above_chance(demos: dict[str, Demo]) -> None:
    assert demos["effect"].balanced["low"] > 0.5


def test_without_a_difference_the_interval_covers_chance(demos: dict[str, Demo]) -> None:
    noise = demos["noise"].balanced
    assert noise["low"] <= 0.5 <= noise["high"]


def test_without_a_difference_the_report_says_so(demos: dict[str, Demo]) -> None:
    page = demos["noise"].run.report_path.read_text(encoding="utf-8")
    assert "Not distinguishable from chance" in page


def test_the_folder_has_every_part_of_a_run(demos: dict[str, Demo]) -> None:
    run = demos["effect"].run
    names = {"recipe.toml", "events.jsonl", "predictions.csv", "metrics.json", "environment.json", "report.html"}
    assert names | {"log.txt", "folds"} <= {path.name for path in run.path.iterdir()}
    assert len(list((run.path / "folds").iterdir())) == 33


def test_nothing_the_run_wrote_names_a_patient_as_the_source_does(demos: dict[str, Demo]) -> None:
    run = demos["effect"].run
    phantom = run.workspace_path.parent / "phantom" / "data"
    names = [folder.name.encode() for folder in phantom.iterdir() if folder.is_dir()]
    written = [path.read_bytes() for path in run.path.rglob("*") if path.is_file()]
    assert not [name for name in names if any(name in content for content in written)]


def _start(folder: Path, words: list[str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "engine.cli", "demo", "osteoporosis-mri", "--to", str(folder), "--json", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _finished(process: "subprocess.Popen[str]") -> Demo:
    told, complaints = process.communicate()
    return Demo(process.returncode, json.loads(told), complaints)
