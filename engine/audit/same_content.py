"""Scans that hold the same: the same bytes, or the same voxels in another container."""

from itertools import pairwise

import numpy as np

from engine.audit.gallery import Gallery
from engine.audit.groups import joined, members
from engine.cohort import Scan
from engine.control import Control
from engine.errors import ReadError
from engine.imaging import read


def same_content(gallery: Gallery, control: Control) -> list[tuple[Scan, ...]]:
    """Groups of at least two scans."""
    by_bytes: dict[tuple[str, str], int] = {}
    by_pixels: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    for place, (scan, signature) in enumerate(zip(gallery.scans, gallery.signatures, strict=True)):
        pairs.append((by_bytes.setdefault((scan.digest, signature.pixels), place), place))
        if not signature.failure and signature.high > signature.low:
            first = by_pixels.setdefault(f"{sorted(scan.shape)}{scan.frames}{signature.pixels}", place)
            if first != place and (signature.whole or _same_voxels(gallery.scans[first], scan, control)):
                pairs.append((first, place))
    numbers = joined(len(gallery.scans), [one for one, _ in pairs], [other for _, other in pairs])
    return [tuple(gallery.scans[place] for place in group) for group in members(numbers)]


def _same_voxels(one: Scan, other: Scan, control: Control) -> bool:
    """Whether volumes whose centre slices agree do so everywhere."""
    if one.digest == other.digest:
        return True
    control.check()
    try:
        arrays = [read(scan.source).reoriented("RAS").array for scan in (one, other)]
        return bool(np.array_equal(arrays[0], arrays[1], equal_nan=arrays[0].dtype.kind == "f"))
    except ReadError:
        return False


def identical(scans: tuple[Scan, ...]) -> bool:
    """Whether all are the same byte for byte."""
    return all(one.digest == other.digest for one, other in pairwise(scans))
