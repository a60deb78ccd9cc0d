"""Volumes as files that Isocenter and other programs read back, written in one step or not at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np

from engine.errors import StorageError
from engine.files import write_atomically, write_text
from engine.imaging.doubt import Kind
from engine.imaging.geometry import farthest
from engine.imaging.sidecar import sidecar_path, write_sidecar
from engine.imaging.volume import Array, Volume

_STORABLE = ("u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8")
_RGB24 = np.dtype([("R", "u1"), ("G", "u1"), ("B", "u1")])
_NIFTI1_LONGEST = 32767
_ALIGNED = 2
_COMPRESSION = 2
_NEAR_MM = 1e-3


def write_nifti(volume: Volume, path: Path) -> None:
    """Write `.nii` or `.nii.gz`: voxels and places exact, colour as RGB24, frame values beside.

    It is NIfTI-1 where its float32 fields put every voxel within a micrometre of its place and no axis is too long
    for it, else NIfTI-2 (float64). The orientation is given as sform, and as qform too where that can say the same;
    where it is doubted, as neither, and the affine goes beside. So do all doubts. The same volume gives the same
    bytes, on one kind of processor.
    """
    dtype = _RGB24 if volume.colour is not None else _storable(volume.array.dtype)
    head = _header(volume, dtype)
    voxels = volume.array if volume.colour is None else volume.colour

    def fill(stream: BinaryIO) -> None:
        if not path.name.lower().endswith(".gz"):
            return _pour(stream, head, _planes(voxels, dtype))
        from isal import igzip

        gzip_file: Any = igzip.IGzipFile
        with gzip_file("", "wb", _COMPRESSION, stream, mtime=0) as squeezed:
            return _pour(cast(BinaryIO, squeezed), head, _planes(voxels, dtype))

    write_atomically(path, fill)
    write_sidecar(path, volume, geometry=_doubted(volume, "orientation"))
    _write_b_values(volume, path)


def write_npy(volume: Volume, path: Path) -> None:
    """Write (slices, rows, columns), frames as a last axis; the affine and frame values go beside it."""
    dtype = _storable(volume.array.dtype)
    stored = volume.array[0] if volume.frames == 1 else np.moveaxis(volume.array, 0, -1)
    layout = {"descr": dtype.str, "fortran_order": False, "shape": stored.shape}

    def fill(stream: BinaryIO) -> None:
        np.lib.format.write_array_header_1_0(stream, layout)
        _pour(stream, b"", (np.ascontiguousarray(plane, dtype) for plane in stored))

    write_atomically(path, fill)
    write_sidecar(path, volume, geometry=True)
    _write_b_values(volume, path)


def _storable(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The nearest type that both formats hold, little-endian; yes/no becomes 1/0."""
    if dtype.kind == "b":
        return np.dtype("u1")
    if dtype == np.float16:
        return np.dtype("<f4")
    if dtype.newbyteorder("=") not in [np.dtype(name) for name in _STORABLE]:
        hint = "Convert them to real numbers first."
        raise StorageError(f"voxels of type {dtype} cannot be written", hint=hint)
    return dtype.newbyteorder("<")


def _header(volume: Volume, dtype: np.dtype[Any]) -> bytes:
    from nibabel.nifti1 import Nifti1Header
    from nibabel.nifti2 import Nifti2Header

    short: Any = Nifti1Header
    long: Any = Nifti2Header
    if max(volume.array.shape) > _NIFTI1_LONGEST:
        return _filled(long(endianness="<"), volume, dtype)
    header = short(endianness="<")
    header.set_sform(volume.affine, _ALIGNED)
    exact = farthest(header.get_sform(), volume.affine, volume.shape_xyz) <= _NEAR_MM
    return _filled(header if exact else long(endianness="<"), volume, dtype)


def _filled(header: Any, volume: Volume, dtype: np.dtype[Any]) -> bytes:
    header.set_data_dtype(dtype)
    header.set_data_shape(volume.shape_xyz if volume.frames == 1 else (*volume.shape_xyz, volume.frames))
    header.set_sform(volume.affine, _ALIGNED)
    header.set_qform(volume.affine, _ALIGNED, strip_shears=True)
    if farthest(header.get_qform(), volume.affine, volume.shape_xyz) > _NEAR_MM:
        header["qform_code"] = 0
    if _doubted(volume, "orientation"):
        _unplace(header)
    header.set_xyzt_units("unknown" if _doubted(volume, "size") or _doubted(volume, "thickness") else "mm", "msec")
    header["pixdim"][4] = _time_step(volume) if volume.frames > 1 else 0
    header["magic"] = b"n+1" if header.sizeof_hdr == 348 else b"n+2\0\r\n\x1a\n"  # one file, not a pair
    header["vox_offset"] = header.sizeof_hdr + 4
    return bytes(header.binaryblock) + bytes(4)


def _doubted(volume: Volume, kind: Kind) -> bool:
    return any(doubt.kind == kind and doubt.severity != "note" for doubt in volume.facts.doubts)


def _unplace(header: Any) -> None:
    """Leave nothing but the voxel sizes: whoever reads it must say that sides are not known."""
    header["pixdim"][0] = 1
    names = ("srow_x", "srow_y", "srow_z", "sform_code", "qform_code", *(f"quatern_{letter}" for letter in "bcd"))
    for name in (*names, *(f"qoffset_{letter}" for letter in "xyz")):
        header[name] = 0


def _time_step(volume: Volume) -> float:
    """The interval between frames in ms, 0 where they are not taken in even steps from 0."""
    times = volume.frame_axis.values
    if volume.frame_axis.kind != "time" or len(times) < 2 or times[0] != 0:
        return 0.0
    steps = np.diff(times)
    return float(steps[0]) if np.allclose(steps, steps[0], rtol=1e-6) else 0.0


def _planes(voxels: Array, dtype: np.dtype[Any]) -> Iterator[Array]:
    """The slices one after the other, so that a view, or another type, never takes the memory of a whole scan."""
    plain = np.dtype("u1") if dtype == _RGB24 else dtype
    return (np.ascontiguousarray(plane, plain) for frame in voxels for plane in frame)


def _pour(stream: BinaryIO, head: bytes, planes: Iterator[Array]) -> None:
    stream.write(head)
    for plane in planes:
        stream.write(plane.data)


def _write_b_values(volume: Volume, path: Path) -> None:
    """`T2.bval` beside `T2.nii.gz`, as other programs look for it; that and the directions of an older scan go."""
    beside = sidecar_path(path).with_suffix(".bval")
    beside.with_suffix(".bvec").unlink(missing_ok=True)
    if volume.frame_axis.kind == "b-value" and volume.frame_axis.values:
        write_text(beside, " ".join(f"{value:.10g}" for value in volume.frame_axis.values) + "\n")
    else:
        beside.unlink(missing_ok=True)
