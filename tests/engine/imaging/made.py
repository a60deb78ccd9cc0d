"""Small scans on disk for the tests of the readers, written by nibabel and NumPy."""

import gzip
from pathlib import Path

import nibabel
import numpy as np

AFFINE = np.array([[-2.0, 0, 0, 30], [0, 2.5, 0, -20], [0, 0, 3.0, 10], [0, 0, 0, 1]])


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
