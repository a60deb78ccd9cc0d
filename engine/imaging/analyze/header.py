"""The header of an Analyze 7.5 image, checked; SPM's fields are read where they are set, as nibabel reads them."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.errors import ReadError
from engine.imaging.doubt import Doubt
from engine.imaging.read_errors import DAMAGED
from engine.imaging.stored.block import Block
from engine.imaging.stored.gunzip import opened
from engine.imaging.stored.values import Values

SIZE = 348
_DIMENSIONS, _DATATYPE, _MAGIC = slice(40, 56), slice(70, 72), slice(344, 347)
_STORED = {2: "u1", 4: "i2", 8: "i4", 16: "f4", 32: "c8", 64: "f8", 130: "i1", 132: "u2", 136: "u4"}
_COLOURED = 128


@dataclass(frozen=True, eq=False)
class AnalyzeHeader:
    """`fields` as SPM2 names them; the shape (frames, z, y, x) and the way to the voxels are in `block`."""

    fields: NDArray[np.void]
    block: Block
    doubts: tuple[Doubt, ...]


def order_of(head: bytes) -> Literal["<", ">", ""]:
    """The byte order in which these bytes begin an Analyze header; empty where they begin none."""
    if len(head) < SIZE or head[_MAGIC] in (b"ni1", b"n+1"):
        return ""
    for order, name in (("<", "little"), (">", "big")):
        if int.from_bytes(head[:4], name) == SIZE:  # type: ignore[arg-type]
            dimensions = np.frombuffer(head[_DIMENSIONS], f"{order}i2")
            datatype = int(np.frombuffer(head[_DATATYPE], f"{order}i2")[0])
            fits = 1 <= dimensions[0] <= 7 and (datatype in _STORED or datatype in (1, _COLOURED))
            return order if fits else ""  # type: ignore[return-value]
    return ""


def read_header(path: Path, voxels: Path) -> AnalyzeHeader:
    """The header of a pair; ReadError where it is none, or claims more than the voxels' file holds."""
    from nibabel.spm2analyze import header_dtype

    with opened(path) as stream:
        head = stream.read(SIZE)
    order = order_of(head)
    if not order:
        what = "the file is empty" if not head else "this is not an Analyze or NIfTI header"
        raise ReadError(what, path=path, hint="Is it another format under this name, or cut short?")
    fields = np.frombuffer(head, header_dtype.newbyteorder(order)).reshape(())
    doubts: list[Doubt] = []
    values = _values(fields, path, doubts)
    block = Block(voxels, _offset(fields, path), _shape(fields, path), values).checked()
    return AnalyzeHeader(fields, block, (*doubts, *block.doubts()))


def _shape(fields: NDArray[np.void], path: Path) -> tuple[int, int, int, int]:
    """A length of 0 beyond the first axis counts as 1, as some writers mean it."""
    dimensions = [int(value) for value in fields["dim"]]
    sizes = dimensions[1 : dimensions[0] + 1]
    if min(sizes) < 0 or sizes[0] == 0:
        raise ReadError(f"its header gives an impossible size: {dimensions}", path=path, hint=DAMAGED)
    x, y, z, *further = [max(1, size) for size in [*sizes, 1, 1, 1]]
    return (math.prod(further), z, y, x)


def _values(fields: NDArray[np.void], path: Path, doubts: list[Doubt]) -> Values:
    code = int(fields["datatype"])
    if code != _COLOURED and code not in _STORED:
        hint = "Convert it to 8-bit or 16-bit numbers."
        raise ReadError("it holds single bits, which cannot be read", path=path, hint=hint)
    if code == _COLOURED:
        doubts.append(Doubt("colour", "its voxels are coloured", "note"))
        return Values(np.dtype(np.uint8), None, 3)
    stored = np.dtype(_STORED[code]).newbyteorder(_order(fields))
    if stored.kind == "c":
        doubts.append(Doubt("format", "its voxels are complex numbers; their magnitude is taken"))
    return Values(stored, _scaling(fields, doubts))


def _order(fields: NDArray[np.void]) -> Any:
    return fields.dtype["datatype"].str[0]


def _offset(fields: NDArray[np.void], path: Path) -> int:
    offset = float(fields["vox_offset"])
    if not math.isfinite(offset):
        raise ReadError(f"its header says that voxels begin at byte {offset:g}", path=path, hint=DAMAGED)
    return int(abs(offset))


def _scaling(fields: NDArray[np.void], doubts: list[Doubt]) -> tuple[float, float] | None:
    """SPM's scale factor; failing that, what stored and calibrated ranges say of it, which is doubtful."""
    slope, intercept = float(fields["scl_slope"]), float(fields["scl_inter"])
    if slope and math.isfinite(slope):
        intercept = intercept if math.isfinite(intercept) else 0.0
        return None if (slope, intercept) == (1.0, 0.0) else (slope, intercept)
    lowest, highest = int(fields["glmin"]), int(fields["glmax"])
    low, high = float(fields["cal_min"]), float(fields["cal_max"])
    if highest == lowest or low == high or not math.isfinite(high - low):
        return None
    doubts.append(Doubt("scaling", "its scaling is taken from its calibrated range, as SPM does"))
    slope = (high - low) / (highest - lowest)
    return (slope, low - slope * lowest)
