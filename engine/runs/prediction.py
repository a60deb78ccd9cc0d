"""What a model said of patients it never saw, as rows of `predictions.csv`."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import RunError
from engine.files import write_text

_FIXED = ("patient", "fold", "target", "truth", "predicted")


@dataclass(frozen=True)
class Prediction:
    """One patient, one target; `fold` names the model, which was trained without the patient."""

    patient: str
    fold: int
    target: str
    truth: str
    predicted: str
    probabilities: dict[str, float]


def write_predictions(path: Path, predictions: Sequence[Prediction]) -> None:
    """Save predictions; probabilities keep every digit, so that reading gives the same numbers."""
    classes = list(dict.fromkeys(name for row in predictions for name in row.probabilities))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*_FIXED, *(f"p({name})" for name in classes)])
    for row in predictions:
        shares = [repr(row.probabilities[name]) if name in row.probabilities else "" for name in classes]
        writer.writerow([row.patient, row.fold, row.target, row.truth, row.predicted, *shares])
    write_text(path, text.getvalue())


def read_predictions(path: Path) -> list[Prediction]:
    """The predictions in a file that `write_predictions` wrote."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return [_row(values) for values in csv.DictReader(stream)]
    except (OSError, csv.Error, KeyError, ValueError, TypeError, AttributeError) as failure:
        hint = "Resume the run to write the file anew."
        raise RunError(f"the predictions cannot be read: {failure}", path=path, hint=hint) from None


def _row(values: dict[str, str]) -> Prediction:
    shares = {n[2:-1]: float(v) for n, v in values.items() if n.startswith("p(") and v not in ("", None)}
    return Prediction(
        patient=values["patient"],
        fold=int(values["fold"]),
        target=values["target"],
        truth=values["truth"],
        predicted=values["predicted"],
        probabilities=shares,
    )
