"""How the voxels of a NIfTI image are stored and scaled."""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import ReadError
from engine.imaging.doubt import Doubt
from engine.imaging.stored.values import Values

_STORED = {
    2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4", 1024: "i8", 1280: "u8",
    32: "c8", 1792: "c16",
}  # fmt: skip
_CHANNELS = {128: 3, 2304: 4}
_REFUSED = {2048: "256-bit complex numbers", 1: "single bits", 1536: "128-bit numbers"}


def stored_values(fields: NDArray[np.void], path: Path, doubts: list[Doubt]) -> Values:
    """How stored numbers become voxels; ReadError where they cannot."""
    code = int(fields["datatype"])
    channels = _CHANNELS.get(code, 1)
    name = "u1" if channels > 1 else _STORED.get(code)
    if name is None:
        kind = _REFUSED.get(code, f"voxels of unknown type {code}")
        raise ReadError(f"it holds {kind}, which cannot be read", path=path, hint="Convert it to 32-bit numbers.")
    stored = np.dtype(fields.dtype["datatype"].str[0] + name)
    scaling = None if channels > 1 else _scaling(fields, doubts)
    values = Values(stored, scaling, channels)
    if int(fields["bitpix"]) != 8 * values.voxel_bytes:
        told = f"its header gives {int(fields['bitpix'])} bits for a voxel of {8 * values.voxel_bytes}"
        doubts.append(Doubt("format", told))
    if stored.kind == "c":
        doubts.append(Doubt("format", "its voxels are complex numbers; their magnitude is taken"))
    if channels > 1:
        doubts.append(Doubt("colour", "its voxels are coloured", "note"))
    return values


def _scaling(fields: NDArray[np.void], doubts: list[Doubt]) -> tuple[float, float] | None:
    slope, intercept = float(fields["scl_slope"]), float(fields["scl_inter"])
    if slope == 0 or not math.isfinite(slope):
        return None
    if not math.isfinite(intercept):
        doubts.append(Doubt("scaling", "its scaling has a slope but no valid intercept; 0 is used"))
        intercept = 0.0
    return None if (slope, intercept) == (1.0, 0.0) else (slope, intercept)
