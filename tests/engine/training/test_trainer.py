"""What is fitted in a fold is fitted on its training patients, and on nobody else."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.cohort import Workspace
from engine.cohort.dividing.division import Fold
from engine.control import Control
from engine.errors import TrainingError
from engine.prepare import prepare_cohort
from engine.runs import RunFolder
from engine.runs import events as ev
from engine.training.checkpoint import load_checkpoint
from engine.training.fold import train_fold
from engine.training.trainer import Trainer
from engine.training.work import FoldWork
from tests.helpers.cohorts import SIDE, make_run, make_workspace, tiny_recipe, write_nifti, write_source

EVERYONE = tuple(f"P-{number:03d}" for number in range(1, 9))


def work_of(workspace: Path, train: tuple[str, ...], test: tuple[str, ...], *settings: str) -> FoldWork:
    recipe, opened = tiny_recipe(*settings), Workspace.peek(workspace)
    cohort = prepare_cohort(recipe, opened.cohort(), opened.prepared_dir)
    return FoldWork(recipe, cohort, make_run(workspace, *settings), Fold(1, train, test), 1, torch.device("cpu"))


def test_class_weights_come_from_the_training_patients_of_the_fold(workspace: Path) -> None:
    train = ("P-001", "P-003", "P-005", "P-002")  # three healthy, one osteoporotic
    trainer = Trainer(work_of(workspace, train, ("P-004", "P-006", "P-008")))
    assert trainer.loss.weights["diagnosis"].tolist() == pytest.approx([4 / 6, 2])


def test_patients_watched_for_validation_neither_train_nor_are_tested(workspace: Path) -> None:
    trainer = Trainer(work_of(workspace, EVERYONE[:6], EVERYONE[6:], "training.validation=0.4"))
    assert trainer.watched is not None
    sides = [set(side.patients) for side in (trainer.samples, trainer.watched, trainer.tested)]
    assert sum(len(side) for side in sides) == len(set.union(*sides)) == 8
    assert sides[2] == set(EVERYONE[6:])


def test_statistics_are_not_learned_from_watched_patients(workspace: Path) -> None:
    work = work_of(workspace, EVERYONE[:6], EVERYONE[6:], "training.validation=0.4")
    trainer = Trainer(work)
    states = (trainer.folder / "fitted.json").read_text()
    assert states == json.dumps(work.cohort.fit(tuple(trainer.samples.patients)))
    assert states != json.dumps(work.cohort.fit(EVERYONE[:6]))


def test_a_tested_patient_changes_nothing_of_what_is_learned(tmp_path: Path) -> None:
    source = write_source(tmp_path / "scans")
    learned = []
    for number in range(2):
        work = work_of(make_workspace(tmp_path / str(number), source), EVERYONE[:6], EVERYONE[6:])
        train_fold(work, Control(), lambda event: None)
        folder = work.run.fold_path(1)
        checkpoint = load_checkpoint(folder / "checkpoint.safetensors")
        assert checkpoint is not None
        learned.append(((folder / "fitted.json").read_bytes(), checkpoint.model))
        write_nifti(source / "0008" / "T2.nii.gz", np.random.default_rng(1).random((SIDE, SIDE, 3, 9), np.float32))
    assert learned[0][0] == learned[1][0]
    assert all(torch.equal(value, learned[1][1][name]) for name, value in learned[0][1].items())


def test_validation_is_reported_after_every_epoch(workspace: Path) -> None:
    told: list[ev.Event] = []
    train_fold(work_of(workspace, EVERYONE[:6], EVERYONE[6:], "training.validation=0.4"), Control(), told.append)
    epochs = [event for event in told if isinstance(event, ev.EpochEnded)]
    assert [event.validation_loss is not None for event in epochs] == [True, True]


def test_a_fold_that_is_done_is_not_trained_again(workspace: Path) -> None:
    told: list[ev.Event] = []
    work = work_of(workspace, EVERYONE[:6], EVERYONE[6:])
    train_fold(work, Control(), lambda event: None)
    train_fold(work, Control(), told.append)
    assert told == []


def test_training_learns_what_is_plain_to_see(workspace: Path) -> None:
    told: list[ev.Event] = []
    settings = ("training.epochs=40", "training.learning_rate=0.02", "model.width=4")
    train_fold(work_of(workspace, EVERYONE[:6], EVERYONE[6:], *settings), Control(), told.append)
    assert [event.accuracy for event in told if isinstance(event, ev.EpochEnded)][-1] == 1.0


@pytest.mark.parametrize(("patient", "what"), [("0001", "the loss"), ("0008", "a prediction")])
def test_what_is_no_longer_a_number_stops_with_what_to_do(tmp_path: Path, patient: str, what: str) -> None:
    source = write_source(tmp_path / "scans")
    extreme = 3e38 * np.random.default_rng(0).choice([-1, 1], (SIDE, SIDE, 1, 10))
    write_nifti(source / patient / "T1.nii.gz", extreme.astype(np.float32))
    settings = ("inputs={image = {role = 'T1'}}", "model={key = 'simple-3d-cnn', width = 2}")
    work = work_of(make_workspace(tmp_path / "w", source), EVERYONE[:6], EVERYONE[6:], *settings)
    with pytest.raises(TrainingError, match=f"{what} is no longer a number") as caught:
        train_fold(work, Control(), lambda event: None)
    assert "learning rate" in caught.value.hint


def test_batches_may_be_of_any_size(workspace: Path) -> None:
    rows = []
    for size in (1, 5, 4096):
        work = work_of(workspace, EVERYONE[:6], EVERYONE[6:], f"training.batch_size={size}")
        train_fold(work, Control(), lambda event: None)
        rows.append(len((RunFolder(work.run.path).fold_path(1) / "predictions.csv").read_text().splitlines()))
    assert rows == [3, 3, 3]
