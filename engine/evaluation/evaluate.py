"""All figures of a run, each with its interval."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from engine.evaluation.bootstrap import draw_weights, interval
from engine.evaluation.counted import confusions, counted_figures
from engine.evaluation.figure import Figure
from engine.evaluation.ranked import loss_figures, ranked_figures
from engine.evaluation.scored import Floats, Scored, scored
from engine.recipe import Evaluation, Target
from engine.runs.prediction import Prediction

_NEED_ALL_CLASSES = ("balanced_accuracy", "precision", "recall", "f1", "auroc", "average_precision")


def evaluate(
    predictions: Sequence[Prediction], targets: Sequence[Target], settings: Evaluation, seed: int
) -> dict[str, dict[str, Figure]]:
    """`{target: {name: Figure}}` with scikit-learn's names and values.

    Two classes: precision, recall, F1, AUROC speak of the positive class; more: they are means over all.
    Beside the fixed names: `recall[class]`, `average_precision`, `brier`, `log_loss`, and `auroc[class]` for
    more than two classes. The same rows give the same figures, whatever their order. RunError where a target
    has no rows, or a patient was predicted by two folds.
    """
    return {target.column: _of_target(scored(predictions, target), settings, seed) for target in targets}


def values(rows: Scored, weights: Floats) -> dict[str, Floats]:
    """Every figure that the rows define, for each row of `weights` (draws, n): name to values (draws,)."""
    return dict(_defined(rows, weights))


def undefined(rows: Scored) -> dict[str, str]:
    """The figures that the rows cannot give, and why."""
    absent = rows.absent
    if not absent:
        return {}
    reason = f"no patient of class {', '.join(absent)} was tested"
    names = [*_NEED_ALL_CLASSES, *(f"recall[{name}]" for name in absent)]
    if len(rows.classes) - len(absent) < 2:
        names.append("mcc")
    if not rows.two_classes:
        names += [f"auroc[{name}]" for name in rows.classes]
    return dict.fromkeys(names, reason)


def _of_target(rows: Scored, settings: Evaluation, seed: int) -> dict[str, Figure]:
    points = values(rows, np.ones((1, len(rows.truth))))
    blocks = [values(rows, weights) for weights in draw_weights(rows, settings.bootstrap, seed)]
    caveats = _never_predicted(rows) | _all_right(rows, settings.confidence)
    figures = {
        name: Figure(
            float(point[0]),
            *interval(np.concatenate([block[name] for block in blocks]), settings.confidence),
            caveats.get(name, ""),
        )
        for name, point in points.items()
    }
    return figures | {name: Figure.undefined(reason) for name, reason in undefined(rows).items()}


def _defined(rows: Scored, weights: Floats) -> Iterator[tuple[str, Floats]]:
    refused = undefined(rows)
    for name, drawn in counted_figures(rows, confusions(rows, weights)):
        if name not in refused:
            yield name, drawn
    if not rows.absent:
        yield from ranked_figures(rows, weights)
    yield from loss_figures(rows, weights)


def _never_predicted(rows: Scored) -> dict[str, str]:
    """A class that is never predicted counts as precision 0, as scikit-learn has it."""
    called = set(rows.predicted.tolist())
    spoken_of = [rows.positive] if rows.two_classes else range(len(rows.classes))
    never = [rows.classes[index] for index in spoken_of if index not in called]
    if not never:
        return {}
    return {"precision": f"{', '.join(never)} was never predicted; its precision counts as 0"}


def _all_right(rows: Scored, confidence: float) -> dict[str, str]:
    """Where nobody was mistaken, drawing again shows no spread; the exact binomial bound does."""
    right = rows.truth == rows.predicted
    return {
        name: _bound(len(set(rows.patient_of_row[among].tolist())), confidence)
        for name, among in _spoken_of(rows)
        if among.any() and right[among].all()
    }


def _spoken_of(rows: Scored) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    """Figures that are a share of rows, and which rows."""
    everyone = np.ones(len(rows.truth), dtype=np.bool_)
    yield "accuracy", everyone
    yield "balanced_accuracy", everyone
    for index, name in enumerate(rows.classes):
        yield f"recall[{name}]", rows.truth == index
    if rows.two_classes:
        yield "recall", rows.truth == rows.positive
        yield "precision", rows.predicted == rows.positive


def _bound(heads: int, confidence: float) -> str:
    lowest = ((1 - confidence) / 2) ** (1 / heads)
    return f"all {heads} were right, so drawing again shows no spread; down to {100 * lowest:.0f} % is possible"
