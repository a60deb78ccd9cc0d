"""A picture made small: alike pictures get alike thumbnails whatever their size, brightness or contrast."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imaging.volume import Array

SIDE, PATCH = 64, 64
_HASHED, _KEPT = 32, 8
_AT_ONCE = 4096

Bytes = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]


def grey_range(plane: Array) -> tuple[float, float]:
    """Between which values nearly all finite pixels of (y, x) lie; equal where there is no picture."""
    sample = plane[::2, ::2] if plane.size > 4096 else plane
    finite = sample[np.isfinite(sample)] if sample.dtype.kind == "f" else sample
    if not finite.size:
        return (0.0, 0.0)
    low, high = np.percentile(finite, (0.5, 99.5))
    return (float(low), float(high)) if high > low else (float(finite.min()), float(finite.max()))


def thumbnail(plane: Array, low: float, high: float) -> Bytes:
    """SIDE x SIDE grey levels, `low` black and `high` white, each the mean of the pixels it stands for."""
    from PIL import Image

    if high <= low:
        return np.zeros((SIDE, SIDE), np.uint8)
    return np.asarray(Image.fromarray(grey_levels(plane, low, high)).resize((SIDE, SIDE), Image.Resampling.BOX))


def grey_levels(plane: Array, low: float, high: float) -> Bytes:
    """All pixels of a picture, `low` black and `high` white."""
    scaled = (plane.astype(np.float32) - np.float32(low)) * np.float32(255 / (high - low))
    return np.asarray(np.clip(np.nan_to_num(scaled, nan=0.0, posinf=255.0, neginf=0.0), 0, 255).astype(np.uint8))


def middle(plane: Array, low: float, high: float) -> Bytes:
    """The PATCH x PATCH grey levels in the middle, pixel for pixel; black beyond a smaller picture."""
    top, left = (max((count - PATCH) // 2, 0) for count in plane.shape)
    found = np.zeros((PATCH, PATCH), np.uint8)
    if high > low:
        cut = grey_levels(plane[top : top + PATCH, left : left + PATCH], low, high)
        found[: cut.shape[0], : cut.shape[1]] = cut
    return found


def perceptual_hashes(thumbs: Bytes) -> NDArray[np.uint64]:
    """64 bits a picture: the signs of its slowest cosine waves, about their median. Near pictures differ in few."""
    small = shrunk(thumbs, _HASHED).reshape(-1, _HASHED, _HASHED)
    waves = _cosines() @ small @ _cosines().T
    flat = waves.reshape(-1, _KEPT * _KEPT)
    bits = flat > np.median(flat[:, 1:], axis=1, keepdims=True)
    return np.packbits(bits, axis=1).view(np.uint64).ravel()


def shrunk(thumbs: Bytes, side: int) -> NDArray[np.float32]:
    """Thumbnails (n, SIDE, SIDE) as rows of side x side means."""
    step = SIDE // side
    small = np.empty((len(thumbs), side * side), np.float32)
    for begin in range(0, len(thumbs), _AT_ONCE):
        some = thumbs[begin : begin + _AT_ONCE].reshape(-1, side, step, side, step)
        small[begin : begin + _AT_ONCE] = some.mean((2, 4), dtype=np.float32).reshape(-1, side * side)
    return small


def _cosines() -> NDArray[np.float32]:
    waves, places = np.meshgrid(np.arange(_KEPT), np.arange(_HASHED), indexing="ij")
    return np.cos(np.pi * waves * (2 * places + 1) / (2 * _HASHED)).astype(np.float32)
