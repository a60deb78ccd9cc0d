"""Small scans on disk for the tests of the readers, written by other libraries than ours."""

import gzip
from pathlib import Path
from typing import Any, Literal

import nibabel
import numpy as np

from engine.imaging import Volume
from engine.imaging.volume import Array

AFFINE = np.array([[-2.0, 0, 0, 30], [0, 2.5, 0, -20], [0, 0, 3.0, 10], [0, 0, 0, 1]])
OBLIQUE = np.array([[1.6, -0.9, 0.3, 5], [1.2, 1.2, -0.4, 6], [0, 1.0, 2.8, 7], [0, 0, 0, 1]])


def voxels(*shape: int, dtype: str = "i2") -> np.ndarray:
    """Distinct values in nibabel's order (x, y, z, frames)."""
    return np.arange(np.prod(shape)).reshape(shape).astype(dtype)


def write(path: Path, array: np.ndarray, affine: np.ndarray | None = None, **fields: object) -> Path:
    """A NIfTI-1 file with these header fields set last, whether they make sense or not."""
    image = nibabel.Nifti1Image(array, AFFINE if affine is None else affine, dtype=array.dtype)
    image.header.set_xyzt_units("mm", "sec")
    plain = image.to_bytes()
    header = np.frombuffer(plain[:348], nibabel.nifti1.header_dtype).copy()
    for name, value in fields.items():
        header[name] = value
    content = header.tobytes() + plain[348:]
    path.write_bytes(gzip.compress(content, 1, mtime=0) if path.name.endswith(".gz") else content)
    return path


def write_analyze(path: Path, array: np.ndarray, order: Literal["<", ">"] = "<", **fields: object) -> Path:
    """An Analyze pair (`path` is its header) of 2 x 2.5 x 3 mm, with SPM2's header fields set last."""
    header = np.zeros((), nibabel.spm2analyze.header_dtype.newbyteorder(order))
    header["sizeof_hdr"], header["regular"], header["extents"] = 348, b"r", 16384
    header["dim"][0], header["dim"][1 : 1 + array.ndim] = array.ndim, array.shape
    header["pixdim"][1:4] = 2, 2.5, 3
    code = {"u1": 2, "i2": 4, "i4": 8, "f4": 16, "c8": 32, "f8": 64}[array.dtype.str[1:]]
    header["datatype"], header["bitpix"] = code, 8 * array.dtype.itemsize
    for name, value in fields.items():
        header[name] = value
    path.write_bytes(header.tobytes())
    path.with_suffix(".img").write_bytes(array.astype(array.dtype.newbyteorder(order)).tobytes("F"))
    return path


def by_nibabel(path: Path) -> Any:
    """What nibabel makes of the file."""
    return nibabel.load(path)


def colour_of(volume: Volume) -> Array:
    """The colours of a coloured volume."""
    assert volume.colour is not None
    return volume.colour
