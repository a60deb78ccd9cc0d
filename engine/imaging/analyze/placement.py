"""Where the grid of an Analyze image lies: SPM's `.mat` beside it knows; else only sizes, and perhaps an origin."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import ReadError
from engine.imaging.analyze.header import AnalyzeHeader
from engine.imaging.doubt import Doubt
from engine.imaging.geometry import skewed, usable
from engine.imaging.read_errors import read_errors
from engine.imaging.volume import Affine

_AMBIGUOUS = "the format does not say how it lies in the body: left and right are not certain (x is taken to the left)"
_LARGEST = 64 << 10


def placement(header: AnalyzeHeader, path: Path) -> tuple[Affine, tuple[Doubt, ...], tuple[Path, ...]]:
    """The affine to RAS+ mm, what is doubtful about it, and the file beside that was used for it."""
    matrix_file = path.with_name(path.name.removesuffix(".gz")).with_suffix(".mat")
    doubts: list[Doubt] = []
    if matrix_file.is_file():
        affine = _matrix(matrix_file, doubts)
        if affine is not None:
            return affine, tuple(doubts), (matrix_file,)
    doubts.append(Doubt("orientation", _AMBIGUOUS))
    return _from_sizes(header, doubts), tuple(doubts), (matrix_file,) if matrix_file.is_file() else ()


def _from_sizes(header: AnalyzeHeader, doubts: list[Doubt]) -> Affine:
    """x to the left; about SPM's origin (counted from 1) where it lies near the grid, else about the centre."""
    sizes = np.array([abs(float(value)) for value in header.fields["pixdim"][1:4]])
    _, z, y, x = header.block.shape
    shape = np.array((x, y, z))
    if not usable(np.diag([*sizes, 1.0])):
        doubts.append(Doubt("size", "its voxel sizes cannot be used; 1 mm is taken"))
        sizes = np.ones(3)
    origin = _origin(header.fields, shape)
    affine = np.diag([-sizes[0], sizes[1], sizes[2], 1.0])
    affine[:3, 3] = -affine[:3, :3] @ origin
    return affine


def _origin(fields: NDArray[np.void], shape: NDArray[np.int_]) -> NDArray[np.float64]:
    origin = fields["origin"][:3].astype(np.float64)
    if origin.any() and (origin > -shape).all() and (origin < 2 * shape).all():
        return np.asarray(origin - 1)
    return np.asarray((shape - 1) / 2)


def _matrix(path: Path, doubts: list[Doubt]) -> Affine | None:
    """`mat` has the flip of x in it, `M` has not; both count voxels from 1."""
    try:
        with read_errors(path):
            affine = _loaded(path)
            if usable(affine):
                if skewed(affine):
                    doubts.append(Doubt("sheared", "the axes of its grid are not at right angles"))
                return affine
            reason = "it places voxels nowhere"
    except ReadError as failure:
        reason = failure.what
    doubts.append(Doubt("disagrees", f"{path.name} beside it cannot be used: {reason}"))
    return None


def _loaded(path: Path) -> Affine:
    from scipy.io import loadmat

    if path.stat().st_size > _LARGEST:
        raise ReadError("it is too large for a matrix", path=path)
    matrices = loadmat(str(path), appendmat=False, variable_names=("mat", "M"))
    if "mat" in matrices:
        matrix = np.asarray(matrices["mat"], np.float64)
        matrix = matrix[:, :, 0] if matrix.ndim > 2 else matrix
    elif "M" in matrices:
        matrix = np.diag([-1.0, 1, 1, 1]) @ np.asarray(matrices["M"], np.float64)
    else:
        raise ReadError("there is no matrix in it", path=path)
    if matrix.shape != (4, 4):
        raise ReadError("its matrix is not 4x4", path=path)
    from_one = np.eye(4)
    from_one[:3, 3] = 1
    return matrix @ from_one
