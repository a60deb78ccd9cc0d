"""NumPy arrays: (rows, columns), (slices, rows, columns) or (slices, rows, columns, frames).

Such a file says nothing of geometry. The side-car may give `affine`, or `spacing` [x, y, z] with x along the
columns. Without an affine the array is laid as an axial picture is shown: columns lead to the left of the
patient, rows to the back, slices to the head; and a warning says that this is not known.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from engine.errors import ReadError
from engine.imaging.header import ScanHeader
from engine.imaging.read_errors import DAMAGED, read_errors
from engine.imaging.reader import Reader, readers
from engine.imaging.sidecar import Sidecar, read_sidecar
from engine.imaging.volume import Affine, Array, Facts, FrameAxis, Volume
from engine.imaging.voxels import voxel_warnings
from engine.registry import Info

_NUMBERS = "buif"
_PICKLE = b"\x80"


@dataclass(frozen=True)
class _Layout:
    shape: tuple[int, ...]
    stored: np.dtype[Any]

    @property
    def frames(self) -> int:
        return self.shape[3] if len(self.shape) == 4 else 1

    @property
    def shape_xyz(self) -> tuple[int, int, int]:
        z, y, x = (1, *self.shape) if len(self.shape) == 2 else self.shape[:3]
        return (x, y, z)


def inspect(path: Path) -> ScanHeader:
    """What the array's header and the side-car say."""
    with read_errors(path):
        return _described(path, _layout(path))


def read(path: Path) -> Volume:
    """The whole scan, memory-mapped and read-only."""
    with read_errors(path):
        told = _described(path, _layout(path))
        array = _voxels(path)
        facts = Facts(told.format, told.modality, told.warnings + voxel_warnings(array))
        return Volume(array, told.affine, FrameAxis(told.frame_axis, told.frame_values), facts)


def _layout(path: Path) -> _Layout:
    with path.open("rb") as stream:
        shape, stored = _header(stream, path)
        begin = stream.tell()
    _refuse_other_than_numbers(stored, path)
    if len(shape) not in (2, 3, 4) or min(shape) < 1:
        hint = "Save (rows, columns), (slices, rows, columns) or (slices, rows, columns, frames)."
        raise ReadError(f"an array of shape {shape} is not an image", path=path, hint=hint)
    needed = begin + stored.itemsize * int(np.prod([int(n) for n in shape], dtype=object))
    if needed > (size := path.stat().st_size):
        raise ReadError(f"cut short: {size} of {needed} bytes", path=path, hint=DAMAGED)
    return _Layout(shape, stored)


def _header(stream: BinaryIO, path: Path) -> tuple[tuple[int, ...], np.dtype[Any]]:
    start = stream.read(len(np.lib.format.MAGIC_PREFIX))
    stream.seek(0)
    if start[:1] == _PICKLE:
        raise _pickled(path)
    if start != np.lib.format.MAGIC_PREFIX:
        what = "the file is empty" if not start else "this is not a NumPy array"
        raise ReadError(what, path=path, hint="Is it another format under this name?")
    version = np.lib.format.read_magic(stream)
    reader = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _, stored = reader(stream)
    return tuple(int(n) for n in shape), stored


def _refuse_other_than_numbers(stored: np.dtype[Any], path: Path) -> None:
    if stored.hasobject:
        raise _pickled(path)
    if stored.kind not in _NUMBERS or stored.itemsize > 8:
        hint = "Save it as one real number per voxel, for instance the magnitude."
        raise ReadError(f"it holds {stored}, which cannot be read", path=path, hint=hint)


def _pickled(path: Path) -> ReadError:
    hint = "Save the plain numbers again: np.save(path, np.asarray(data, dtype=float), allow_pickle=False)."
    return ReadError("it holds pickled Python objects, which could run code", path=path, hint=hint)


def _voxels(path: Path) -> Array:
    """(frames, z, y, x) as a view, in the native byte order."""
    stored = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    stacked = stored[np.newaxis] if stored.ndim == 2 else stored
    array = np.moveaxis(stacked, -1, 0) if stacked.ndim == 4 else stacked[np.newaxis]
    if array.dtype == bool:
        return array.view(np.uint8)
    wanted = np.dtype(np.float32) if array.dtype.itemsize == 2 and array.dtype.kind == "f" else array.dtype
    return array.astype(wanted.newbyteorder("="), copy=False)


def _described(path: Path, layout: _Layout) -> ScanHeader:
    sidecar = read_sidecar(path, layout.frames)
    affine, geometry = _placement(sidecar)
    axis, frames = _frame_axis(layout.frames, sidecar)
    warnings = geometry + sidecar.warnings + frames
    return ScanHeader(
        path,
        "npy",
        layout.shape_xyz,
        affine,
        layout.stored.newbyteorder("=").name,
        layout.frames,
        axis.kind,
        axis.values,
        sidecar.modality,
        certificate="warn" if warnings else "pass",
        warnings=warnings,
    )


def _placement(sidecar: Sidecar) -> tuple[Affine, tuple[str, ...]]:
    if sidecar.affine is not None:
        return sidecar.affine, ()
    x, y, z = sidecar.spacing or (1.0, 1.0, 1.0)
    what = "orientation is not given" if sidecar.spacing else "orientation and spacing are not given"
    return np.diag([-x, -y, z, 1.0]), (what,)


def _frame_axis(frames: int, sidecar: Sidecar) -> tuple[FrameAxis, tuple[str, ...]]:
    if sidecar.axis is not None:
        return sidecar.axis, ()
    if frames == 1:
        return FrameAxis(), ()
    return FrameAxis("unknown"), (f"the file does not say what its {frames} frames are",)


readers.register(
    Reader(
        Info("npy", "NumPy array", "Plain arrays (slices, rows, columns, frames), geometry in a JSON beside."),
        (".npy",),
        inspect,
        read,
    )
)
