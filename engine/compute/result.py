"""The end of a run: pooled predictions, baselines on the same folds, figures, report."""

import json
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.cohort import Cohort
from engine.cohort.dividing.division import Fold
from engine.compute.journal import Journal
from engine.control import Control
from engine.errors import DataLeakageError, RunError
from engine.evaluation import predict_out_of_fold
from engine.evaluation.baseline import baselines
from engine.evaluation.repeats import averaged
from engine.evaluation.run_scores import score_run
from engine.files import write_text
from engine.prepare import PreparedCohort
from engine.recipe import Recipe
from engine.report.from_run import report_on
from engine.runs import Prediction, RunFolder, read_predictions, write_predictions
from engine.runs import events as ev
from engine.training.seeding import derive


def conclude(
    recipe: Recipe,
    cohort: PreparedCohort,
    run: RunFolder,
    folds: list[Fold],
    patients: Cohort,
    control: Control,
    journal: Journal,
) -> None:
    """Pool the folds, fit the baselines, and write `predictions.csv`, `metrics.json` and `report.html`.

    A patient that several repeats tested is scored once, by the mean of its probabilities.
    """
    pooled = _pooled(run, recipe, folds)
    write_predictions(run.predictions_path, pooled)
    _run_baselines(recipe, cohort, run, folds, control, journal)
    journal.progress(ev.Progress(done=0, total=1, phase="Evaluating"))
    figures = score_run(run, recipe, patients.level, likely=patients.likely_patients)
    write_text(run.metrics_path, json.dumps(figures, indent=2))
    for target, named in figures["metrics"].items():
        balanced = named["balanced_accuracy"]
        if balanced["value"] is not None:
            journal.emit(
                ev.Evaluated(
                    target=target,
                    balanced_accuracy=balanced["value"],
                    low=balanced["low"],
                    high=balanced["high"],
                )
            )
    report_on(run)


def _pooled(run: RunFolder, recipe: Recipe, folds: list[Fold]) -> list[Prediction]:
    rows, tested = [], {fold.number: frozenset(fold.test) for fold in folds}
    for fold in folds:
        for row in read_predictions(run.fold_path(fold.number) / "predictions.csv"):
            if row.patient not in tested[fold.number]:
                hint = "The run folder was changed by hand; start a new run."
                raise DataLeakageError(f"fold {fold.number} predicts a patient it was not meant to", hint=hint)
            rows.append(replace(row, fold=fold.number))
    _refuse_gaps(rows, recipe, folds)
    return averaged(rows)


def _refuse_gaps(rows: list[Prediction], recipe: Recipe, folds: list[Fold]) -> None:
    """RunError unless every patient is predicted for every target by each fold that tests it."""
    columns = [target.column for target in recipe.targets]
    wanted = {(fold.number, patient, column) for fold in folds for patient in fold.test for column in columns}
    gaps = len(wanted - {(row.fold, row.patient, row.target) for row in rows})
    if gaps:
        hint = "Delete that fold's predictions.csv, then resume."
        raise RunError(f"the predictions of the folds lack {gaps} of {len(wanted)} results", hint=hint)


def _run_baselines(
    recipe: Recipe, cohort: PreparedCohort, run: RunFolder, folds: list[Fold], control: Control, journal: Journal
) -> None:
    features = {one.patient: _features(cohort, one.patient) for one in cohort.patients}
    keys = baselines.keys()
    for done, key in enumerate(keys):
        control.check()
        journal.progress(ev.Progress(done=done, total=len(keys), phase="Baselines"))
        rows = []
        for target in recipe.targets:
            truths = {one.patient: one.labels[target.column] for one in cohort.patients}
            seed = derive(recipe.seed, "baseline", key)
            rows += predict_out_of_fold(baselines.get(key), features, truths, folds, target, seed)
        write_predictions(run.baseline_path(key), averaged(rows))
    journal.progress(ev.Progress(done=len(keys), total=len(keys), phase="Baselines"))


def _features(cohort: PreparedCohort, patient: str) -> NDArray[np.float64]:
    """Mean and spread of every frame of every input: what can be known without looking at the picture."""
    parts = []
    for volume in cohort.by_key[patient].volumes.values():
        flat = np.asarray(volume.array, np.float64).reshape(volume.frames, -1)
        parts += [flat.mean(axis=1), flat.std(axis=1)]
    return np.concatenate(parts)
