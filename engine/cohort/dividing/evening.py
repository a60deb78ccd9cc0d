"""Exchanging patients between parts until every class of every target is at its share, where several targets cross."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

_TRIED = 64
_ROUNDS = 400
_WHOLE = 1 - 1e-9


def evened(places: Indices, labels: Sequence[Indices], shares: Floats, generator: np.random.Generator) -> Indices:
    """`places` (n,) are part numbers, `labels` a class number (n,) per target; the sizes of parts stay as they are."""
    places, stuck = places.copy(), set[tuple[int, int, int]]()
    for _ in range(_ROUNDS):
        excess = [_excess(places, one, shares) for one in labels]
        worst = _worst(excess, stuck)
        if worst is None:
            return places
        if not _exchanged(places, labels, excess, worst, generator):
            stuck.add(worst)
    return places


def _excess(places: Indices, labels: Indices, shares: Floats) -> Floats:
    """How many more patients of each class each part has than its share: (classes, parts)."""
    counts: Floats = np.zeros((int(labels.max(initial=0)) + 1, len(shares)))
    np.add.at(counts, (labels, places), 1)
    wanted: Floats = counts.sum(axis=1, keepdims=True) * shares
    return counts - wanted


def _worst(excess: Sequence[Floats], stuck: set[tuple[int, int, int]]) -> tuple[int, int, int] | None:
    """Target, class and part that is a whole patient or more above its share, and can perhaps be helped."""
    over = [
        (float(table[place]), (number, int(place[0]), int(place[1])))
        for number, table in enumerate(excess)
        for place in zip(*np.nonzero(table >= _WHOLE), strict=True)
    ]
    return max((entry for entry in over if entry[1] not in stuck), default=(0.0, None))[1]


def _exchanged(
    places: Indices,
    labels: Sequence[Indices],
    excess: Sequence[Floats],
    worst: tuple[int, int, int],
    generator: np.random.Generator,
) -> bool:
    """Exchange the pair of patients that helps most; whether one does."""
    target, name, part = worst
    other = int(np.argmin(excess[target][name]))
    givers = _some(np.flatnonzero((places == part) & (labels[target] == name)), generator)
    takers = _some(np.flatnonzero((places == other) & (labels[target] != name)), generator)
    if not len(givers) or not len(takers):
        return False
    gain: Floats = np.zeros((len(givers), len(takers)))
    for table, one in zip(excess, labels, strict=True):
        gain += _cost(table, one[givers][:, None], one[takers][None, :], part, other)
    best = np.unravel_index(np.argmin(gain), gain.shape)
    if gain[best] >= -1e-9:
        return False
    places[givers[best[0]]], places[takers[best[1]]] = other, part
    return True


def _cost(table: Floats, gives: Indices, takes: Indices, part: int, other: int) -> Floats:
    """The change of the sum of squares of a target's excess, were the classes exchanged between two parts."""
    change = 4 - 2 * table[gives, part] + 2 * table[gives, other] + 2 * table[takes, part] - 2 * table[takes, other]
    return np.where(gives == takes, 0.0, change)


def _some(members: Indices, generator: np.random.Generator) -> Indices:
    return members if len(members) <= _TRIED else generator.choice(members, _TRIED, replace=False)
