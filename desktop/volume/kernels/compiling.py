"""How a kernel becomes machine code."""

from collections.abc import Callable
from typing import Any

from numba import njit

Kernel = Callable[..., Any]
RELAXED = {"nsz", "arcp", "contract", "afn", "reassoc"}


def compiled(function: Kernel) -> Kernel:
    """The function as machine code, made at its first call and kept on disk between two starts, if there is a place."""
    try:
        return _compiled(function, kept=True)
    except RuntimeError:
        return _compiled(function, kept=False)


def _compiled(function: Kernel, *, kept: bool) -> Kernel:
    made: Kernel = njit(nogil=True, cache=kept, fastmath=RELAXED, error_model="numpy")(function)
    return made
