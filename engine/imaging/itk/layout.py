"""How the numbers of a NRRD or MetaImage file lie, as its text header tells it."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from engine.errors import ReadError
from engine.imaging.read_errors import DAMAGED
from engine.imaging.stored.limits import refuse_beyond, refuse_too_large
from engine.imaging.stored.values import Values
from engine.imaging.volume import Array

Encoding = Literal["raw", "gzip", "zlib", "ascii"]
_COLOUR = (3, 4)


@dataclass(frozen=True)
class Layout:
    """`sizes` as written, the fastest axis first; `apart` is the axis that is not of space, if one is.

    The numbers begin at byte `offset` of `data`, as they lie in that file; -1 stands for the end of it, counted back.
    """

    sizes: tuple[int, ...]
    apart: int | None
    stored: np.dtype[Any]
    encoding: Encoding
    data: Path
    offset: int
    oriented: bool
    sized: bool

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(frames, z, y, x)."""
        x, y, z = (*self._space, 1, 1)[:3]
        frames = 1 if self.apart is None or self.channels > 1 else self.sizes[self.apart]
        return (frames, z, y, x)

    @property
    def channels(self) -> int:
        """3 or 4 where each voxel is a colour."""
        coloured = self.apart == 0 and self.stored == np.uint8 and self.sizes[0] in _COLOUR
        return self.sizes[0] if coloured else 1

    @property
    def values(self) -> Values:
        """How stored numbers become voxels."""
        return Values(self.stored, None, self.channels)

    @property
    def bytes(self) -> int:
        """What the numbers take."""
        return math.prod(self.sizes) * self.stored.itemsize

    @property
    def begin(self) -> int:
        """The byte at which they begin."""
        return self.data.stat().st_size - self.bytes if self.offset < 0 else self.offset

    @property
    def sequential(self) -> bool:
        """Whether its slices lie one after the other."""
        return self.apart != 0 or self.channels > 1

    def arranged(self, saved: Array) -> Array:
        """(frames, z, y, x), of colours with their channels last, as a view of the numbers as they lie."""
        lying = saved.reshape(self.sizes[::-1])
        if self.channels > 1:
            return lying.reshape((*self.shape, self.channels))
        if self.apart == 0:
            lying = np.moveaxis(lying, -1, 0)
        return lying.reshape(self.shape)

    def checked(self, path: Path) -> "Layout":
        """Itself; ReadError where that is no image, or the data cannot hold it."""
        if not self.sizes or min(self.sizes) < 1 or not 1 <= len(self._space) <= 3:
            raise ReadError(f"its header gives an impossible size: {list(self.sizes)}", path=path, hint=DAMAGED)
        if self.apart not in (None, 0, len(self.sizes) - 1):
            raise ReadError("its axes lie in an order that is not read", path=path, hint="Save it as NIfTI.")
        refuse_too_large(path, self.sizes)
        held = self.data.stat().st_size - max(0, self.offset)
        least = math.prod(self.sizes) if self.encoding == "ascii" else self.bytes
        refuse_beyond(path, least, compressed=self.encoding in ("gzip", "zlib"), held=held)
        return self

    @property
    def _space(self) -> tuple[int, ...]:
        return tuple(size for axis, size in enumerate(self.sizes) if axis != self.apart)


def beside(path: Path, name: str) -> Path:
    """The data file that a header names; ReadError where it names another folder, several files, or none there."""
    if name != Path(name).name or "\\" in name or ":" in name or name in ("", ".", ".."):
        hint = "Put the data file into the folder of the header, and write its bare name there."
        raise ReadError("its header names a data file in another folder", path=path, hint=hint)
    if "%" in name or name.upper().startswith("LIST"):
        raise ReadError("its data are spread over several files", path=path, hint="Save it as one file.")
    found = path.with_name(name)
    if not found.is_file():
        raise ReadError(f"its data file {name} is not beside it", path=path, hint=f"Put {name} into the same folder.")
    return found
