"""Percentile bootstrap over patients: a patient is drawn with all of its rows, or not at all."""

from collections.abc import Iterator

import numpy as np

from engine.evaluation.scored import Floats, Indices, Scored

_CELLS_AT_ONCE = 2_000_000


def draw_weights(scored: Scored, draws: int, seed: int) -> Iterator[Floats]:
    """How often each row counts in each draw: blocks (some draws, n) that hold `draws` rows together.

    Patients are drawn with replacement within strata of equal truth, so every draw has the class sizes of the
    cohort: they were fixed by recruiting, and a draw without one of the classes would have no figures.
    """
    generator = np.random.default_rng(seed)
    strata = _strata(scored)
    at_once = max(1, _CELLS_AT_ONCE // len(scored.truth))
    for first in range(0, draws, at_once):
        size = min(at_once, draws - first)
        yield _drawn(generator, strata, size, len(scored.patients))[:, scored.patient_of_row]


def interval(values: Floats, confidence: float) -> tuple[float, float]:
    """The middle `confidence` of the drawn values."""
    tail = (1 - confidence) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def _drawn(generator: np.random.Generator, strata: list[Indices], draws: int, patients: int) -> Floats:
    """How often each patient is drawn: (draws, patients)."""
    offsets = np.arange(draws)[:, None] * patients
    counts = np.zeros(draws * patients)
    for members in strata:
        chosen = members[generator.integers(0, len(members), size=(draws, len(members)))]
        counts += np.bincount((chosen + offsets).ravel(), minlength=len(counts))
    return counts.reshape(draws, patients)


def _strata(scored: Scored) -> list[Indices]:
    truths: list[set[int]] = [set() for _ in scored.patients]
    for patient, truth in zip(scored.patient_of_row, scored.truth, strict=True):
        truths[patient].add(int(truth))
    keys = [tuple(sorted(truth)) for truth in truths]
    return [np.flatnonzero([key == stratum for key in keys]) for stratum in sorted(set(keys))]
