"""The slice by which a scan is known: the middle one, turned the same way for all scans that say how they lie."""

import numpy as np

from engine.imaging import OpenedScan
from engine.imaging.volume import Array

_WORLD = {"R": 0, "L": 0, "A": 1, "P": 1, "S": 2, "I": 2}
_POSITIVE = "RAS"


def centre_slice(opened: OpenedScan) -> Array:
    """Columns and rows towards right, front or head where the file says where these are; else as it is stored.

    So a scan stored as DICOM and as NIfTI has one centre slice, though the rows of one run against the other's.
    """
    header = opened.header
    letters, slices = header.orientation, header.shape[2]
    if "?" in letters or any(doubt.kind == "orientation" for doubt in header.doubts):
        return opened.plane(*opened.centre)
    upwards = letters[2] in _POSITIVE
    plane = opened.plane(0, slices // 2 if upwards else slices - 1 - slices // 2)
    plane = plane[:: 1 if letters[1] in _POSITIVE else -1, :: 1 if letters[0] in _POSITIVE else -1]
    return np.ascontiguousarray(plane.T if _WORLD[letters[0]] > _WORLD[letters[1]] else plane)
