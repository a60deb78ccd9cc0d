"""What stored numbers stand for: the type that they are read as, scaled, as magnitude or as brightness."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.imaging.stored.colour import brightness
from engine.imaging.volume import Array

_WHOLE = tuple(np.dtype(name) for name in ("int16", "int32"))


@dataclass(frozen=True)
class Values:
    """How `stored` numbers (in the file's byte order) become voxels; `channels` is 3 or 4 of coloured ones."""

    stored: np.dtype[Any]
    scaling: tuple[float, float] | None = None
    channels: int = 1

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the voxels as read: as stored where nothing is scaled, shifted whole numbers whole, else float32."""
        if self.channels > 1 or self.stored.kind == "b":
            return np.dtype(np.uint8)
        if self.stored.kind == "c" or self.stored == np.float16:
            return np.dtype(np.float32)
        if self.scaling is None:
            return self.stored.newbyteorder("=")
        return self._shifted() or np.dtype(np.float32)

    @property
    def as_they_lie(self) -> bool:
        """Whether stored numbers are voxels already."""
        return self.channels == 1 and self.scaling is None and self.stored == self.dtype and self.stored.isnative

    @property
    def voxel_bytes(self) -> int:
        """What one voxel takes in the file."""
        return self.stored.itemsize * self.channels

    def voxels(self, stored: Array) -> Array:
        """Voxels of stored numbers of any shape; of coloured ones, the channels are the last axis."""
        if self.channels > 1:
            return brightness(stored)
        if self.scaling is None:
            return _magnitude(stored).astype(self.dtype, copy=False)
        slope, intercept = self.scaling
        if self.dtype.kind == "i":
            shifted: Array = stored.astype(self.dtype) + self.dtype.type(intercept)
            return shifted
        with np.errstate(all="ignore"):
            scaled = _magnitude(stored * np.float64(slope) + np.float64(intercept))
            return scaled.astype(np.float32)

    def _shifted(self) -> np.dtype[Any] | None:
        assert self.scaling is not None
        slope, intercept = self.scaling
        if slope != 1 or not float(intercept).is_integer() or self.stored.kind not in "iu":
            return None
        bounds = np.iinfo(self.stored)
        low, high = (int(bound) + int(intercept) for bound in (bounds.min, bounds.max))
        return next((kind for kind in _WHOLE if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max), None)


def _magnitude(stored: Array) -> Array:
    return np.abs(stored) if stored.dtype.kind == "c" else stored
