"""The header of an MGH image, checked; always big-endian, with the voxels at a fixed place after it."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import ReadError
from engine.imaging.doubt import Doubt
from engine.imaging.geometry import skewed, usable
from engine.imaging.read_errors import DAMAGED
from engine.imaging.stored.block import Block
from engine.imaging.stored.gunzip import opened
from engine.imaging.stored.values import Values
from engine.imaging.volume import Affine

_LAYOUT = struct.Struct(">7ih15f")  # version, x, y, z, frames, type, degrees of freedom; RAS flag; geometry
_OFFSET = 284
_STORED = {0: "u1", 1: ">i4", 3: ">f4", 4: ">i2", 10: ">u2"}
_DEFAULT = np.array([[-1.0, 0, 0], [0, 0, -1.0], [0, 1.0, 0]])  # coronal slices: rows are the ways of x, y, z


@dataclass(frozen=True, eq=False)
class MghHeader:
    """Where the voxels are and where they lie."""

    block: Block
    affine: Affine
    doubts: tuple[Doubt, ...]


def looks_like_mgh(head: bytes) -> bool:
    """Whether these bytes begin an MGH header: version 1, sizes and a type that there are."""
    if len(head) < _OFFSET:
        return False
    version, *sizes, code, _, flag = _LAYOUT.unpack_from(head)[:8]
    return version == 1 and min(sizes) > 0 and code in range(11) and flag in (0, 1)


def read_header(path: Path) -> MghHeader:
    """The header of the file; ReadError where it is none, or claims more than there is."""
    with opened(path) as stream:
        head = stream.read(_OFFSET)
    if not looks_like_mgh(head):
        what = "the file is empty" if not head else "this is not an MGH image"
        raise ReadError(what, path=path, hint="Is it another format under this name, or cut short?")
    _, x, y, z, frames, code, _, flag, *geometry = _LAYOUT.unpack_from(head)
    if code not in _STORED:
        raise ReadError(f"it holds voxels of unknown type {code}", path=path, hint=DAMAGED)
    block = Block(path, _OFFSET, (frames, z, y, x), Values(np.dtype(_STORED[code])), tail=True).checked()
    affine, doubts = _placement((x, y, z), np.array(geometry if flag else [], np.float64))
    return MghHeader(block, affine, doubts)


def _placement(shape: tuple[int, int, int], geometry: NDArray[np.float64]) -> tuple[Affine, tuple[Doubt, ...]]:
    """The affine to RAS+ mm; FreeSurfer's default where the header gives none, or none that can be used."""
    if not geometry.size:
        told = Doubt("orientation", "it does not say how it lies in the body; FreeSurfer's default is taken")
        size = Doubt("size", "its voxel size is not given; 1 mm is taken")
        return _affine(shape, np.ones(3), _DEFAULT, np.zeros(3)), (told, size)
    with np.errstate(all="ignore"):
        affine = _affine(shape, geometry[:3], geometry[3:12].reshape(3, 3), geometry[12:])
    if not usable(affine):
        told = Doubt("orientation", "its orientation cannot be used; FreeSurfer's default is taken")
        size = Doubt("size", "its voxel size cannot be used; 1 mm is taken")
        return _affine(shape, np.ones(3), _DEFAULT, np.zeros(3)), (told, size)
    return affine, (Doubt("sheared", "the axes of its grid are not at right angles"),) if skewed(affine) else ()


def _affine(
    shape: tuple[int, int, int], sizes: NDArray[np.float64], axes: NDArray[np.float64], centre: NDArray[np.float64]
) -> Affine:
    affine = np.eye(4)
    affine[:3, :3] = axes.T * sizes
    affine[:3, 3] = centre - affine[:3, :3] @ np.array(shape) / 2
    return affine
