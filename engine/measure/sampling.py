"""Which voxels of a volume an area holds."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.imaging.geometry import usable
from engine.imaging.volume import Affine, Array, Volume
from engine.measure.areas import Area
from engine.measure.lattice import Lattice
from engine.measure.slice_plane import PARALLEL, SlicePlane

Way = Literal["none", "voxels", "nearest"]

_NO_AREA = 1e-6
_MOST = 4096
_OUTSIDE = "it lies outside of the scan"


@dataclass(frozen=True, eq=False)
class Sampled:
    """Where the values inside an area are: `index` takes them out of a (z, y, x) grid.

    `way` says whether these are the `voxels` whose centres lie inside, or, in a plane that is no slice of the
    scan, the `nearest` voxels of points a voxel apart. `note` says what a reader has to know of it.
    """

    way: Way
    index: tuple[Array, Array, Array]
    note: str = ""

    @property
    def count(self) -> int:
        return int(self.index[0].size)


def sampled(area: Area, volume: Volume) -> Sampled:
    """What of the volume lies inside."""
    if not usable(volume.affine):
        return _nothing("the scan has no geometry to measure by")
    if area.area_mm2 < _NO_AREA * min(volume.spacing) ** 2:
        return _nothing("it has no area")
    axis = sliced_axis(volume, area.plane)
    return _of_points(area, volume) if axis is None else _of_slice(area, volume, axis)


def sliced_axis(volume: Volume, plane: SlicePlane) -> int | None:
    """The voxel axis (0, 1, 2 for x, y, z) whose slices are parallel to the plane; None where it is oblique."""
    return next((axis for axis in (2, 1, 0) if _along(axis, plane, volume.affine)), None)


def in_slice(plane: SlicePlane, affine: Affine) -> bool:
    """Whether the plane is parallel to the slices that are stacked along z, as they were acquired."""
    return _along(2, plane, affine)


def _along(axis: int, plane: SlicePlane, affine: Affine) -> bool:
    one, other = _others(axis)
    normal = np.cross(affine[:3, one], affine[:3, other])
    return bool(np.linalg.norm(np.cross(normal, plane.normal)) <= PARALLEL * np.linalg.norm(normal))


def _of_slice(area: Area, volume: Volume, axis: int) -> Sampled:
    number = _slice_number(area, volume, axis)
    if not 0 <= number < volume.shape_xyz[axis]:
        return _nothing(_OUTSIDE)
    one, other = _others(axis)
    corner = np.zeros(3)
    corner[axis] = number
    origin = volume.affine[:3, :3] @ corner + volume.affine[:3, 3]
    steps = area.plane.flat_steps(volume.affine[:3, (one, other)].T)
    shape = volume.shape_xyz
    lattice = Lattice(area.plane.flat(origin)[0], steps, shape[one], shape[other]).around(area.corners)
    rows, columns = np.nonzero(area.inside(lattice))
    found = {axis: np.full(rows.size, number), one: columns + lattice.first[0], other: rows + lattice.first[1]}
    return _told(Sampled("voxels", (found[2], found[1], found[0])))


def _of_points(area: Area, volume: Volume) -> Sampled:
    """At points as far apart as the closest voxels are, farther where there would be too many."""
    reach = _reach(area, volume)
    if reach is None:
        return _nothing(_OUTSIDE)
    low, size = reach
    pitch = max(*(size / _MOST), min(volume.spacing))
    columns, rows = np.ceil(size / pitch).astype(int).tolist()
    lattice = Lattice(low + pitch / 2, np.eye(2) * pitch, columns, rows)
    places = np.argwhere(area.inside(lattice))[:, ::-1] * pitch + lattice.origin
    x, y, z = _voxels(area.plane.solid(places), volume)
    there = _there((x, y, z), volume)
    found = Sampled("nearest", (z[there], y[there], x[there]))
    return _told(found, f"its plane is no slice of the scan: nearest voxels, each {pitch:.3g} mm")


def _reach(area: Area, volume: Volume) -> tuple[Array, Array] | None:
    """The lower corner and the size, in the plane, of what area and volume share at most."""
    ends = np.array(np.meshgrid(*((-0.5, size - 0.5) for size in volume.shape_xyz))).reshape(3, -1)
    solid = (volume.affine[:3, :3] @ ends).T + volume.affine[:3, 3]
    borders = [area.corners, area.plane.flat(solid)]
    low = np.max([places.min(axis=0) for places in borders], axis=0)
    high = np.min([places.max(axis=0) for places in borders], axis=0)
    return (low, high - low) if (high > low).all() else None


def _slice_number(area: Area, volume: Volume, axis: int) -> int:
    """The slice in which the middle of the area lies."""
    middle = area.plane.solid(area.corners.mean(axis=0))
    return int(_voxels(middle, volume)[axis][0])


def _voxels(points: Array, volume: Volume) -> tuple[Array, Array, Array]:
    """The numbers along x, y and z of the voxels (there or not) that hold these positions."""
    voxels = np.linalg.solve(volume.affine[:3, :3], (points - volume.affine[:3, 3]).T)
    x, y, z = np.floor(voxels.clip(-1e9, 1e9) + 0.5).astype(np.intp)
    return (x, y, z)


def _there(voxels: tuple[Array, Array, Array], volume: Volume) -> Array:
    found = [(place >= 0) & (place < size) for place, size in zip(voxels, volume.shape_xyz, strict=True)]
    return np.asarray(np.all(found, axis=0))


def _others(axis: int) -> tuple[int, int]:
    one, other = (number for number in range(3) if number != axis)
    return (one, other)


def _nothing(note: str) -> Sampled:
    none = np.zeros(0, np.intp)
    return Sampled("none", (none, none, none), note)


def _told(found: Sampled, note: str = "") -> Sampled:
    if found.count:
        return Sampled(found.way, found.index, note)
    return _nothing("no voxel's centre lies inside")
