"""The predictions of one target as arrays, checked, in an order that does not depend on the rows'."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.errors import RunError
from engine.recipe import Target
from engine.runs.prediction import Prediction

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

_SUM_TOLERANCE = 1e-3
_HINT = "Resume the run to write the predictions anew, or check the file it was changed in."


@dataclass(frozen=True)
class Scored:
    """Rows of one target: class indices `truth` and `predicted` (n,), `probabilities` (n, classes).

    `patients` are sorted; `patient_of_row` (n,) points into them. `positive` is the index of the class that
    two-class figures speak of.
    """

    classes: tuple[str, ...]
    positive: int
    truth: Indices
    predicted: Indices
    probabilities: Floats
    patients: tuple[str, ...]
    patient_of_row: Indices

    @property
    def two_classes(self) -> bool:
        """Whether precision, recall and F1 speak of one class rather than of the mean of all."""
        return len(self.classes) == 2

    @property
    def absent(self) -> tuple[str, ...]:
        """The classes that no row truly has."""
        present = set(self.truth.tolist())
        return tuple(name for index, name in enumerate(self.classes) if index not in present)


def scored(predictions: Sequence[Prediction], target: Target) -> Scored:
    """The rows of `target`; RunError where there are none or a row cannot be scored."""
    rows = rows_of(predictions, target)
    patients = tuple(sorted({row.patient for row in rows}))
    position = {patient: index for index, patient in enumerate(patients)}
    number = {name: index for index, name in enumerate(target.classes)}
    return Scored(
        classes=target.classes,
        positive=number[target.positive_class],
        truth=np.array([number[row.truth] for row in rows], dtype=np.intp),
        predicted=np.array([number[row.predicted] for row in rows], dtype=np.intp),
        probabilities=np.array(
            [[row.probabilities[name] for name in target.classes] for row in rows], dtype=np.float64
        ),
        patients=patients,
        patient_of_row=np.array([position[row.patient] for row in rows], dtype=np.intp),
    )


def rows_of(predictions: Sequence[Prediction], target: Target) -> list[Prediction]:
    """The checked rows of `target`, ordered by patient; RunError where one cannot be scored."""
    rows = sorted((row for row in predictions if row.target == target.column), key=_order)
    if not rows:
        raise RunError(f"there are no predictions of '{target.column}'", hint="Let the run finish first.")
    _refuse_two_models(rows, target)
    for row in rows:
        _check_row(row, target)
    return rows


def _order(row: Prediction) -> tuple[str, str, str, tuple[float, ...]]:
    return (row.patient, row.truth, row.predicted, tuple(row.probabilities.values()))


def _refuse_two_models(rows: Sequence[Prediction], target: Target) -> None:
    fold_of: dict[str, int] = {}
    for row in rows:
        if fold_of.setdefault(row.patient, row.fold) != row.fold:
            raise RunError(
                f"{row.patient} was predicted for '{target.column}' by the models of two folds "
                f"({fold_of[row.patient]} and {row.fold}), so the predictions cannot be pooled",
                hint="A patient may be tested by one fold only. Evaluate repeated divisions one by one.",
            )


def _check_row(row: Prediction, target: Target) -> None:
    for name in (row.truth, row.predicted):
        if name not in target.classes:
            known = ", ".join(target.classes)
            raise RunError(f"{row.patient} has '{name}' for '{target.column}', whose classes are {known}", hint=_HINT)
    missing = [name for name in target.classes if name not in row.probabilities]
    if missing:
        raise RunError(f"{row.patient} has no probability of '{missing[0]}'", hint=_HINT)
    shares = np.array([row.probabilities[name] for name in target.classes])
    if not np.isfinite(shares).all() or shares.min() < 0 or abs(shares.sum() - 1) > _SUM_TOLERANCE:
        raise RunError(f"the probabilities of {row.patient} for '{target.column}' do not add up to 1", hint=_HINT)
