"""Things that belong together because some pairs of them do."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]


def joined(count: int, first: Sequence[int] | Indices, second: Sequence[int] | Indices) -> Indices:
    """The number of the group of each of `count` things; pairs name things of one group."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links: Any = coo_array(
        (np.ones(len(first), np.int8), (np.asarray(first, int), np.asarray(second, int))), (count, count)
    )
    return np.asarray(connected_components(links, directed=False)[1], np.intp)


def members(numbers: Iterable[int], fewest: int = 2) -> list[list[int]]:
    """The things of each group that has at least `fewest`, in the order of their first."""
    found: dict[int, list[int]] = {}
    for place, number in enumerate(numbers):
        found.setdefault(int(number), []).append(place)
    return [group for group in found.values() if len(group) >= fewest]
