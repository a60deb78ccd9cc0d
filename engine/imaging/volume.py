"""A scan in memory: array, affine, frame axis and facts."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

FrameKind = Literal["none", "echo time", "repetition time", "time", "unknown"]
Array = NDArray[Any]
Affine = NDArray[np.float64]

_POSITIVE, _NEGATIVE = "RAS", "LPI"


@dataclass(frozen=True)
class FrameAxis:
    """What changes from frame to frame; `values` in milliseconds, empty where the file does not say."""

    kind: FrameKind = "none"
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What a file says of itself besides the picture."""

    format: str = ""
    modality: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Volume:
    """`array` is (frames, z, y, x); `affine` takes voxel (x, y, z) to RAS+ millimetres."""

    array: Array
    affine: Affine
    frame_axis: FrameAxis = field(default_factory=FrameAxis)
    facts: Facts = field(default_factory=Facts)

    def __post_init__(self) -> None:
        if self.array.ndim != 4:
            raise ValueError(f"a volume has 4 axes (frames, z, y, x), not {self.array.ndim}")
        if self.affine.shape != (4, 4):
            raise ValueError("an affine is a 4x4 matrix")
        if self.frame_axis.values and len(self.frame_axis.values) != self.array.shape[0]:
            raise ValueError("a frame axis has one value per frame")

    @property
    def frames(self) -> int:
        """The number of frames (echoes, repetition times, time points); 1 for a single picture."""
        return int(self.array.shape[0])

    @property
    def shape_xyz(self) -> tuple[int, int, int]:
        """The grid in the order of the affine."""
        _, z, y, x = self.array.shape
        return (x, y, z)

    @property
    def spacing(self) -> tuple[float, float, float]:
        """Voxel size along x, y, z in millimetres."""
        return spacing_of(self.affine)

    @property
    def orientation(self) -> str:
        """Where x, y and z lead, as the nearest anatomical letters (for instance `RAS`)."""
        return orientation_letters(self.affine)

    def with_array(self, array: Array, affine: Affine | None = None, axis: FrameAxis | None = None) -> "Volume":
        """The same scan with other voxels and, where they moved, another affine or frame axis."""
        return replace(
            self,
            array=array,
            affine=self.affine if affine is None else affine,
            frame_axis=self.frame_axis if axis is None else axis,
        )

    def to_world(self, voxel: tuple[float, float, float]) -> tuple[float, float, float]:
        """The RAS+ position in millimetres of a voxel (x, y, z)."""
        x, y, z, _ = self.affine @ np.array([*voxel, 1.0])
        return (float(x), float(y), float(z))


def spacing_of(affine: Affine) -> tuple[float, float, float]:
    """Voxel size along x, y, z in millimetres."""
    x, y, z = np.linalg.norm(affine[:3, :3], axis=0)
    return (float(x), float(y), float(z))


def orientation_letters(affine: Affine) -> str:
    """The nearest anatomical letter of each voxel axis, each used once; `?` where a column is zero."""
    columns = affine[:3, :3]
    letters = ["?", "?", "?"]
    strength = np.abs(columns) / np.maximum(np.linalg.norm(columns, axis=0), 1e-12)
    for _ in range(3):
        world, axis = np.unravel_index(int(np.argmax(strength)), strength.shape)
        if strength[world, axis] <= 0:
            break
        letters[axis] = (_POSITIVE if columns[world, axis] > 0 else _NEGATIVE)[world]
        strength[world, :] = -1
        strength[:, axis] = -1
    return "".join(letters)
