"""What is refused before a byte is allocated: grids that no scan has, and claims beyond the file's content."""

import math
from pathlib import Path

from engine.errors import ReadError
from engine.imaging.read_errors import DAMAGED

MOST_VOXELS = 2**31 - 1
MOST_EXPANSION = 1032  # what deflate reaches at best
_SLACK = 1 << 20


def refuse_too_large(path: Path, shape: tuple[int, ...]) -> None:
    """ReadError where the grid has 2^31 voxels or more."""
    if math.prod(shape) > MOST_VOXELS:
        hint = "If the file is sound, cut it into smaller ones."
        raise ReadError("its header claims 2^31 voxels or more", path=path, hint=hint)


def refuse_beyond(path: Path, needed: int, *, compressed: bool, held: int | None = None) -> None:
    """ReadError where `needed` bytes cannot come from the `held` ones; by default, those of the file."""
    size = path.stat().st_size if held is None else held
    if compressed:
        if needed > size * MOST_EXPANSION + _SLACK:
            raise ReadError("its header claims more than the file can hold", path=path, hint=DAMAGED)
    elif needed > size:
        raise ReadError(f"cut short: {size} of {needed} bytes", path=path, hint=DAMAGED)
