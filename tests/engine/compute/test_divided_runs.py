"""Runs over divisions of every kind: watched parts, repeats, saved, external, with a vault."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.cohort import Workspace
from engine.cohort.dividing.division import Subjects, divide
from engine.cohort.dividing.joining import cohort_for, subjects_of
from engine.cohort.dividing.saved_divisions import Division, changes_since
from engine.cohort.dividing.vault import open_vault
from engine.cohort.edits import DropDivision, PutDivision, SetAside, SetLabel
from engine.compute import execute
from engine.control import Control
from engine.errors import CohortError, DataLeakageError, Interrupted, RunError
from engine.evaluation.repeats import SEVERAL, averaged
from engine.recipe import Choice
from engine.report.from_run import report_on
from engine.runs import Prediction, RunFolder, read_predictions, write_predictions
from engine.runs import events as ev
from engine.runs.division import read_folds
from engine.training.checkpoint import load_checkpoint
from tests.helpers.cohorts import make_run, make_workspace, write_source

REPEATED = "protocol={key = 'repeated-k-fold', folds = 2, repeats = 3}"
WATCHED = "protocol={key = 'holdout', test = 0.25, validation = 0.25}"


def carried_out(workspace: Path, *settings: str) -> tuple[RunFolder, list[ev.Event]]:
    run, told = make_run(workspace, "training.epochs=1", *settings), list[ev.Event]()
    execute(workspace, run, Control(), told.append)
    return run, told


def test_the_watched_part_of_a_division_is_watched_and_never_trained_on_nor_tested(workspace: Path) -> None:
    run, told = carried_out(workspace, WATCHED)
    (fold,) = read_folds(run)
    assert [len(part) for part in fold.parts.values()] == [4, 2, 2]
    assert all(event.validation_loss is not None for event in told if isinstance(event, ev.EpochEnded))
    assert {row.patient for row in run.predictions()} == set(fold.test)
    checkpoint = load_checkpoint(run.fold_path(1) / "checkpoint.safetensors")
    assert checkpoint is not None
    assert (checkpoint.facts["train"], checkpoint.facts["validation"]) == (list(fold.train), list(fold.validation))
    started = next(event for event in told if isinstance(event, ev.FoldStarted))
    assert (started.train, started.validation, started.test) == (4, 2, 2)
    assert "4 patients to train on, 2 for validation and 2 to test" in run.report_path.read_text()


def test_a_patient_of_several_repeats_is_scored_once_by_the_mean_of_its_models(workspace: Path) -> None:
    run, _ = carried_out(workspace, REPEATED)
    each = [row for fold in range(1, 7) for row in read_predictions(run.fold_path(fold) / "predictions.csv")]
    assert len(each) == 24
    pooled = run.predictions()
    assert ([row.patient for row in pooled], {row.fold for row in pooled}) == (
        [f"P-{number:03d}" for number in range(1, 9)], {SEVERAL},
    )  # fmt: skip
    for row in pooled:
        own = [one.probabilities["healthy"] for one in each if one.patient == row.patient]
        assert len(own) == 3
        assert row.probabilities["healthy"] == pytest.approx(np.mean(own))
        assert row.predicted == max(row.probabilities, key=lambda name: row.probabilities[name])
    assert all(len(rows) == 8 for rows in run.baselines().values())


def test_the_spread_over_repeats_is_recorded_and_reported(workspace: Path) -> None:
    run, _ = carried_out(workspace, REPEATED)
    told = run.metrics()["repeats"]["diagnosis"]["balanced_accuracy"]
    assert len(told["values"]) == 3
    assert told["mean"] == pytest.approx(np.mean(told["values"]))
    assert told["sd"] == pytest.approx(np.std(told["values"], ddof=1))
    report = run.report_path.read_text()
    assert "by the mean of its probabilities over 3 repeats" in report
    assert "standard deviation" in report


def test_a_division_that_is_not_repeated_tells_no_spread(workspace: Path) -> None:
    run, _ = carried_out(workspace)
    assert run.metrics()["repeats"] == {}


def test_a_single_prediction_is_left_as_it_is() -> None:
    row = Prediction("P-001", 2, "x", "a", "b", {"a": 0.25, "b": 0.75})
    assert averaged([row]) == [row]


def test_a_division_of_an_earlier_version_is_still_read(workspace: Path) -> None:
    run = make_run(workspace)
    row = {"number": 1, "train": ["P-001", "P-002", "P-003", "P-004"], "test": ["P-005", "P-006"]}
    (run.path / "division.json").write_text(json.dumps([row]))
    execute(workspace, run, Control(), lambda event: None)
    assert {one.patient for one in run.predictions()} == {"P-005", "P-006"}


def test_a_run_uses_a_saved_division_and_keeps_its_own_copy(workspace: Path) -> None:
    choice = Choice.model_validate({"key": "k-fold", "folds": 2})
    with Workspace.open(workspace) as opened:
        who = Subjects.of(opened.cohort(), ["diagnosis"])
        saved = Division.of("main", choice, 5, tuple(divide(choice, who, 5)), who)
        opened.store.edit(PutDivision(saved))
        opened.store.edit(SetLabel(("P-001",), "diagnosis", "osteoporotic"))
    run, told = carried_out(workspace, "protocol={key = 'saved', name = 'main'}")
    assert [set(fold.test) for fold in read_folds(run)] == [set(fold.test) for fold in saved.folds]
    warned = [event.text for event in told if isinstance(event, ev.Warned)]
    assert "1 patient changed in 'diagnosis' since: P-001." in warned
    assert "as saved under the name &#39;main&#39;" in run.report_path.read_text()


def keep(workspace: Path, choice: Choice, name: str = "main") -> Division:
    """Divide by a protocol and save it."""
    with Workspace.open(workspace) as opened:
        who = Subjects.of(cohort_for(choice, opened.cohort(), workspace), ["diagnosis"], workspace)
        saved = Division.of(name, choice, 5, tuple(divide(choice, who, 5)), who)
        opened.store.edit(PutDivision(saved))
    return saved


SAVED = "protocol={key = 'saved', name = 'main'}"


def test_a_report_says_how_a_saved_division_had_been_made_with_all_that_follows_from_it(workspace: Path) -> None:
    keep(workspace, Choice(key="jackknife"))
    run, told = carried_out(workspace, SAVED)
    report = run.report_path.read_text()
    assert "That division was made so: Each patient was predicted by a model trained on all the others" in report
    assert "(seed 5)" in report
    assert "scores that follow the base rate rank the patients the wrong way round" in report
    assert any("biases pooled AUROC" in event.text for event in told if isinstance(event, ev.Warned))


def test_an_external_test_can_be_saved_and_used(workspace: Path, tmp_path: Path) -> None:
    other = make_workspace(tmp_path / "clinic-b", write_source(tmp_path / "b", ["b1", "b2"], seed=9))
    choice = Choice.model_validate({"key": "external", "workspace": str(other)})
    saved = keep(workspace, choice)
    assert changes_since(saved, subjects_of(saved, Workspace.peek(workspace).cohort(), workspace)) == []
    run, _ = carried_out(workspace, SAVED)
    assert {row.patient for row in run.predictions()} == {"P-001@clinic-b", "P-002@clinic-b"}
    assert "no external test set" not in run.report_path.read_text()


def interrupted(workspace: Path, *settings: str) -> RunFolder:
    """A run that was stopped when its first fold was done."""
    run, control = make_run(workspace, "training.epochs=1", *settings), Control()

    def stop(event: ev.Event) -> None:
        if isinstance(event, ev.FoldFinished):
            control.interrupt()

    with pytest.raises(Interrupted):
        execute(workspace, run, control, stop)
    return run


@pytest.mark.parametrize("choice", [{"key": "k-fold", "folds": 2}, {"key": "external"}], ids=["k-fold", "external"])
def test_a_run_goes_on_though_its_saved_division_was_deleted(
    workspace: Path, tmp_path: Path, choice: dict[str, object]
) -> None:
    if choice["key"] == "external":
        other = make_workspace(tmp_path / "clinic-b", write_source(tmp_path / "b", ["b1", "b2"], seed=9))
        choice = {**choice, "workspace": str(other)}
    saved = keep(workspace, Choice.model_validate(choice))
    run = interrupted(workspace, SAVED)
    with Workspace.open(workspace) as opened:
        opened.store.edit(DropDivision("main"))
    execute(workspace, run, Control(), lambda event: None)
    assert {row.patient for row in run.predictions()} == {key for fold in saved.folds for key in fold.test}
    assert "That division was made so" in run.report_path.read_text()


def test_a_run_does_not_go_on_with_other_labels_than_it_began_with(workspace: Path) -> None:
    run = interrupted(workspace, "protocol={key = 'k-fold', folds = 2}")
    with Workspace.open(workspace) as opened:
        opened.store.edit(SetLabel(("P-001",), "diagnosis", "osteoporotic"))
    with pytest.raises(RunError, match="labels of patients changed since the run began"):
        execute(workspace, run, Control(), lambda event: None)


def test_a_patient_that_one_of_several_repeats_did_not_predict_is_missed(workspace: Path) -> None:
    run, _ = carried_out(workspace, REPEATED)
    path = run.fold_path(3) / "predictions.csv"
    write_predictions(path, read_predictions(path)[1:])
    with pytest.raises(RunError, match="lack 1 of 24 results"):
        execute(workspace, run, Control(), lambda event: None)


def test_a_report_never_says_the_vault_was_left_out_of_a_run_that_had_seen_it(workspace: Path) -> None:
    run, _ = carried_out(workspace)
    with Workspace.open(workspace) as opened:
        opened.store.edit(SetAside(("P-007", "P-008")))
    report = report_on(run).read_text()
    assert "2 of its patients took part in runs before they were set aside" in report
    assert "2 of its patients took part in this run, which began before they were set aside" in report
    assert "None of its patients" not in report


def test_a_run_on_a_saved_division_that_is_not_there_says_so(workspace: Path) -> None:
    with pytest.raises(CohortError, match="there is no saved division 'none'"):
        carried_out(workspace, "protocol={key = 'saved', name = 'none'}")


def test_openings_of_the_vault_are_printed_in_the_report(workspace: Path) -> None:
    with Workspace.open(workspace) as opened:
        opened.store.edit(SetAside(("P-007", "P-008")))
        open_vault(opened, "final test")
        open_vault(opened, "once more")
    run, told = carried_out(workspace)
    assert not {"P-007", "P-008"} & {key for fold in read_folds(run) for key in (*fold.train, *fold.test)}
    assert "P-007 is left out: it is set aside in the test vault" in [
        event.text for event in told if isinstance(event, ev.Warned)
    ]
    report = run.report_path.read_text()
    assert "The test vault of 2 patients was opened 2 times. None of its patients was in this division." in report
    assert "final test" in report


def test_an_external_test_trains_here_and_tests_there(workspace: Path, tmp_path: Path) -> None:
    other = make_workspace(
        tmp_path / "clinic-b", write_source(tmp_path / "b", [f"b{number}" for number in range(4)], seed=9)
    )
    run, _ = carried_out(workspace, f"protocol={{key = 'external', workspace = '{other}'}}")
    (fold,) = read_folds(run)
    assert fold.train == tuple(f"P-{number:03d}" for number in range(1, 9))
    assert fold.test == tuple(f"P-{number:03d}@clinic-b" for number in range(1, 5))
    assert {row.patient for row in run.predictions()} == set(fold.test)
    assert "no external test set" not in run.report_path.read_text()


@pytest.mark.parametrize("names", [["0001", "b2"], ["b1", "b2"]], ids=["source id", "content"])
def test_a_person_in_both_workspaces_is_a_leak(workspace: Path, tmp_path: Path, names: list[str]) -> None:
    seed = 0 if names[0] == "b1" else 9  # the same seed writes the same pictures
    other = make_workspace(tmp_path / "clinic-b", write_source(tmp_path / "b", names, seed=seed))
    with pytest.raises(DataLeakageError, match="the same people or pictures as this one: P-001"):
        carried_out(workspace, f"protocol={{key = 'external', workspace = '{other}'}}")


def test_an_external_test_on_the_same_workspace_is_a_leak(workspace: Path) -> None:
    with pytest.raises(DataLeakageError, match="names this same workspace"):
        carried_out(workspace, f"protocol={{key = 'external', workspace = '{workspace}'}}")
