"""Figures that follow from the confusion matrix, for a stack of matrices at once."""

from collections.abc import Iterator

import numpy as np

from engine.evaluation.scored import Floats, Scored


def confusions(scored: Scored, weights: Floats) -> Floats:
    """Confusion matrices (draws, truth, predicted); `weights` (draws, n) says how often a row counts."""
    size = len(scored.classes)
    cell_of_row = np.zeros((len(scored.truth), size * size))
    cell_of_row[np.arange(len(scored.truth)), scored.truth * size + scored.predicted] = 1.0
    return (weights @ cell_of_row).reshape(-1, size, size)


def counted_figures(scored: Scored, matrices: Floats) -> Iterator[tuple[str, Floats]]:
    """Name and values (draws,) of every figure that counts right and wrong."""
    hits = np.diagonal(matrices, axis1=1, axis2=2)
    true, called = matrices.sum(axis=2), matrices.sum(axis=1)
    recall, precision = _share(hits, true), _share(hits, called)
    f1 = _share(2 * hits, true + called)
    yield "accuracy", _share(hits.sum(axis=1), true.sum(axis=1))
    yield "balanced_accuracy", recall.mean(axis=1)
    yield "precision", _of_positive_or_mean(scored, precision)
    yield "recall", _of_positive_or_mean(scored, recall)
    yield "f1", _of_positive_or_mean(scored, f1)
    yield "mcc", _mcc(hits.sum(axis=1), true, called)
    for index, name in enumerate(scored.classes):
        yield f"recall[{name}]", recall[:, index]


def _of_positive_or_mean(scored: Scored, per_class: Floats) -> Floats:
    return per_class[:, scored.positive] if scored.two_classes else per_class.mean(axis=1)


def _mcc(hits: Floats, true: Floats, called: Floats) -> Floats:
    """Matthews' coefficient over all classes; 0 where one class takes all, as scikit-learn has it."""
    total = true.sum(axis=1)
    covariance = hits * total - (true * called).sum(axis=1)
    spread = (total**2 - (true**2).sum(axis=1)) * (total**2 - (called**2).sum(axis=1))
    return _share(covariance, np.sqrt(spread))


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part, dtype=np.float64), where=whole > 0)
