"""The header of a NIfTI image, checked: what the grid is, how voxels are stored, where they begin."""

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.errors import ReadError
from engine.imaging.doubt import Doubt
from engine.imaging.nifti.numbers import stored_values
from engine.imaging.read_errors import DAMAGED
from engine.imaging.stored.block import Block
from engine.imaging.stored.gunzip import opened
from engine.imaging.stored.values import Values

_CIFTI_INTENTS = range(3000, 3100)
_FLAG = 4  # the extension flag between header and voxels


@dataclass(frozen=True, eq=False)
class NiftiHeader:
    """`shape` is (frames, z, y, x); `further` are the axes beyond the third that are longer than 1, by number."""

    fields: NDArray[np.void]
    shape: tuple[int, int, int, int]
    further: dict[int, int]
    block: Block
    doubts: tuple[Doubt, ...]

    @property
    def frames(self) -> int:
        """The number of frames."""
        return self.shape[0]

    @property
    def values(self) -> Values:
        """How stored numbers become voxels."""
        return self.block.values

    @property
    def version(self) -> int:
        """1 or 2."""
        return 1 if int(self.fields["sizeof_hdr"]) == 348 else 2


def read_header(path: Path, voxels: Path | None = None) -> NiftiHeader:
    """The header of the file; ReadError where it is none, not supported, or claims more than there is.

    `voxels` is the other half of a pair, where it is one.
    """
    with opened(path) as stream:
        fields = nifti_fields(stream.read(540), path, paired=voxels is not None)
    doubts: list[Doubt] = []
    shape, further = _shape(fields, path)
    values = stored_values(fields, path, doubts)
    offset = _offset(fields, path, paired=voxels is not None)
    block = Block(voxels or path, offset, shape, values).checked()
    header = NiftiHeader(fields, shape, further, block, tuple(doubts))
    return replace(header, doubts=header.doubts + block.doubts())


def nifti_fields(block: bytes, path: Path, *, paired: bool) -> NDArray[np.void]:
    """The header's fields in their byte order; ReadError where it is not one of a single file, or of a pair."""
    from nibabel.nifti1 import header_dtype as nifti1
    from nibabel.nifti2 import header_dtype as nifti2

    orders: tuple[Literal["little", "big"], ...] = ("little", "big")
    for size, layout, number in ((348, nifti1, b"1"), (540, nifti2, b"2")):
        for order in orders:
            if len(block) < size or int.from_bytes(block[:4], order) != size:
                continue
            fields = np.frombuffer(block[:size], layout.newbyteorder(order)).reshape(())
            magic = bytes(fields["magic"])[:3]
            if magic == (b"ni" if paired else b"n+") + number:
                return fields
            if magic[:2] == b"ni":
                hint = "Name it .hdr and put the .img file with its voxels beside it, or convert it to a single .nii."
                raise ReadError("this is one half of a .hdr/.img pair", path=path, hint=hint)
    what = "the file is empty" if not block else "this is not a NIfTI file"
    raise ReadError(what, path=path, hint="Is it another format under this name, or cut short?")


def _shape(fields: NDArray[np.void], path: Path) -> tuple[tuple[int, int, int, int], dict[int, int]]:
    """All axes beyond the third are frames, the fourth changing fastest."""
    if int(fields["intent_code"]) in _CIFTI_INTENTS:
        hint = "Only voxel images can be read."
        raise ReadError("this is a CIFTI table over brain regions, not an image", path=path, hint=hint)
    dimensions = [int(value) for value in fields["dim"]]
    count = dimensions[0]
    sizes = dimensions[1 : count + 1] if 1 <= count <= 7 else []
    if not sizes or min(sizes) < 1:
        raise ReadError(f"its header gives an impossible size: {dimensions}", path=path, hint=DAMAGED)
    x, y, z, *others = [*sizes, 1, 1][: max(3, count)]
    further = {number: size for number, size in enumerate(others, start=4) if size > 1}
    return (math.prod(further.values()), z, y, x), further


def _offset(fields: NDArray[np.void], path: Path, *, paired: bool) -> int:
    """Where the voxels begin; 0 stands for directly after the header, or for the start of the other half."""
    least = 0 if paired else int(fields["sizeof_hdr"]) + _FLAG
    offset = float(fields["vox_offset"])
    if offset == 0:
        return least
    if not math.isfinite(offset) or offset < least:
        raise ReadError(f"its header says that voxels begin at byte {offset:g}", path=path, hint=DAMAGED)
    return int(offset)


def describe(header: NiftiHeader) -> dict[str, Any]:
    """What the file says besides the picture, nothing of it about a person."""
    order = "big-endian" if header.fields.dtype["dim"].base.str[0] == ">" else "little-endian"
    told = {"version": f"NIfTI-{header.version}", "stored as": f"{header.values.stored.name}, {order}"}
    intent = int(header.fields["intent_code"])
    return {**told, "intent": str(intent)} if intent else told
