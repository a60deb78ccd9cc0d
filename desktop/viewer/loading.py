"""From a scan's files to what the viewer needs of it; slow, so it runs off the GUI thread."""

from dataclasses import replace
from mmap import mmap

import numpy as np

from desktop.viewer.incoming import Incoming, Request
from desktop.viewer.scan_values import Loaded, of_volume
from engine.control import Control
from engine.imaging.opened import OpenedScan
from engine.imaging.volume import Array, Volume

KEPT_IN_MEMORY = 256 << 20


def load(request: Request, incoming: Incoming, control: Control, ahead: OpenedScan | None = None) -> Loaded:
    """Read a scan, tell `incoming` of each slice, look through its values; raises ReadError, or Cancelled.

    Where it was opened `ahead` it is not opened again.
    """
    from engine.imaging import open_scan

    control.check()
    opened = open_scan(request.source) if ahead is None else ahead
    first = request.first(opened.header)

    def arrived(volume: Volume, frame: int, z: int) -> None:
        incoming.take(opened, first, volume, (frame, z), whole=is_mapped(volume.array))

    volume = opened.load(first, arrived, control)
    control.check()
    return prepared(volume)


def prepared(volume: Volume) -> Loaded:
    """A volume made ready: slice after slice in memory where it is small, with statistics."""
    return of_volume(replace(volume, array=_at_hand(volume.array)))


def is_mapped(array: Array) -> bool:
    """Whether the values lie in a file, so that each look at them may wait for the disk."""
    base: object = array
    while isinstance(base, np.ndarray):
        base = base.base
    return isinstance(base, mmap)


def _at_hand(array: Array) -> Array:
    if array.nbytes > KEPT_IN_MEMORY:
        return array
    return np.array(array, array.dtype.newbyteorder("="), order="C", copy=True if is_mapped(array) else None)
