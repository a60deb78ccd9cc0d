"""A finished run is asked about patients without a label, and about nobody else."""

import json
import shutil
import threading
from pathlib import Path

import pytest

from engine.cohort import Workspace
from engine.cohort.edits import ExcludeScans, GroupScans, SetLabel
from engine.compute import execute
from engine.compute.suggesting import Suggested, suggest
from engine.compute.suggesting_apart import suggest_apart
from engine.control import Control
from engine.errors import Cancelled, DataLeakageError, IsocenterError, RunError
from engine.runs import RunFolder
from tests.helpers.cohorts import CLASSES, make_run, make_workspace, write_source

LABELLED, STRANGERS = 8, 3


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of eight labelled patients and three without a label, with a finished jackknife."""
    home = tmp_path_factory.mktemp("suggesting")
    labels = {f"{number:04d}": CLASSES[number % 2] for number in range(1, LABELLED + 1)}
    source = write_source(home / "source", LABELLED + STRANGERS, labels=labels)
    workspace = make_workspace(home / "study", source)
    run = make_run(workspace, "protocol={key = 'jackknife'}", "training.epochs=8")
    execute(workspace, run, Control(), lambda event: None)
    return home


@pytest.fixture
def run(trained: Path, tmp_path: Path) -> RunFolder:
    """The finished run in a copy that a test may spoil."""
    shutil.copytree(trained, tmp_path / "copy")
    (folder,) = (tmp_path / "copy" / "study" / "runs").iterdir()
    return RunFolder.open(folder)


def ask(run: RunFolder) -> Suggested:
    return suggest(run.workspace_path, run, lambda done, total, text: None)


def refused(run: RunFolder, kind: type[IsocenterError], told: str) -> None:
    with pytest.raises(kind, match=told):
        ask(run)


def test_only_patients_without_a_label_are_asked_about(run: RunFolder) -> None:
    made = ask(run)
    assert list(made.columns) == ["diagnosis"]
    assert list(made.columns["diagnosis"]) == ["P-009", "P-010", "P-011"]
    assert (made.folds, made.patients, made.left_out) == (LABELLED, STRANGERS, ())


def test_probabilities_are_those_of_the_classes_and_add_up_to_one(run: RunFolder) -> None:
    for shares in ask(run).columns["diagnosis"].values():
        assert tuple(shares) == CLASSES
        assert sum(shares.values()) == pytest.approx(1)


def test_the_same_run_says_the_same_each_time(run: RunFolder) -> None:
    assert ask(run).columns == ask(run).columns


def test_the_answer_is_the_mean_of_the_folds(run: RunFolder) -> None:
    whole = ask(run).columns["diagnosis"]["P-009"]["healthy"]
    division = run.path / "division.json"
    rows = json.loads(division.read_text(encoding="utf-8"))
    apart = []
    for row in rows:
        division.write_text(json.dumps([row]), encoding="utf-8")
        apart.append(ask(run).columns["diagnosis"]["P-009"]["healthy"])
    assert whole == pytest.approx(sum(apart) / len(apart))
    assert len(set(apart)) > 1


def test_asking_changes_nothing(run: RunFolder) -> None:
    ask(run)
    cohort = Workspace.peek(run.workspace_path).cohort()
    assert [patient.key for patient in cohort.patients if not patient.labels] == ["P-009", "P-010", "P-011"]


def test_whoever_was_in_the_run_is_never_asked_about_though_the_label_was_taken_away(run: RunFolder) -> None:
    with Workspace.open(run.workspace_path) as workspace:
        workspace.store.edit(SetLabel(("P-001", "P-002"), "diagnosis", ""))
    assert list(ask(run).columns["diagnosis"]) == ["P-009", "P-010", "P-011"]


def test_a_scan_that_was_in_the_run_is_never_asked_about_though_it_is_somebody_elses_now(run: RunFolder) -> None:
    with Workspace.open(run.workspace_path) as workspace:
        cohort = workspace.cohort()
        mixed = [scan.id for key in ("P-001", "P-009") for scan in cohort.by_key[key].scans]
        workspace.store.edit(GroupScans((tuple(mixed),)), SetLabel(("P-012",), "diagnosis", ""))
        assert "P-012" in workspace.cohort().by_key
    assert list(ask(run).columns["diagnosis"]) == ["P-010", "P-011"]


def test_whoever_is_set_aside_is_not_asked_about(run: RunFolder) -> None:
    with Workspace.open(run.workspace_path) as workspace, workspace.store.connect() as connection:
        connection.execute("INSERT INTO vault SELECT id FROM patients WHERE key = 'P-010'")
    assert list(ask(run).columns["diagnosis"]) == ["P-009", "P-011"]


def test_who_lacks_a_scan_is_left_out_with_the_reason(run: RunFolder) -> None:
    with Workspace.open(run.workspace_path) as workspace:
        scan = workspace.cohort().by_key["P-009"].scan("T2")
        assert scan is not None
        workspace.store.edit(ExcludeScans((scan.id,), "motion"))
    made = ask(run)
    assert made.left_out == ("P-009 is left out: no usable T2 scan (motion)",)
    assert list(made.columns["diagnosis"]) == ["P-010", "P-011"]


def test_without_anybody_to_ask_about_the_answer_is_empty(run: RunFolder) -> None:
    with Workspace.open(run.workspace_path) as workspace:
        workspace.store.edit(SetLabel(("P-009", "P-010", "P-011"), "diagnosis", "healthy"))
    made = ask(run)
    assert (made.patients, made.columns) == (0, {})


def test_a_run_whose_models_are_gone_says_so(run: RunFolder) -> None:
    (run.fold_path(3) / "checkpoint.safetensors").unlink()
    refused(run, RunError, "the model of fold 3 is gone")


def test_a_run_whose_recipe_was_changed_says_so(run: RunFolder) -> None:
    recipe = run.path / "recipe.toml"
    recipe.write_text(recipe.read_text(encoding="utf-8").replace("hidden = 4", "hidden = 5"), encoding="utf-8")
    refused(run, RunError, "the recipe was changed")


def test_a_run_that_prepared_its_scans_otherwise_says_so(run: RunFolder) -> None:
    facts = run.environment()
    facts["data"]["P-001"]["t1"] = facts["data"]["P-001"]["t1"].partition(":")[0] + ":another"
    run.environment_path.write_text(json.dumps(facts), encoding="utf-8")
    refused(run, RunError, "prepared otherwise")


def test_a_run_that_has_not_finished_says_so(run: RunFolder) -> None:
    refused(make_run(run.workspace_path), RunError, "has not finished")


def test_a_model_is_never_asked_about_a_patient_it_was_trained_on(run: RunFolder) -> None:
    """Also where the run's own notes were changed such that they do not name the patient any more."""
    with Workspace.open(run.workspace_path) as workspace:
        workspace.store.edit(SetLabel(("P-001",), "diagnosis", ""))
    facts = run.environment()
    del facts["data"]["P-001"]
    run.environment_path.write_text(json.dumps(facts), encoding="utf-8")
    division = run.path / "division.json"
    division.write_text(division.read_text(encoding="utf-8").replace("P-001", "P-099"), encoding="utf-8")
    refused(run, DataLeakageError, "trained on")


def test_a_scan_of_another_shape_is_left_out(run: RunFolder) -> None:
    """A run that knew scans of other frames cannot be asked about these."""
    recipe = run.recipe()
    with Workspace.open(run.workspace_path) as workspace:
        scan = workspace.cohort().by_key["P-010"].scan("T2")
        assert scan is not None
    ask(run)
    prepared = run.workspace_path / "prepared"
    from engine.prepare import Pipeline
    from engine.prepare.cache import Cache

    cache = Cache(prepared)
    name = cache.name(scan.digest, Pipeline.of(recipe.inputs["t2"].steps).digest)
    kept = cache.get(name)
    assert kept is not None
    cache.put(name, kept.with_array(kept.array[:, :, :6, :].copy()))
    assert ask(run).left_out == ("P-010 is left out: input 't2' has slices of 12 x 6, the run's are 12 x 12",)


def test_a_cancel_ends_it(run: RunFolder) -> None:
    control = Control()

    def report(done: int, total: int, text: str) -> None:
        control.cancel()

    with pytest.raises(Cancelled):
        suggest(run.workspace_path, run, report, control)


def test_another_process_says_the_same_and_tells_how_far_it_is(run: RunFolder) -> None:
    told: list[tuple[int, int, str]] = []
    made = suggest_apart(run.workspace_path, run, lambda *step: told.append(step), Control())
    assert made == ask(run)
    assert told[-1] == (LABELLED, LABELLED, "Asking the models")


def test_another_process_tells_what_is_wrong_and_can_be_ended(run: RunFolder) -> None:
    control = Control()
    threading.Timer(0.2, control.cancel).start()
    with pytest.raises(Cancelled):
        suggest_apart(run.workspace_path, run, lambda *step: None, control)
    (run.fold_path(3) / "checkpoint.safetensors").unlink()
    with pytest.raises(RunError, match="the model of fold 3 is gone"):
        suggest_apart(run.workspace_path, run, lambda *step: None, Control())
