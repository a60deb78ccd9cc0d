"""The header of a NIfTI file, checked: what the grid is, how voxels are stored, where they begin."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.errors import ReadError
from engine.imaging.nifti.stream import opened, refuse_if_too_short
from engine.imaging.read_errors import DAMAGED

_STORED = {
    2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4", 1024: "i8", 1280: "u8",
}  # fmt: skip
_REFUSED = {
    32: "complex numbers", 1792: "complex numbers", 2048: "complex numbers",
    128: "coloured voxels (RGB)", 2304: "coloured voxels (RGBA)",
    1: "single bits", 1536: "128-bit numbers",
}  # fmt: skip
_CIFTI_INTENTS = range(3000, 3100)
_FLAG = 4  # the extension flag between header and voxels


@dataclass(frozen=True, eq=False)
class NiftiHeader:
    """`shape` is (frames, z, y, x); `stored` has the file's byte order; `scaling` is None without one."""

    fields: NDArray[np.void]
    shape: tuple[int, int, int, int]
    stored: np.dtype[Any]
    offset: int
    scaling: tuple[float, float] | None
    warnings: tuple[str, ...]

    @property
    def frames(self) -> int:
        """The number of frames."""
        return self.shape[0]

    @property
    def bytes(self) -> int:
        """How many bytes the voxels take."""
        return math.prod(self.shape) * self.stored.itemsize


def read_header(path: Path) -> NiftiHeader:
    """The header of the file; ReadError where it is none, not supported, or claims more than there is."""
    with opened(path) as stream:
        block = stream.read(540)
    fields = _fields(block, path)
    warnings: list[str] = []
    header = NiftiHeader(
        fields,
        _shape(fields, path),
        _stored(fields, path, warnings),
        _offset(fields, path),
        _scaling(fields, warnings),
        tuple(warnings),
    )
    refuse_if_too_short(path, header.offset + header.bytes)
    return header


def _fields(block: bytes, path: Path) -> NDArray[np.void]:
    from nibabel.nifti1 import header_dtype as nifti1
    from nibabel.nifti2 import header_dtype as nifti2

    orders: tuple[Literal["little", "big"], ...] = ("little", "big")
    for size, layout, magic in ((348, nifti1, b"n+1"), (540, nifti2, b"n+2")):
        for order in orders:
            if len(block) < size or int.from_bytes(block[:4], order) != size:
                continue
            fields = np.frombuffer(block[:size], layout.newbyteorder(order)).reshape(())
            if bytes(fields["magic"])[:3] == magic:
                return fields
            if bytes(fields["magic"])[:2] == b"ni":
                hint = "Convert it to a single .nii file."
                raise ReadError("this is one half of a .hdr/.img pair", path=path, hint=hint)
    what = "the file is empty" if not block else "this is not a NIfTI file"
    raise ReadError(what, path=path, hint="Is it another format under this name, or cut short?")


def _shape(fields: NDArray[np.void], path: Path) -> tuple[int, int, int, int]:
    """(frames, z, y, x); one axis beyond the third may be longer than 1."""
    if int(fields["intent_code"]) in _CIFTI_INTENTS:
        hint = "Only voxel images can be read."
        raise ReadError("this is a CIFTI table over brain regions, not an image", path=path, hint=hint)
    dimensions = [int(value) for value in fields["dim"]]
    count = dimensions[0]
    sizes = dimensions[1 : count + 1] if 1 <= count <= 7 else []
    if not sizes or min(sizes) < 1:
        raise ReadError(f"its header gives an impossible size: {dimensions}", path=path, hint=DAMAGED)
    x, y, z, *further = [*sizes, 1, 1][: max(3, count)]
    frames = [size for size in further if size > 1]
    if len(frames) > 1:
        hint = "Split it into files of at most four axes."
        raise ReadError(f"the image has {count} axes; four can be read", path=path, hint=hint)
    return (frames[0] if frames else 1, z, y, x)


def _stored(fields: NDArray[np.void], path: Path, warnings: list[str]) -> np.dtype[Any]:
    code = int(fields["datatype"])
    if code not in _STORED:
        kind = _REFUSED.get(code, f"voxels of unknown type {code}")
        hint = "Convert it to one number per voxel, for instance the magnitude."
        raise ReadError(f"it holds {kind}, which cannot be read", path=path, hint=hint)
    stored = np.dtype(fields.dtype["datatype"].str[0] + _STORED[code])
    if int(fields["bitpix"]) != 8 * stored.itemsize:
        warnings.append(f"its header gives {int(fields['bitpix'])} bits for a voxel of {8 * stored.itemsize}")
    return stored


def _offset(fields: NDArray[np.void], path: Path) -> int:
    """Where the voxels begin; 0 stands for directly after the header."""
    least = int(fields["sizeof_hdr"]) + _FLAG
    offset = float(fields["vox_offset"])
    if offset == 0:
        return least
    if not math.isfinite(offset) or offset < least:
        raise ReadError(f"its header says that voxels begin at byte {offset:g}", path=path, hint=DAMAGED)
    return int(offset)


def _scaling(fields: NDArray[np.void], warnings: list[str]) -> tuple[float, float] | None:
    slope, intercept = float(fields["scl_slope"]), float(fields["scl_inter"])
    if slope == 0 or not math.isfinite(slope):
        return None
    if not math.isfinite(intercept):
        warnings.append("its scaling has a slope but no valid intercept; 0 is used")
        intercept = 0.0
    return None if (slope, intercept) == (1.0, 0.0) else (slope, intercept)
