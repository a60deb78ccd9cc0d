"""Asking the models of a finished run about patients that have no label."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.cohort import Cohort, Patient, Workspace
from engine.cohort.suggestions import is_unlabelled
from engine.compute.device import Device, choose_device, make_repeatable
from engine.compute.learned import Learned, learned_by
from engine.control import Control
from engine.prepare import PreparedCohort
from engine.prepare.newcomers import prepare_newcomers
from engine.recipe import Recipe
from engine.runs import RunFolder

Progress = Callable[[int, int, str], None]
Shares = Mapping[str, float]


@dataclass(frozen=True)
class Suggested:
    """Per target column the probability of each class by patient, and one line for each who could not be asked."""

    run: str
    columns: Mapping[str, Mapping[str, Shares]]
    left_out: tuple[str, ...] = ()
    folds: int = 0
    device: str = ""
    patients: int = field(init=False)

    def __post_init__(self) -> None:
        asked = {patient for column in self.columns.values() for patient in column}
        object.__setattr__(self, "patients", len(asked))


def suggest(
    workspace: Path, run: RunFolder, progress: Progress, control: Control | None = None, device: str = ""
) -> Suggested:
    """Ask every fold's model about the patients it may be asked about, and take the mean; nothing is written.

    Those are the patients without a label in a target's column who have the scans the recipe asks for; never one whom
    the run trained, watched or tested on, nor one set aside. RunError where the run cannot be asked.
    """
    control = control or Control()
    opened = Workspace.peek(workspace)
    recipe, cohort = run.recipe(), opened.cohort()
    learned = learned_by(run, recipe, opened.prepared_dir)
    chosen = choose_device(device or recipe.training.device)
    asked, left_out = _askable(recipe, cohort, learned)
    prepared = prepare_newcomers(
        recipe, asked, opened.prepared_dir, lambda done, total: progress(done, total, "Preparing"), control
    )
    fitting, odd = learned.fitting(prepared)
    left_out += [*prepared.left_out, *odd]
    if not fitting.patients:
        return Suggested(run.name, {}, tuple(left_out), len(learned.folds), chosen.label)
    shares = _mean_shares(recipe, learned, fitting, chosen, progress, control)
    columns = _by_column(recipe, cohort, [one.patient for one in fitting.patients], shares)
    return Suggested(run.name, columns, tuple(left_out), len(learned.folds), chosen.label)


def _askable(recipe: Recipe, cohort: Cohort, learned: Learned) -> tuple[list[Patient], list[str]]:
    asked, left_out = [], []
    roles = [given.role for given in recipe.inputs.values()]
    for patient in cohort.patients:
        if learned.knows(patient) or patient.key in cohort.vault:
            continue
        if not any(is_unlabelled(patient, target.column) for target in recipe.targets):
            continue
        lacking = [reason for role in dict.fromkeys(roles) if (reason := patient.lacking(role))]
        if lacking:
            left_out.append(f"{patient.key} is left out: {', '.join(lacking)}")
        else:
            asked.append(patient)
    return asked, left_out


def _mean_shares(
    recipe: Recipe, learned: Learned, cohort: PreparedCohort, device: Device, progress: Progress, control: Control
) -> dict[str, NDArray[np.float64]]:
    """Per target the probabilities (patients, classes), a mean over the folds."""
    from engine.training.inference import ask, load_fold

    make_repeatable(device)
    sums: dict[str, NDArray[np.float64]] = {}
    for done, folder in enumerate(learned.folds):
        progress(done, len(learned.folds), f"Asking model {done + 1} of {len(learned.folds)}")
        control.check()
        model = load_fold(folder)
        learned.require_unseen(model.trained_on, cohort)
        for target, rows in ask(recipe, model, learned.shapes_for(cohort), cohort, device.torch, control).items():
            told = np.asarray(rows, np.float64)
            sums[target] = sums[target] + told if target in sums else told
    progress(len(learned.folds), len(learned.folds), "Asking the models")
    return {target: total / len(learned.folds) for target, total in sums.items()}


def _by_column(
    recipe: Recipe, cohort: Cohort, patients: Sequence[str], shares: Mapping[str, NDArray[np.float64]]
) -> dict[str, dict[str, Shares]]:
    """Of each target only the patients that lack its label."""
    return {
        target.column: {
            patient: dict(zip(target.classes, (float(share) for share in shares[target.column][number]), strict=True))
            for number, patient in enumerate(patients)
            if is_unlabelled(cohort.by_key[patient], target.column)
        }
        for target in recipe.targets
    }
