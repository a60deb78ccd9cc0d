"""The diffusion weights of a scan's frames, in the text file that other programs write beside it: `dwi.bval`."""

import math
from pathlib import Path

from engine.imaging.doubt import Doubt
from engine.imaging.volume import FrameAxis

_LARGEST = 1 << 20
_STRONGEST = 1e6


def read_b_values(path: Path, frames: int, doubts: list[Doubt]) -> FrameAxis | None:
    """One value in s/mm² per frame; None, with a doubt, where the file does not say that."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        values = tuple(float(word) for word in path.read_text(encoding="utf-8-sig").replace(",", " ").split())
    except (OSError, ValueError):
        doubts.append(Doubt("sidecar", f"{path.name} is not a list of b-values"))
        return None
    if len(values) != frames:
        doubts.append(Doubt("sidecar", f"{path.name} lists {len(values)} values for {frames} frames"))
        return None
    if not all(math.isfinite(value) and 0 <= value <= _STRONGEST for value in values):
        doubts.append(Doubt("sidecar", f"{path.name} is not a list of b-values"))
        return None
    return FrameAxis("b-value", values)
