"""suggest, suggestions, decide: what other programs may rely on."""

import getpass
import shutil
from pathlib import Path

import pytest

from engine.cohort import Workspace
from engine.compute import execute
from engine.control import Control
from tests.engine.cli.conftest import Isocenter
from tests.helpers.cohorts import CLASSES, make_run, make_workspace, write_source


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of eight labelled patients and three without a label, with a finished run."""
    home = tmp_path_factory.mktemp("suggesting")
    labels = {f"{number:04d}": CLASSES[number % 2] for number in range(1, 9)}
    workspace = make_workspace(home / "study", write_source(home / "source", 11, labels=labels))
    execute(workspace, make_run(workspace), Control(), lambda event: None)
    return home


@pytest.fixture
def workspace(trained: Path, tmp_path: Path) -> Path:
    """That workspace in a copy."""
    return Path(shutil.copytree(trained, tmp_path / "copy")) / "study"


@pytest.fixture
def suggested(isocenter: Isocenter, workspace: Path) -> Path:
    """The workspace with suggestions."""
    (run,) = (workspace / "runs").iterdir()
    answer = isocenter("suggest", run, "--json")
    assert (answer.status, answer.json["patients"]) == (0, 3)
    return workspace


def test_suggest_tells_probabilities_and_changes_no_label(suggested: Path, isocenter: Isocenter) -> None:
    answer = isocenter("suggestions", suggested, "--json").json
    assert (answer["open"], answer["accepted"], answer["rejected"]) == (3, 0, 0)
    assert [sorted(one["probabilities"]) for one in answer["suggestions"]] == [sorted(CLASSES)] * 3
    margins = [one["margin"] for one in answer["suggestions"]]
    assert margins == sorted(margins)
    assert not any(p.labels for p in Workspace.peek(suggested).cohort().patients[8:])


def test_suggest_for_people_says_that_nothing_changed(workspace: Path, isocenter: Isocenter) -> None:
    (run,) = (workspace / "runs").iterdir()
    assert "No label was changed" in isocenter("suggest", run).out


def test_accept_gives_the_suggested_label_and_keeps_who_did_it(suggested: Path, isocenter: Isocenter) -> None:
    proposed = {
        one["patient"]: one["proposed"] for one in isocenter("suggestions", suggested, "--json").json["suggestions"]
    }
    answer = isocenter("decide", suggested, "P-010", "--accept", "--json")
    assert (answer.status, answer.json["decided"], answer.json["open"]) == (0, 1, 2)
    (decided,) = [
        one
        for one in isocenter("suggestions", suggested, "--json").json["suggestions"]
        if one["decision"] == "accepted"
    ]
    assert (decided["patient"], decided["label"], decided["who"]) == ("P-010", proposed["P-010"], getpass.getuser())


def test_accept_may_name_another_label(suggested: Path, isocenter: Isocenter) -> None:
    answer = isocenter("decide", suggested, "P-010", "--accept", "osteopenic")
    assert (answer.status, "'osteopenic' is a new class of 'diagnosis'" in answer.err) == (0, True)
    assert Workspace.peek(suggested).cohort().by_key["P-010"].label("diagnosis") == "osteopenic"


def test_reject_leaves_the_patient_without_a_label(suggested: Path, isocenter: Isocenter) -> None:
    assert "2 still open" in isocenter("decide", suggested, "P-011", "--reject").out
    assert Workspace.peek(suggested).cohort().by_key["P-011"].label("diagnosis") == ""


def test_accept_above_says_how_many(suggested: Path, isocenter: Isocenter) -> None:
    answer = isocenter("decide", suggested, "--accept-above", "0.5", "--json").json
    assert (answer["decided"], answer["open"]) == (3, 0)
    assert answer["edits"] == ["Accept the suggested diagnosis of 3 patients"]


def test_accept_above_what_none_reaches_changes_nothing(suggested: Path, isocenter: Isocenter) -> None:
    assert "nothing was changed" in isocenter("decide", suggested, "--accept-above", "1").out


@pytest.mark.parametrize("bound", ["0.4", "1.1", "nan"])
def test_accept_above_refuses_to_accept_by_doubt(suggested: Path, isocenter: Isocenter, bound: str) -> None:
    assert isocenter("decide", suggested, "--accept-above", bound).status == 1


@pytest.mark.parametrize(
    "words",
    [
        ("P-010",),
        ("P-010", "--accept", "--reject"),
        ("P-010", "--accept-above", "0.9"),
        ("--accept",),
        ("P-010", "healthy", "--reject"),
    ],
)
def test_a_decision_must_be_one_and_of_somebody(suggested: Path, isocenter: Isocenter, words: tuple[str, ...]) -> None:
    assert isocenter("decide", suggested, *words).status == 2


def test_a_decision_about_nobody_names_the_nearest(suggested: Path, isocenter: Isocenter) -> None:
    answer = isocenter("decide", suggested, "P-012", "--accept", "--json")
    assert answer.status == 1
    assert "P-01" in answer.json["hint"]


def test_a_run_that_is_none_says_so(workspace: Path, isocenter: Isocenter) -> None:
    assert "not a run" in isocenter("suggest", workspace).err


def test_a_run_whose_models_are_gone_says_so(workspace: Path, isocenter: Isocenter) -> None:
    (run,) = (workspace / "runs").iterdir()
    for kept in run.glob("folds/*/checkpoint.safetensors"):
        kept.unlink()
    answer = isocenter("suggest", run, "--json")
    assert (answer.status, "gone" in answer.json["error"]) == (1, True)
