"""From pictures in files to the voxels of a scan."""

from collections.abc import Sequence

import numpy as np

from engine.imaging.dicom.colour import brightness, is_coloured, shown, used_bits
from engine.imaging.dicom.decoding import decoded
from engine.imaging.dicom.modality_table import ModalityTable
from engine.imaging.dicom.polarity import is_turned
from engine.imaging.dicom.raw_pixels import RawFile, Truncated, is_raw, needed
from engine.imaging.dicom.records import Slice
from engine.imaging.read_errors import read_errors
from engine.imaging.volume import Array


def fill(
    pictures: Sequence[Slice],
    targets: Sequence[Array],
    colours: Sequence[Array] | None = None,
    table: ModalityTable | None = None,
) -> list[Truncated | None]:
    """Write pictures of one file to contiguous (rows, columns) arrays of the scan's type.

    Values are slope * stored + intercept, or what `table` makes of them. Where small values are meant to be bright
    (MONOCHROME1) the stored ones are reversed within their range first, so that larger is brighter everywhere, but
    those of CT and PET keep their sign, which has a physical meaning. Of coloured pictures the targets get the
    brightness, and `colours` (rows, columns, RGB) what to show. Pictures that the file is too short for become
    zero and are told in the answer, in their order; whatever else is wrong is a ReadError.
    """
    path = pictures[0].file.path
    with read_errors(path), np.errstate(all="ignore"):
        if is_raw(pictures[0].file.encoding):
            return _fill_raw(pictures, targets, colours, table)
        return _fill_decoded(pictures, targets, colours, table)


def _fill_raw(
    pictures: Sequence[Slice], targets: Sequence[Array], colours: Sequence[Array] | None, table: ModalityTable | None
) -> list[Truncated | None]:
    lacking: list[Truncated | None] = []
    with RawFile(pictures[0].file) as raw:
        frames = _LastFrame(raw)
        for place, (picture, target) in enumerate(zip(pictures, targets, strict=True)):
            try:
                stored = frames.stored(picture, target)
                if colours is not None:
                    colours[place][...] = shown(stored, picture.file.encoding.bits_stored)
                convert(stored, picture, target, table)
                lacking.append(None)
            except Truncated as failure:
                target[...] = 0
                lacking.append(failure)
    return lacking


class _LastFrame:
    """The frames of a file, the last one kept for all the tiles that are cut from it."""

    def __init__(self, raw: RawFile) -> None:
        self._raw = raw
        self._index, self._frame = -1, np.empty((0, 0))

    def stored(self, picture: Slice, target: Array) -> Array:
        """The stored values of a picture, in the memory of `target` where they fit in there as they are."""
        raw, encoding = self._raw, picture.file.encoding
        if picture.tile is None and encoding.bits_allocated == 8 * target.itemsize:
            needed(picture.file, picture.index)
            view = target.view(raw.dtype)
            raw.read_into(view, picture.index)
            return view
        if picture.index != self._index:
            self._frame, self._index = raw.frame(picture.index), picture.index
        return _cut(self._frame, picture)


def _fill_decoded(
    pictures: Sequence[Slice], targets: Sequence[Array], colours: Sequence[Array] | None, table: ModalityTable | None
) -> list[Truncated | None]:
    file = pictures[0].file
    indices = sorted({picture.index for picture in pictures})
    frames = dict(zip(indices, decoded(file, indices), strict=True))
    for place, (picture, target) in enumerate(zip(pictures, targets, strict=True)):
        values = _cut(frames[picture.index], picture)
        if colours is not None:
            colours[place][...] = shown(values, used_bits(file.encoding, values))
        if is_coloured(file.encoding) and values.ndim == 3:
            grey = brightness(values)
            target[...] = np.right_shift(grey, max(used_bits(file.encoding, values) - 8 * target.itemsize, 0))
        else:
            convert(values, picture, target, table)
    return [None] * len(pictures)


def convert(stored: Array, picture: Slice, target: Array, table: ModalityTable | None = None) -> None:
    """Stored values to voxels; `stored` may be the memory of `target`."""
    slope = 1.0 if picture.slope is None else picture.slope
    intercept = 0.0 if picture.intercept is None else picture.intercept
    if is_turned(picture.file):
        stored = _reversed(stored, picture.file.encoding.bits_stored)
    if table is not None:
        stored = table.apply(stored)
    if target.dtype.kind == "f":
        _scale(stored, slope, intercept, target)
    elif slope == 1 and intercept.is_integer():
        _shift(stored, int(intercept), target)
    else:
        target[...] = np.rint(stored * slope + intercept)


def _reversed(stored: Array, bits: int) -> Array:
    highest = {"f": 0, "i": -1}.get(stored.dtype.kind, (1 << bits) - 1)
    turned: Array = np.subtract(stored.dtype.type(highest), stored)
    return turned


def _scale(stored: Array, slope: float, intercept: float, target: Array) -> None:
    # Values of 16 bits lose nothing in single precision, which is several times faster.
    kind = np.float32 if stored.dtype.itemsize <= 2 and target.dtype == np.float32 else np.float64
    if slope == 1:
        np.add(stored, kind(intercept), out=target, dtype=kind, casting="unsafe")
        return
    np.multiply(stored, kind(slope), out=target, dtype=kind, casting="unsafe")
    if intercept:
        np.add(target, kind(intercept), out=target, dtype=kind, casting="unsafe")


def _shift(stored: Array, intercept: int, target: Array) -> None:
    if intercept:
        np.add(stored, np.array(intercept).astype(target.dtype), out=target, dtype=target.dtype, casting="unsafe")
    elif not (stored.dtype == target.dtype and np.may_share_memory(stored, target)):
        np.copyto(target, stored, casting="unsafe")


def _cut(frame: Array, picture: Slice) -> Array:
    if picture.tile is None:
        return frame
    top, left, height, width = picture.tile
    return frame[top : top + height, left : left + width]
