"""A picture in bands of rows, on as many threads as there are processors."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any

CORES = max(1, min(8, os.cpu_count() or 1))


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(CORES, thread_name_prefix="isocenter-volume")


def in_bands(kernel: Callable[..., Any], rows: int, *arguments: Any, first: int = 0) -> None:
    """Call `kernel(*arguments, from, to)` for all rows from `first` to `rows`, side by side; it has to be nogil."""
    edges = [first + (rows - first) * i // CORES for i in range(CORES + 1)]
    waiting = [_pool().submit(kernel, *arguments, *edge) for edge in pairwise(edges)]
    for band in waiting:
        band.result()
