"""Whether one model is better than another on the same patients."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine.errors import RunError
from engine.evaluation.bootstrap import draw_weights, interval
from engine.evaluation.evaluate import undefined, values
from engine.evaluation.figure import Figure
from engine.evaluation.scored import Floats, Scored, scored
from engine.recipe import Evaluation, Target
from engine.runs.prediction import Prediction


def paired_difference(
    ours: Sequence[Prediction],
    theirs: Sequence[Prediction],
    target: Target,
    settings: Evaluation,
    seed: int,
    name: str = "balanced_accuracy",
) -> Figure:
    """The figure `name` of ours minus theirs, each draw taking the same patients of both.

    RunError where the two did not predict the same patients, or disagree about their truth.
    """
    first, second = _paired(scored(ours, target), scored(theirs, target))
    refused = undefined(first)
    if name in refused:
        return Figure.undefined(refused[name])
    blocks = [_gap(first, second, weights, name) for weights in draw_weights(first, settings.bootstrap, seed)]
    point = _gap(first, second, np.ones((1, len(first.truth))), name)
    return Figure(float(point[0]), *interval(np.concatenate(blocks), settings.confidence))


def paired_differences(
    ours: Sequence[Prediction],
    theirs: Mapping[str, Sequence[Prediction]],
    targets: Sequence[Target],
    settings: Evaluation,
    seed: int,
) -> dict[str, dict[str, Figure]]:
    """`{other: {target: Figure}}`, the balanced accuracy of ours minus each other's."""
    return {
        key: {target.column: paired_difference(ours, rows, target, settings, seed) for target in targets}
        for key, rows in theirs.items()
    }


def _gap(first: Scored, second: Scored, weights: Floats, name: str) -> Floats:
    return values(first, weights)[name] - values(second, weights)[name]


def _paired(first: Scored, second: Scored) -> tuple[Scored, Scored]:
    """Both with their rows in one order: by patient, then truth."""
    first, second = _ordered(first), _ordered(second)
    same = first.patients == second.patients and np.array_equal(first.patient_of_row, second.patient_of_row)
    if not same or not np.array_equal(first.truth, second.truth):
        raise RunError(
            "the two sets of predictions are not of the same patients with the same labels",
            hint="Compare runs on the same cohort, divided by the same protocol.",
        )
    return first, second


def _ordered(rows: Scored) -> Scored:
    order = np.lexsort((rows.truth, rows.patient_of_row))
    return replace(
        rows,
        truth=rows.truth[order],
        predicted=rows.predicted[order],
        probabilities=rows.probabilities[order],
        patient_of_row=rows.patient_of_row[order],
    )
