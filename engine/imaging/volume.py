"""A scan in memory: array, affine, frame axis and facts."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.imaging.doubt import Doubt

if TYPE_CHECKING:
    from engine.imaging.resampling import Order

FrameKind = Literal["none", "echo time", "repetition time", "inversion time", "time", "b-value", "unknown"]
Array = NDArray[Any]
Affine = NDArray[np.float64]

_POSITIVE, _NEGATIVE = "RAS", "LPI"


@dataclass(frozen=True)
class FrameAxis:
    """What changes from frame to frame; `values` in ms (of b-values, s/mm²), empty where the file does not say."""

    kind: FrameKind = "none"
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What a file says of itself besides the picture.

    `frame_of_reference` is a token of the space that its positions are in, `unit` what its values are; empty where
    the file does not say.
    """

    format: str = ""
    modality: str = ""
    doubts: tuple[Doubt, ...] = ()
    frame_of_reference: str = ""
    unit: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Its doubts in words."""
        return tuple(doubt.text for doubt in self.doubts)

    def elsewhere(self, other: "Facts") -> bool:
        """Whether both files say where they are, and that it is not the same space."""
        ours, theirs = self.frame_of_reference, other.frame_of_reference
        return bool(ours and theirs) and ours != theirs


@dataclass(frozen=True, eq=False)
class Volume:
    """`array` is (frames, z, y, x); `affine` takes voxel (x, y, z) to RAS+ millimetres.

    Of a coloured picture `array` is its brightness, and `colour` (frames, z, y, x, RGB), uint8, what to show.
    """

    array: Array
    affine: Affine
    frame_axis: FrameAxis = field(default_factory=FrameAxis)
    facts: Facts = field(default_factory=Facts)
    colour: Array | None = None

    def __post_init__(self) -> None:
        if self.array.ndim != 4:
            raise ValueError(f"a volume has 4 axes (frames, z, y, x), not {self.array.ndim}")
        if self.affine.shape != (4, 4):
            raise ValueError("an affine is a 4x4 matrix")
        if self.frame_axis.values and len(self.frame_axis.values) != self.array.shape[0]:
            raise ValueError("a frame axis has one value per frame")
        if self.colour is not None and self.colour.shape != (*self.array.shape, 3):
            raise ValueError("colour has three values for each voxel of the array")

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
        """The same scan with other voxels and, where they moved, another affine or frame axis; no colour."""
        return replace(
            self,
            array=array,
            colour=None,
            affine=self.affine if affine is None else affine,
            frame_axis=self.frame_axis if axis is None else axis,
        )

    def to_world(self, voxel: tuple[float, float, float]) -> tuple[float, float, float]:
        """The RAS+ position in millimetres of a voxel (x, y, z)."""
        x, y, z, _ = self.affine @ np.array([*voxel, 1.0])
        return (float(x), float(y), float(z))

    def to_voxel(self, world: tuple[float, float, float]) -> tuple[float, float, float]:
        """The voxel (x, y, z), between centres and beyond the grid too, at a RAS+ position in millimetres."""
        x, y, z = np.linalg.solve(self.affine[:3, :3], np.array(world) - self.affine[:3, 3])
        return (float(x), float(y), float(z))

    def slab(self, z: slice, frames: slice = slice(None)) -> "Volume":
        """A view of some slices and frames, each voxel where it was; ValueError where nothing is left."""
        from engine.imaging.orienting import slab

        return slab(self, z, frames)

    def at_frame(self, index: int) -> "Volume":
        """A view of one frame, which keeps its value; IndexError where there is none."""
        number = range(self.frames)[index]
        return self.slab(slice(None), slice(number, number + 1))

    def reoriented(self, letters: str = "RAS") -> "Volume":
        """A view whose axes lead nearest to `letters`, each voxel where it was; ValueError for nonsense."""
        from engine.imaging.orienting import reoriented

        return reoriented(self, letters)

    def resampled(
        self, affine: Affine, shape_xyz: tuple[int, int, int], order: "Order" = 1, fill: float = 0.0
    ) -> "Volume":
        """On another grid, by one interpolation (order 0 nearest, 1 linear, 3 cubic); see `resampling`."""
        from engine.imaging.resampling import resampled

        return resampled(self, affine, shape_xyz, order, fill)

    def resampled_like(self, other: "Volume", order: "Order" = 1, fill: float = 0.0) -> "Volume":
        """On the grid of another volume."""
        return self.resampled(other.affine, other.shape_xyz, order, fill)

    def resampled_to(self, spacing: tuple[float, float, float], order: "Order" = 1) -> "Volume":
        """The same field of view in voxels of another size (x, y, z) in millimetres."""
        from engine.imaging.resampling import resampled_to

        return resampled_to(self, spacing, order)

    def straightened(self, order: "Order" = 1, fill: float | None = None) -> "Volume":
        """On a grid with right angles, as for a tilted gantry; itself where it stands straight."""
        from engine.imaging.resampling import straightened

        return straightened(self, order, fill)


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
