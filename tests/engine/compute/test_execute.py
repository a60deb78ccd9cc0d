"""The job function: the same result for the same recipe, and a folder that holds all of it."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from engine.cohort import Workspace
from engine.compute import execute
from engine.control import Control
from engine.errors import (
    Cancelled,
    CohortError,
    DataLeakageError,
    Interrupted,
    IsocenterError,
    RunError,
    StorageError,
    TrainingError,
)
from engine.runs import RunFolder, RunState, read_predictions, write_predictions
from engine.runs import events as ev
from engine.training.checkpoint import load_checkpoint, save_checkpoint
from tests.engine.compute.compared import same_result
from tests.helpers.cohorts import make_run, make_workspace, write_source

JACKKNIFE = ("protocol={key = 'jackknife'}", "training.epochs=3")


def carry_out(workspace: Path, run: RunFolder, stop: Callable[[ev.Event], bool] | None = None) -> list[ev.Event]:
    """Execute a run here; it is interrupted after the first event that `stop` says."""
    control, told = Control(), []

    def listen(event: ev.Event) -> None:
        told.append(event)
        if stop is not None and stop(event):
            control.interrupt()

    if stop is None:
        execute(workspace, run, control, listen)
    else:
        with pytest.raises(Interrupted):
            execute(workspace, run, control, listen)
    return told


def refused(workspace: Path, run: RunFolder, kind: type[IsocenterError], told: str) -> IsocenterError:
    with pytest.raises(kind, match=told) as caught:
        execute(workspace, run, Control(), lambda event: None)
    return caught.value


def after_fold(number: int) -> Callable[[ev.Event], bool]:
    return lambda event: isinstance(event, ev.FoldFinished) and event.fold == number


def after_epoch(fold: int, epoch: int) -> Callable[[ev.Event], bool]:
    return lambda event: isinstance(event, ev.EpochEnded) and (event.fold, event.epoch) == (fold, epoch)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace of four patients."""
    return make_workspace(tmp_path / "study", write_source(tmp_path / "scans", 4))


def test_a_run_leaves_everything_in_its_folder(workspace: Path) -> None:
    run = make_run(workspace)
    told = carry_out(workspace, run)
    assert run.events() == told
    assert run.state() == RunState.FINISHED
    assert set(run.metrics()["metrics"]) == {"diagnosis"}
    assert (len(run.predictions()), run.report_path.exists(), run.log_path.exists()) == (2, True, True)
    assert run.environment()["seed"] == 3


def test_the_same_seed_gives_the_same_result_and_another_seed_another(workspace: Path) -> None:
    first, again, other = (make_run(workspace, *settings) for settings in ((), (), ("seed=4",)))
    for run in (first, again, other):
        carry_out(workspace, run)
    assert same_result(first, again)
    assert not same_result(first, other)


def test_the_jackknife_predicts_everyone_by_a_model_that_never_saw_them(small: Path) -> None:
    run = make_run(small, *JACKKNIFE)
    carry_out(small, run)
    folds = json.loads((run.path / "division.json").read_text())
    for row in run.predictions():
        assert row.patient not in folds[row.fold - 1]["train"]
    assert [row.patient for row in run.predictions()] == ["P-001", "P-002", "P-003", "P-004"]


@pytest.mark.parametrize(
    "stop",
    [after_epoch(1, 1), after_epoch(2, 2), after_epoch(2, 3), after_fold(3)],
    ids=["first", "mid", "last", "between"],
)
def test_an_interrupted_run_goes_on_to_the_same_result(small: Path, stop: Callable[[ev.Event], bool]) -> None:
    whole, parted = make_run(small, *JACKKNIFE), make_run(small, *JACKKNIFE)
    carry_out(small, whole)
    carry_out(small, parted, stop)
    assert parted.state() == RunState.INTERRUPTED
    told = carry_out(small, parted)
    assert any(isinstance(event, ev.RunResumed) for event in told)
    assert same_result(whole, parted)


def test_a_finished_run_that_is_carried_out_again_trains_nothing(small: Path) -> None:
    run = make_run(small)
    carry_out(small, run)
    before = run.predictions_path.read_bytes()
    assert not any(isinstance(event, ev.EpochEnded) for event in carry_out(small, run))
    assert run.predictions_path.read_bytes() == before


def test_two_targets_are_learned_and_judged_at_once(tmp_path: Path) -> None:
    part = {"part": ["hand", "hand", "foot", "foot"] * 2}
    workspace = make_workspace(tmp_path / "w", write_source(tmp_path / "s", 8, columns=part))
    columns = "{column='diagnosis', classes=['healthy', 'osteoporotic']}, {column='part', classes=['hand', 'foot']}"
    run = make_run(workspace, f"targets=[{columns}]", "protocol={key='holdout', test=0.5}")
    carry_out(workspace, run)
    assert set(run.metrics()["metrics"]) == {"diagnosis", "part"}
    assert [row.target for row in run.predictions()] == ["diagnosis"] * 4 + ["part"] * 4
    assert {tuple(row.probabilities) for row in run.predictions()} == {("healthy", "osteoporotic"), ("hand", "foot")}


@pytest.mark.parametrize("names", [('p(α), "x"', "none"), ("1", "0"), ("患者 / A", "b)"), ("true", "nan?")])
def test_classes_may_have_any_name(tmp_path: Path, names: tuple[str, str]) -> None:
    labels = {f"{number}": names[number % 2] for number in range(6)}
    workspace = make_workspace(tmp_path / "w", write_source(tmp_path / "s", list(labels), labels=labels))
    run = make_run(workspace, f"targets.0.classes={json.dumps(names, ensure_ascii=False)}")
    carry_out(workspace, run)
    assert all(set(row.probabilities) == set(names) for row in run.predictions())


class Watched(Control):
    """Counts the safe points that are passed after the cancel."""

    asked, passed = False, 0

    def cancel(self) -> None:
        super().cancel()
        self.asked = True

    def check(self) -> None:
        late = self.asked
        super().check()
        self.passed += late


def test_a_cancel_takes_effect_within_the_batch_at_hand(workspace: Path) -> None:
    run = make_run(workspace, "training.epochs=10000", "training.batch_size=1")
    control, training, ended = Watched(), threading.Event(), threading.Event()

    def work() -> None:
        try:
            execute(workspace, run, control, lambda event: training.set() if isinstance(event, ev.EpochEnded) else None)
        except Cancelled:
            ended.set()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    assert training.wait(60)
    control.cancel()
    thread.join(60)
    assert ended.is_set()
    assert control.passed == 0
    assert run.state() == RunState.CANCELLED


def test_a_second_executor_of_a_run_is_refused_and_leaves_no_trace(workspace: Path) -> None:
    run = make_run(workspace)
    lock = run.lock()
    refused(workspace, run, RunError, "the run is under way in process")
    lock.release()
    assert run.events() == []


def test_who_is_left_out_is_told_once_with_the_reason(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w", write_source(tmp_path / "s", nan=["0003"]))
    run = make_run(workspace)
    carry_out(workspace, run, after_epoch(1, 1))
    carry_out(workspace, run)
    warned = [event.text for event in run.events() if isinstance(event, ev.Warned)]
    assert warned == ["P-003 is left out: it holds values that are not numbers"]


def test_a_fault_in_the_recipe_is_found_before_anything_is_prepared(workspace: Path) -> None:
    run = make_run(workspace, "protocol.key=jacknife")
    refused(workspace, run, IsocenterError, "there is no protocol called 'jacknife'")
    assert not (workspace / "prepared").exists()
    assert run.state() == RunState.FAILED


def test_a_class_without_patients_is_refused(workspace: Path) -> None:
    run = make_run(workspace, "targets.0.classes=['healthy', 'osteoporotic', 'fractured']")
    refused(workspace, run, CohortError, "no usable patient has 'diagnosis' = 'fractured'")


def test_a_class_of_one_patient_is_refused(tmp_path: Path) -> None:
    labels = {"a": "healthy", "b": "healthy", "c": "healthy", "d": "osteoporotic"}
    workspace = make_workspace(tmp_path / "w", write_source(tmp_path / "s", list(labels), labels=labels))
    refused(workspace, make_run(workspace), CohortError, "no fold would test class 'osteoporotic', which has 1 patient")


@pytest.fixture
def begun(small: Path) -> RunFolder:
    """A jackknife that was interrupted in its second fold."""
    run = make_run(small, *JACKKNIFE)
    carry_out(small, run, after_epoch(2, 1))
    return run


def test_a_division_that_was_made_to_leak_is_refused(small: Path, begun: RunFolder) -> None:
    path = begun.path / "division.json"
    folds = json.loads(path.read_text())
    folds[2]["train"] += folds[2]["test"]
    path.write_text(json.dumps(folds))
    refused(small, begun, DataLeakageError, "fold 3 trains and tests on the same patient")


@pytest.mark.parametrize("content", ["", "{", "[[]]", '[{"number": 1}]', "\udcff"])
def test_a_damaged_division_is_a_run_error(small: Path, begun: RunFolder, content: str) -> None:
    (begun.path / "division.json").write_bytes(content.encode(errors="surrogateescape"))
    refused(small, begun, RunError, "the division cannot be read")


def test_a_checkpoint_that_saw_other_patients_is_refused(small: Path, begun: RunFolder) -> None:
    path = begun.fold_path(2) / "checkpoint.safetensors"
    checkpoint = load_checkpoint(path)
    assert checkpoint is not None
    model = torch.nn.Module()
    facts = {**checkpoint.facts, "train": ["P-001", "P-002", "P-004"]}
    save_checkpoint(path, model, torch.optim.AdamW([torch.zeros(1)]), 1, facts)
    refused(small, begun, DataLeakageError, "the checkpoint was trained on other patients")


def test_predictions_of_a_patient_the_fold_trained_on_are_refused(small: Path, begun: RunFolder) -> None:
    path = begun.fold_path(1) / "predictions.csv"
    (row,) = read_predictions(path)
    write_predictions(path, [type(row)("P-002", 1, row.target, row.truth, row.predicted, row.probabilities)])
    refused(small, begun, DataLeakageError, "fold 1 predicts a patient it was not meant to")


def test_a_run_does_not_go_on_with_another_recipe(small: Path, begun: RunFolder) -> None:
    path = begun.path / "recipe.toml"
    path.write_text(path.read_text().replace("epochs = 3", "epochs = 30"))
    refused(small, begun, RunError, "the recipe was changed since the run began")


def test_a_run_does_not_go_on_with_another_cohort(small: Path, begun: RunFolder) -> None:
    with Workspace.open(small) as workspace:
        workspace.store.exclude(1, "motion")
    refused(small, begun, RunError, "the cohort or its scans changed since the run began")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_is_full_stops_the_run_which_can_then_be_resumed(workspace: Path) -> None:
    told: list[ev.Event] = []
    run = make_run(workspace)
    run.log_path.symlink_to("/dev/full")
    with pytest.raises(StorageError, match="the disk is full"):
        execute(workspace, run, Control(), told.append)
    assert told[-1] == run.events()[-1]
    assert isinstance(told[-1], ev.RunFailed)
    run.log_path.unlink()
    carry_out(workspace, run)
    assert run.state() == RunState.FINISHED


NAME = "Zebediah Quux"


def test_no_name_of_a_patient_and_no_path_leaves_the_workspace(tmp_path: Path) -> None:
    names = [f"{NAME} {number}" for number in range(8)]
    source = write_source(tmp_path / "secret clinic", names, nan=names[:1], constant=names[1:2])
    workspace = make_workspace(tmp_path / "study", source)
    (source / names[2] / "T1.nii.gz").unlink()
    run = make_run(workspace)
    carry_out(workspace, run)
    assert sum(isinstance(event, ev.Warned) for event in run.events()) >= 3
    everything = b"".join(path.read_bytes() for path in sorted(run.path.rglob("*")) if path.is_file())
    for secret in (NAME, "Zebediah", "Quux", "secret clinic", str(tmp_path)):
        assert secret.encode() not in everything


def test_no_name_of_a_patient_is_told_when_an_unforeseen_failure_names_it(workspace: Path) -> None:
    def fail(event: ev.Event) -> None:
        if isinstance(event, ev.RunStarted):
            raise RuntimeError(f"something about {NAME}")

    run = make_run(workspace)
    with pytest.raises(TrainingError, match="an unexpected RuntimeError stopped the run") as caught:
        execute(workspace, run, Control(), fail)
    written = run.log_path.read_text() + run.events_path.read_text() + str(caught.value.as_json())
    assert NAME not in written
    assert "test_execute.py" in written
