"""Where the grid of a NIfTI file lies in the body: sform before qform before voxel sizes alone."""

import numpy as np
from numpy.typing import NDArray

from engine.imaging.doubt import Doubt
from engine.imaging.geometry import farthest, skewed, usable
from engine.imaging.nifti.header import NiftiHeader
from engine.imaging.volume import Affine

_MILLIMETRES = {1: ("metres", 1000.0), 3: ("micrometres", 0.001)}
_SIZES_ONLY = "the file does not say how it lies in the body: left and right are not certain"
_UNITS_ONLY = "the file does not say in which unit its voxel sizes are; millimetres are taken"
_SPACE = 7
_AGREEMENT = 0.1  # of the smallest voxel edge
_HALF_TURN = 1e-7  # where float32 cannot tell the quaternion from half a turn, as in the reference code


def placement(header: NiftiHeader, beside: Affine | None = None) -> tuple[Affine, tuple[Doubt, ...]]:
    """The affine to RAS+ mm, and what is doubtful about it.

    `beside` is the affine of its side-car, which is as doubtful, and taken only where the file gives none.
    """
    fields, (_, z, y, x) = header.fields, header.shape
    doubts: list[Doubt] = []
    found = _stated(fields, doubts)
    if not found:
        doubts.append(Doubt("orientation", _SIZES_ONLY))
        if beside is not None:
            return beside, tuple(doubts)
        if int(fields["xyzt_units"]) & _SPACE == 0:
            doubts.append(Doubt("size", _UNITS_ONLY))
        found = [_from_sizes(fields, (x, y, z), doubts)]
    affine = found[0]
    if len(found) == 2:
        apart = farthest(affine, found[1], (x, y, z))
        if apart > _AGREEMENT * np.linalg.norm(affine[:3, :3], axis=0).min():
            told = f"its two orientations (sform, qform) lie {apart:.3g} mm apart; sform is used"
            doubts.append(Doubt("disagrees", told))
    if skewed(affine):
        doubts.append(Doubt("sheared", "the axes of its grid are not at right angles"))
    return _in_millimetres(affine, fields, doubts), tuple(doubts)


def _stated(fields: NDArray[np.void], doubts: list[Doubt]) -> list[Affine]:
    """The orientations that the file gives and that can be used, sform first."""
    found = []
    for name, code, matrix in (("sform", "sform_code", _sform), ("qform", "qform_code", _qform)):
        if int(fields[code]) <= 0:
            continue
        affine = matrix(fields)
        if affine is not None and usable(affine):
            found.append(affine)
        else:
            doubts.append(Doubt("disagrees", f"its {name} cannot be used: it places voxels nowhere"))
    return found


def _sform(fields: NDArray[np.void]) -> Affine:
    affine = np.eye(4)
    with np.errstate(invalid="ignore"):  # a signalling NaN in the header
        affine[:3] = [fields["srow_x"], fields["srow_y"], fields["srow_z"]]
    return affine


def _qform(fields: NDArray[np.void]) -> Affine | None:
    b, c, d = (float(fields[f"quatern_{letter}"]) for letter in "bcd")
    squares = b * b + c * c + d * d
    if not squares <= 1 + 1e-5:
        return None
    if 1 - squares < _HALF_TURN:
        b, c, d = (value / squares**0.5 for value in (b, c, d))
        squares = 1.0
    a = (1 - squares) ** 0.5
    rotation = np.array(
        [
            [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
            [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
            [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c],
        ]
    )
    sizes = np.abs(np.array([float(value) for value in fields["pixdim"][1:4]]))
    if float(fields["pixdim"][0]) < 0:
        sizes[2] = -sizes[2]
    affine = np.eye(4)
    affine[:3, :3] = rotation * sizes
    affine[:3, 3] = [float(fields[f"qoffset_{letter}"]) for letter in "xyz"]
    return affine


def _from_sizes(fields: NDArray[np.void], shape: tuple[int, int, int], doubts: list[Doubt]) -> Affine:
    """Centred, x to the left, as nibabel and SPM take such files."""
    sizes = np.array([abs(float(value)) for value in fields["pixdim"][1:4]])
    if not usable(np.diag([*sizes, 1.0])):
        doubts.append(Doubt("size", "its voxel sizes cannot be used; 1 mm is taken"))
        sizes = np.ones(3)
    sizes[0] = -sizes[0]
    affine = np.diag([*sizes, 1.0])
    affine[:3, 3] = -sizes * (np.array(shape) - 1) / 2
    return affine


def _in_millimetres(affine: Affine, fields: NDArray[np.void], doubts: list[Doubt]) -> Affine:
    unit = _MILLIMETRES.get(int(fields["xyzt_units"]) & _SPACE)
    if unit is None:
        return affine
    name, factor = unit
    scaled = affine.copy()
    scaled[:3] *= factor
    if not usable(scaled):
        told = f"its sizes are said to be in {name}, which is impossible; millimetres are taken"
        doubts.append(Doubt("size", told))
        return affine
    doubts.append(Doubt("format", f"its sizes are in {name}; they were converted to millimetres"))
    return scaled
