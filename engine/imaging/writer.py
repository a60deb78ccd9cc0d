"""Volumes as files that Isocenter and other programs read back, written in one step or not at all."""

import gzip
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np

from engine.errors import StorageError
from engine.files import write_atomically
from engine.imaging.sidecar import write_sidecar
from engine.imaging.volume import Array, Volume

_STORABLE = ("u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8")
_NIFTI1_LONGEST = 32767
_ALIGNED = 2
_COMPRESSION = 4


def write_nifti(volume: Volume, path: Path) -> None:
    """Write `.nii` or `.nii.gz`: voxels exact, the affine as NIfTI-1 holds it (float32), frame values beside.

    The same volume gives the same bytes. Where an axis is too long for NIfTI-1, the file is NIfTI-2.
    """
    array = _storable(volume.array)
    head = _header(volume, array)

    def fill(stream: BinaryIO) -> None:
        if not path.name.lower().endswith(".gz"):
            return _pour(stream, head, array)
        with gzip.GzipFile("", "wb", _COMPRESSION, stream, mtime=0) as squeezed:
            return _pour(cast(BinaryIO, squeezed), head, array)

    write_atomically(path, fill)
    write_sidecar(path, volume)


def write_npy(volume: Volume, path: Path) -> None:
    """Write (slices, rows, columns), frames as a last axis; the affine and frame values go beside it."""
    array = _storable(volume.array)
    stored = array[0] if volume.frames == 1 else np.moveaxis(array, 0, -1)
    write_atomically(path, lambda stream: np.save(stream, np.ascontiguousarray(stored), allow_pickle=False))
    write_sidecar(path, volume, geometry=True)


def _storable(array: Array) -> Array:
    """The array in a type that both formats hold, little-endian; yes/no becomes 1/0."""
    if array.dtype == bool:
        return array.view(np.uint8)
    if array.dtype == np.float16:
        return array.astype("<f4")
    if array.dtype.newbyteorder("=") not in [np.dtype(name) for name in _STORABLE]:
        hint = "Convert them to real numbers first."
        raise StorageError(f"voxels of type {array.dtype} cannot be written", hint=hint)
    return array.astype(array.dtype.newbyteorder("<"), copy=False)


def _header(volume: Volume, array: Array) -> bytes:
    from nibabel.nifti1 import Nifti1Header
    from nibabel.nifti2 import Nifti2Header

    kind: Any = Nifti1Header if max(array.shape) <= _NIFTI1_LONGEST else Nifti2Header
    header = kind(endianness="<")
    header.set_data_dtype(array.dtype)
    header.set_data_shape(volume.shape_xyz if volume.frames == 1 else (*volume.shape_xyz, volume.frames))
    header.set_qform(volume.affine, _ALIGNED, strip_shears=True)
    header.set_sform(volume.affine, _ALIGNED)
    header.set_xyzt_units("mm", "msec")
    header["pixdim"][4] = _time_step(volume) if volume.frames > 1 else 0
    header["magic"] = b"n+1" if kind is Nifti1Header else b"n+2\0\r\n\x1a\n"
    header["vox_offset"] = header.sizeof_hdr + 4
    return bytes(header.binaryblock) + bytes(4)


def _time_step(volume: Volume) -> float:
    """The interval between frames in ms, 0 where they are not taken in even steps from 0."""
    times = volume.frame_axis.values
    if volume.frame_axis.kind != "time" or len(times) < 2 or times[0] != 0:
        return 0.0
    steps = np.diff(times)
    return float(steps[0]) if np.allclose(steps, steps[0], rtol=1e-6) else 0.0


def _pour(stream: BinaryIO, head: bytes, array: Array) -> None:
    stream.write(head)
    for frame in array:
        stream.write(np.ascontiguousarray(frame).data)
