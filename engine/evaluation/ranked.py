"""Figures that follow from the probabilities: how they rank, and how well they are calibrated."""

from collections.abc import Iterator

import numpy as np

from engine.evaluation.scored import Floats, Scored


def ranked_figures(scored: Scored, weights: Floats) -> Iterator[tuple[str, Floats]]:
    """Name and values (draws,) of the ranking figures; every class must be among the true ones."""
    if scored.two_classes:
        auroc, average_precision = _ranking(scored, scored.positive, weights)
        yield "auroc", auroc
        yield "average_precision", average_precision
        return
    pairs = [_ranking(scored, index, weights) for index in range(len(scored.classes))]
    yield "auroc", np.mean([auroc for auroc, _ in pairs], axis=0)
    yield "average_precision", np.mean([precision for _, precision in pairs], axis=0)
    for name, (auroc, _) in zip(scored.classes, pairs, strict=True):
        yield f"auroc[{name}]", auroc


def loss_figures(scored: Scored, weights: Floats) -> Iterator[tuple[str, Floats]]:
    """Name and values (draws,) of what the probabilities cost; defined whatever the classes."""
    shares = scored.probabilities
    one_hot = np.eye(len(scored.classes))[scored.truth]
    squared = ((shares - one_hot) ** 2).sum(axis=1) / (2 if scored.two_classes else 1)
    edge = np.finfo(np.float64).eps
    told = np.clip(shares[np.arange(len(shares)), scored.truth], edge, 1 - edge)
    total = weights.sum(axis=1)
    yield "brier", weights @ squared / total
    yield "log_loss", weights @ -np.log(told) / total


def _ranking(scored: Scored, index: int, weights: Floats) -> tuple[Floats, Floats]:
    """AUROC and average precision of one class against the rest."""
    positive, negative = _heads_per_score(scored, index, weights)
    positives, negatives = positive.sum(axis=1), negative.sum(axis=1)
    below = np.cumsum(negative, axis=1) - negative
    auroc = (positive * (below + negative / 2)).sum(axis=1) / (positives * negatives)
    found = np.cumsum(positive[:, ::-1], axis=1)
    called = found + np.cumsum(negative[:, ::-1], axis=1)
    precision = np.divide(found, called, out=np.zeros_like(found), where=called > 0)
    return auroc, (positive[:, ::-1] * precision).sum(axis=1) / positives


def _heads_per_score(scored: Scored, index: int, weights: Floats) -> tuple[Floats, Floats]:
    """Rows of the class, and of the rest, at each distinct score, lowest first: twice (draws, scores)."""
    scores = scored.probabilities[:, index]
    order = np.argsort(scores, kind="stable")
    starts = np.flatnonzero(np.diff(scores[order], prepend=-1.0))
    of_class = (scored.truth[order] == index).astype(np.float64)
    drawn = weights[:, order]
    positive = np.add.reduceat(drawn * of_class, starts, axis=1)
    return positive, np.add.reduceat(drawn, starts, axis=1) - positive
