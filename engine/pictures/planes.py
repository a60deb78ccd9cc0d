"""The planes a volume can be looked at in, turned as radiologists hang them."""

import numpy as np

from engine.imaging.volume import Affine, Volume, orientation_letters, spacing_of
from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.plane import OPPOSITE, WORLD_AXIS, Plane
from engine.pictures.resliced import Resliced, is_oblique, patient_grid

# Sliced along this world axis: the plane's name, and where right and down on the screen lead.
# The patient's right is at the left of axial and coronal pictures; sagittal ones face left.
HANGING = {2: ("axial", "L", "P"), 1: ("coronal", "L", "I"), 0: ("sagittal", "P", "I")}
NAMES = tuple(name for name, _, _ in HANGING.values())
STORED = ("yz", "xz", "xy")
STACKED = ("dicom",)
ENOUGH = 10
ALIKE = 1.05


def planes_of(volume: Volume, hanging: Hanging = AS_USUAL) -> tuple[Plane, ...]:
    """The plane it was acquired in, and every other that has enough voxels to show something.

    They stand in the order axial, coronal, sagittal; where the geometry is unknown, as stored.
    """
    acquired = acquired_axis(volume)
    axes = [axis for axis in range(3) if axis == acquired or _is_worth_it(volume, axis)]
    return _hung(volume, axes, hanging)


def linked_planes(volume: Volume, hanging: Hanging = AS_USUAL) -> tuple[Plane, ...]:
    """All planes that are more than a line of voxels; of a single picture its own one. Ordered as `planes_of`."""
    axes = [axis for axis in range(3) if all(size > 1 for i, size in enumerate(volume.shape_xyz) if i != axis)]
    return _hung(volume, axes or [acquired_axis(volume)], hanging)


def acquired_plane(volume: Volume, hanging: Hanging = AS_USUAL) -> Plane:
    """The plane in which the scanner took the pictures, or the nearest one of the patient."""
    return _hung(volume, [acquired_axis(volume)], hanging)[0]


def acquired_axis(volume: Volume) -> int:
    """The voxel axis that the scanner took its pictures along."""
    return slicing_axis(volume.shape_xyz, volume.affine, volume.facts.format)


def slicing_axis(shape: tuple[int, int, int], affine: Affine, form: str) -> int:
    """The axis z of a format that stacks pictures; else that of the coarsest spacing, of alike ones the shortest."""
    if form.lower() in STACKED:
        return 2
    sizes = np.array(shape)
    if (sizes == 1).any():
        return int(np.flatnonzero(sizes == 1)[-1])
    spacing = np.nan_to_num(np.array(spacing_of(affine)))
    coarse = spacing * ALIKE >= spacing.max()
    fewest = sizes[coarse].min()
    return int(np.flatnonzero(coarse & (sizes == fewest))[-1])


def plane_through(volume: Volume, axis: int, hanging: Hanging = AS_USUAL) -> Plane:
    """The plane that slices along a voxel axis."""
    letters = orientation_letters(volume.affine)
    if "?" in letters:
        across, down = (a for a in range(3) if a != axis)
        return Plane(STORED[axis], volume.shape_xyz, volume.affine, across, down, axis)
    name, right, bottom = _hanging(WORLD_AXIS[letters[axis]], hanging)
    across, down = (_axis_along(letters, letter) for letter in (right, bottom))
    flips = (letters[across] != right, letters[down] != bottom)
    return Plane(name, volume.shape_xyz, volume.affine, across, down, axis, *flips)


def resliced_through(volume: Volume, world_axis: int, hanging: Hanging) -> Resliced:
    """The plane of the patient that slices along R, A or S (0, 1, 2), whatever way the voxels lie."""
    name, right, bottom = _hanging(world_axis, hanging)
    across, down = WORLD_AXIS[right], WORLD_AXIS[bottom]
    shape, affine = patient_grid(volume, world_axis)
    flips = (right not in "RAS", bottom not in "RAS")
    return Resliced(name, shape, affine, across, down, world_axis, *flips, volume.shape_xyz, volume.affine)


def _hung(volume: Volume, axes: list[int], hanging: Hanging) -> tuple[Plane, ...]:
    if hanging.patient_axes and is_oblique(volume):
        worlds = [WORLD_AXIS[volume.orientation[axis]] for axis in axes]
        made: list[Plane] = [resliced_through(volume, world, hanging) for world in worlds]
    else:
        made = [plane_through(volume, axis, hanging) for axis in axes]
    return tuple(sorted(made, key=_place))


def _hanging(world_axis: int, hanging: Hanging) -> tuple[str, str, str]:
    name, right, bottom = HANGING[world_axis]
    turned = hanging.side == "neurological" and right == "L"
    return (name, OPPOSITE[right] if turned else right, bottom)


def _axis_along(letters: str, wanted: str) -> int:
    return next(i for i, letter in enumerate(letters) if WORLD_AXIS[letter] == WORLD_AXIS[wanted])


def _is_worth_it(volume: Volume, axis: int) -> bool:
    return all(size >= ENOUGH for i, size in enumerate(volume.shape_xyz) if i != axis)


def _place(plane: Plane) -> int:
    return NAMES.index(plane.name) if plane.name in NAMES else -plane.through
