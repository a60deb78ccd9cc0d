"""Whether two pictures are one down to their noise, pixel by pixel at full size: also cut, shifted or turned ones."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.audit.thumbnail import Bytes

SHIFTED = 6
_AROUND, _LEAST_RMS, _LEAST_SHARE, _FEWEST_PIXELS = 9, 4.0, 0.2, 1500
_CUT, _MOST = 0.06, 384

Floats = NDArray[np.float32]


def fine(grey: Floats) -> tuple[Floats, Floats]:
    """How each pixel of (..., y, x) differs from those beside it in units of what is usual about there; and that."""
    from scipy.ndimage import uniform_filter

    beside = grey[..., :-2, 1:-1] + grey[..., 2:, 1:-1] + grey[..., 1:-1, :-2] + grey[..., 1:-1, 2:]
    detail = 4 * grey[..., 1:-1, 1:-1] - beside
    window = (*(0 for _ in range(grey.ndim - 2)), _AROUND, _AROUND)
    usual = np.sqrt(np.maximum(uniform_filter(detail**2, window), 0))
    return np.asarray(detail / (usual + 2), np.float32), np.asarray(usual, np.float32)


def agreement(one: Bytes, other: Bytes) -> float:
    """From -1 to 1, over shifts by a few pixels, mirror images and quarter turns; 0 where there is too little detail.

    Shapes without noise have nothing but outlines, which other shapes share: they never agree here. Nor do pictures of
    under 1,500 pixels, which have too little noise to tell one from another.
    """
    return max((_aligned(*pair) for pair in _fitted(one, other)), default=0.0)


def tells(picture: Bytes) -> bool:
    """Whether a picture has noise enough to be told from others by it."""
    if min(picture.shape) < 2 * _AROUND:
        return False
    return bool(enough(fine(_cut(picture, *picture.shape)[np.newaxis])[1])[0])


def _fitted(one: Bytes, other: Bytes) -> Iterator[tuple[Floats, Floats]]:
    """Both at one size: cut about their middles where they differ by a few pixels, else the larger made smaller."""
    for upright in (other, other[:, ::-1], other[::-1], other[::-1, ::-1]):
        yield from _at_one_size(one, upright)
    for quarters in (1, 3):
        lying = np.rot90(other, quarters)
        if abs(lying.shape[0] * one.shape[1] / max(lying.shape[1] * one.shape[0], 1) - 1) <= _CUT:
            yield from _at_one_size(one, np.ascontiguousarray(lying))


def _at_one_size(one: Bytes, other: Bytes) -> Iterator[tuple[Floats, Floats]]:
    rows, columns = (min(one.shape[axis], other.shape[axis]) for axis in (0, 1))
    largest = max(abs(one.shape[axis] - other.shape[axis]) / max(one.shape[axis], 1) for axis in (0, 1))
    if largest <= _CUT:
        yield _cut(one, rows, columns), _cut(other, rows, columns)
    if one.shape != other.shape:
        yield _resized(one, rows, columns), _resized(other, rows, columns)


def _aligned(one: Floats, other: Floats) -> float:
    if min(one.shape) < 2 * _AROUND:
        return 0.0
    rows, columns = (min(count, _MOST) for count in one.shape)
    one, other = _cut(one, rows, columns), _cut(other, rows, columns)
    (first, first_usual), (second, second_usual) = fine(one), fine(other)
    if not enough(np.stack([first_usual, second_usual])).all():
        return 0.0
    return float(correlated(first[np.newaxis], second[np.newaxis])[0])


def correlated(one: Floats, other: Floats) -> Floats:
    """How well details of (n, y, x) agree at the best shift by a few pixels, pair by pair."""
    from scipy.fft import irfft2, rfft2

    lengths = np.linalg.norm(one, axis=(1, 2)) * np.linalg.norm(other, axis=(1, 2)) + 1e-6
    found = irfft2(rfft2(one) * np.conj(rfft2(other)), s=one.shape[1:])
    near = [np.arange(-min(SHIFTED, count // 4), min(SHIFTED, count // 4) + 1) for count in one.shape[1:]]
    return np.asarray(found[:, near[0][:, None], near[1]].max(axis=(1, 2)) / lengths, np.float32)


def enough(usual: Floats) -> NDArray[np.bool_]:
    """Of `fine`'s second answer for (n, y, x), which pictures have noise enough to tell one from another."""
    told = usual >= _LEAST_RMS
    return np.asarray((told.sum((1, 2)) >= _FEWEST_PIXELS) & (told.mean((1, 2)) >= _LEAST_SHARE))


def _cut(grey: NDArray[np.uint8] | Floats, rows: int, columns: int) -> Floats:
    top, left = (grey.shape[0] - rows) // 2, (grey.shape[1] - columns) // 2
    return grey[top : top + rows, left : left + columns].astype(np.float32)


def _resized(grey: Bytes, rows: int, columns: int) -> Floats:
    from PIL import Image

    if grey.shape == (rows, columns):
        return grey.astype(np.float32)
    image = Image.fromarray(grey.astype(np.float32))
    return np.asarray(image.resize((columns, rows), Image.Resampling.BICUBIC), np.float32)
