"""Two scans beside each other as the audit sees them, and where they differ."""

from dataclasses import dataclass

import numpy as np

from engine.audit.centre import centre_slice
from engine.audit.thumbnail import Bytes, grey_levels, grey_range
from engine.cohort import Scan
from engine.imaging import open_scan

MOST = 768
_CLEARLY = 0.7


@dataclass(frozen=True, eq=False)
class Compared:
    """The centre slices as grey levels (y, x), and how far they lie apart pixel by pixel, at the first one's size.

    `off` is the mean difference in percent of the range from black to white; `turned` where the second was mirrored or
    turned by a quarter, since it fits far better so.
    """

    first: Bytes
    second: Bytes
    difference: Bytes
    off: float
    turned: bool


def compared(one: Scan, other: Scan) -> Compared:
    """Look at both, each from its own black to its own white; ReadError where one cannot be read."""
    first, second = (_looked_at(scan) for scan in (one, other))
    mirrored = (second[:, ::-1], second[::-1], second[::-1, ::-1])
    looks = [np.ascontiguousarray(look) for look in (*mirrored, np.rot90(second, 1), np.rot90(second, 3))]
    best = min(looks, key=lambda looked: _apart(first, looked).mean())
    turned = bool(_apart(first, best).mean() < _CLEARLY * _apart(first, second).mean())
    shown = best if turned else second
    difference = _apart(first, shown)
    return Compared(first, shown, difference, float(difference.mean()) / 2.55, turned)


def _apart(one: Bytes, other: Bytes) -> Bytes:
    fitted = _resized(other, one.shape)
    return np.abs(one.astype(np.int16) - fitted.astype(np.int16)).astype(np.uint8)


def _looked_at(scan: Scan) -> Bytes:
    plane = centre_slice(open_scan(scan.source))
    low, high = grey_range(plane)
    grey = grey_levels(plane, low, high) if high > low else np.zeros(plane.shape, np.uint8)
    scale = MOST / max(grey.shape)
    return grey if scale >= 1 else _resized(grey, (round(grey.shape[0] * scale), round(grey.shape[1] * scale)))


def _resized(grey: Bytes, shape: tuple[int, ...]) -> Bytes:
    from PIL import Image

    if grey.shape == tuple(shape):
        return grey
    rows, columns = shape
    return np.asarray(Image.fromarray(grey).resize((columns, rows), Image.Resampling.BICUBIC), np.uint8)
