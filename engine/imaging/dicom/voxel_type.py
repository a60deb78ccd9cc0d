"""The type of a scan's voxels as read, and its scaling, known from the headers."""

from collections.abc import Sequence

import numpy as np

from engine.imaging.dicom.picture_doubts import coloured
from engine.imaging.dicom.records import DicomFile, Encoding, Slice

_SIGNED = ("int16", "int32")
_FLOATS = {"FloatPixelData": "float32", "DoubleFloatPixelData": "float64"}


def scaling_of(slices: Sequence[Slice]) -> tuple[float, float] | None:
    """(slope, intercept) where the files ask for one pair; of reversed values it is applied after that."""
    pairs = {(picture.slope, picture.intercept) for picture in slices}
    if len(pairs) != 1:
        return None
    slope, intercept = pairs.pop()
    if slope is None and intercept is None:
        return None
    return (1.0 if slope is None else slope, 0.0 if intercept is None else intercept)


def stored_of(files: Sequence[DicomFile]) -> str:
    """NumPy's name of the type in the files, where all have one."""
    kinds = {_FLOATS.get(file.encoding.element) or _stored(file.encoding) for file in files}
    return kinds.pop() if len(kinds) == 1 else ""


def dtype_of(slices: Sequence[Slice], files: Sequence[DicomFile]) -> str:
    """NumPy's name of the type that holds all values with scaling applied."""
    encodings = [file.encoding for file in files]
    if coloured(files[0]):
        return "uint8" if max(encoding.bits_allocated for encoding in encodings) <= 8 else "uint16"
    if any(encoding.element != "PixelData" for encoding in encodings):
        return "float32"
    intercepts = {0.0 if picture.intercept is None else picture.intercept for picture in slices}
    if any(picture.slope not in (None, 1.0) for picture in slices) or not all(map(_whole, intercepts)):
        return "float32"
    if any(file.lookup for file in files) and any(picture.slope is None for picture in slices):
        return "int32"  # what a table makes of stored values goes up to 65535
    stored = {_stored(encoding) for encoding in encodings}
    if intercepts == {0.0} and len(stored) == 1:
        return stored.pop()
    lows, highs = zip(*map(_range, encodings), strict=True)
    low, high = min(lows) + int(min(intercepts)), max(highs) + int(max(intercepts))
    return next((name for name in _SIGNED if np.iinfo(name).min <= low and high <= np.iinfo(name).max), "float32")


def _whole(number: float) -> bool:
    return abs(number) < 2**31 and float(number).is_integer()


def _stored(encoding: Encoding) -> str:
    bits = next((bits for bits in (8, 16, 32) if encoding.bits_allocated <= bits), 64)
    return f"{'' if encoding.signed else 'u'}int{bits}"


def _range(encoding: Encoding) -> tuple[int, int]:
    bits = min(max(1, encoding.bits_stored), encoding.bits_allocated)
    return (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if encoding.signed else (0, (1 << bits) - 1)
