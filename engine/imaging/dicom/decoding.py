"""Pixels that a decoder has to make, asked of a guarded process: its crash or hang is an error of one file."""

from collections.abc import Sequence
from dataclasses import asdict

from engine.errors import ReadError
from engine.imaging.dicom.colour import is_coloured
from engine.imaging.dicom.decoders import decode
from engine.imaging.dicom.records import DicomFile
from engine.imaging.guard import guarded
from engine.imaging.volume import Array

_MOST_VOXELS = 1 << 31
_ROOM = 1 << 28
_SECONDS, _SPEED = 20, 1 << 20


def decoded(file: DicomFile, indices: Sequence[int]) -> list[Array]:
    """Frames of a file: grey as (rows, columns), coloured or with a palette as (rows, columns, RGB).

    ReadError where no decoder is here, or where it fails, crashes, hangs or asks for too much.
    """
    encoding = file.encoding
    depth = 3 if is_coloured(encoding) else 1
    voxels = len(indices) * file.rows * file.columns * depth
    if voxels > _MOST_VOXELS:
        raise ReadError("the file claims to be larger than any scan", path=file.path, hint="Its header is damaged.")
    most = voxels * max(encoding.bits_allocated, 16) // 8
    asked = {
        "encoding": asdict(encoding),
        "grid": (file.rows, file.columns, file.frames),
        "indices": list(indices),
    }
    limits = {"most": most, "memory": _ROOM + 8 * most + file.path.stat().st_size, "seconds": _SECONDS + most // _SPEED}
    _, frames = guarded(decode, file.path, asked, **limits)
    if any(frame.shape[:2] != (file.rows, file.columns) for frame in frames) or len(frames) != len(indices):
        raise ReadError("the picture is not of the size that its header says", path=file.path, hint="It is damaged.")
    return frames
