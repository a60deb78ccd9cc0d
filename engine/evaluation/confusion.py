"""Which class was taken for which, and whose."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.evaluation.scored import rows_of
from engine.recipe import Target
from engine.runs.prediction import Prediction


@dataclass(frozen=True)
class ConfusionMatrix:
    """`counts[truth, predicted]` rows, and `patients[truth][predicted]`, their sorted pseudonyms."""

    classes: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    patients: tuple[tuple[tuple[str, ...], ...], ...]


def confusion(predictions: Sequence[Prediction], target: Target) -> ConfusionMatrix:
    """The confusion matrix of one target, in the order of its classes."""
    cells: dict[tuple[str, str], list[str]] = {}
    for row in rows_of(predictions, target):
        cells.setdefault((row.truth, row.predicted), []).append(row.patient)
    table = [[cells.get((truth, called), []) for called in target.classes] for truth in target.classes]
    return ConfusionMatrix(
        classes=target.classes,
        counts=np.array([[len(cell) for cell in line] for line in table], dtype=np.int64),
        patients=tuple(tuple(tuple(dict.fromkeys(cell)) for cell in line) for line in table),
    )
