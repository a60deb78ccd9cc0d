"""The voxels of a NIfTI file as (frames, z, y, x): mapped where they can be used as they lie."""

from pathlib import Path

import numpy as np

from engine.imaging.nifti.header import NiftiHeader
from engine.imaging.nifti.stream import compressed, fill
from engine.imaging.volume import Array


def read_voxels(path: Path, header: NiftiHeader) -> Array:
    """Native byte order, scaled. NIfTI stores x fastest, so its bytes already are (frames, z, y, x)."""
    stored = _decompressed(path, header) if compressed(path) else _mapped(path, header)
    if header.scaling is None:
        return stored.astype(header.stored.newbyteorder("="), copy=False)
    slope, intercept = header.scaling
    scaled = stored.astype(np.result_type(header.stored, np.float32))
    with np.errstate(all="ignore"):
        scaled *= scaled.dtype.type(slope)
        scaled += scaled.dtype.type(intercept)
    return scaled


def _mapped(path: Path, header: NiftiHeader) -> Array:
    return np.asarray(np.memmap(path, header.stored, "r", header.offset, header.shape))


def _decompressed(path: Path, header: NiftiHeader) -> Array:
    array = np.empty(header.shape, header.stored)
    fill(path, header.offset, array.reshape(-1).view(np.uint8).data)
    return array
