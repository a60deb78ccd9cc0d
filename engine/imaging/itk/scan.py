"""A NRRD or MetaImage file as a scan: mapped where it is raw, streamed where it is packed, else through SimpleITK."""

from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path

import numpy as np

from engine.imaging.dicom.placing import ras_from_lps
from engine.imaging.doubt import Doubt
from engine.imaging.geometry import skewed, usable
from engine.imaging.guard import guarded
from engine.imaging.header import ScanHeader
from engine.imaging.itk.layout import Layout
from engine.imaging.itk.through_simpleitk import geometry, numbers
from engine.imaging.opened import OpenedScan
from engine.imaging.stored.gunzip import gunzipped
from engine.imaging.stored.inflate import Inflated
from engine.imaging.stored.mapped import MappedScan, kept
from engine.imaging.stored.streamed import StreamedScan
from engine.imaging.volume import Affine, Array

_ROOM = 512 << 20


@dataclass(frozen=True)
class ItkFile:
    """A header file, the name of SimpleITK's code for it, and how its numbers lie."""

    path: Path
    form: str
    layout: Layout

    @property
    def files(self) -> tuple[Path, ...]:
        """The header, and the data where they lie apart."""
        return (self.path,) if self.layout.data == self.path else (self.path, self.layout.data)

    def placement(self) -> tuple[Affine, tuple[Doubt, ...]]:
        """The affine to RAS+ mm, and what is doubtful about it."""
        told, _ = guarded(geometry, self.path, {"form": self.form})
        affine = ras_from_lps(_lps(told["spacing"], told["origin"], told["direction"]))
        doubts = []
        if not usable(affine):
            size = Doubt("size", "its voxel size cannot be used; 1 mm is taken")
            return ras_from_lps(np.eye(4)), (Doubt("orientation", "its orientation cannot be used"), size)
        if not self.layout.oriented or len(told["spacing"]) < 3:
            doubts.append(Doubt("orientation", "its orientation is not given"))
        if not self.layout.sized:
            doubts.append(Doubt("size", "its voxel size is not given; 1 mm is taken"))
        if skewed(affine):
            doubts.append(Doubt("sheared", "the axes of its grid are not at right angles"))
        return affine, tuple(doubts)

    def scan(self, header: ScanHeader) -> OpenedScan:
        """The opened scan."""
        layout = self.layout
        if layout.encoding == "raw":
            return MappedScan(header, layout.values, layout.data, self._mapped)
        if layout.encoding in ("gzip", "zlib") and layout.sequential:
            return StreamedScan(header, layout.values, layout.data, self._unpacked, 0)
        return MappedScan(header, layout.values, self.path, kept(self._read))

    def _mapped(self) -> Array:
        sizes = self.layout.sizes[::-1]
        return self.layout.arranged(np.memmap(self.layout.data, self.layout.stored, "r", self.layout.begin, sizes))

    def _unpacked(self) -> BufferedIOBase:
        stream = self.layout.data.open("rb")
        stream.seek(self.layout.offset)
        return gunzipped(stream) if self.layout.encoding == "gzip" else Inflated(stream)

    def _read(self) -> Array:
        layout = self.layout
        memory = 3 * layout.bytes + _ROOM
        _, (array,) = guarded(numbers, self.path, {"form": self.form}, memory=memory, most=layout.bytes)
        lying = array.astype(layout.stored, copy=False)
        if layout.apart is None or lying.ndim != len(layout.sizes):
            return lying.reshape((*layout.shape, layout.channels) if layout.channels > 1 else layout.shape)
        if layout.apart == 0 or array.shape[-1] == layout.sizes[layout.apart] != array.shape[0]:
            return _vector_last(lying, layout)
        return lying.reshape(layout.shape)


def _vector_last(lying: Array, layout: Layout) -> Array:
    if layout.channels > 1:
        return lying.reshape((*layout.shape, layout.channels))
    return np.moveaxis(lying, -1, 0).reshape(layout.shape)


def _lps(spacing: list[float], origin: list[float], direction: list[float]) -> Affine:
    """From SimpleITK's description of a grid of two axes or more; the third of a flat one is the normal."""
    count = len(spacing)
    axes = np.array(direction, np.float64).reshape(count, count)
    lps = np.eye(4)
    within = min(count, 3)
    lps[:within, :within] = axes[:within, :within] * np.array(spacing[:within])
    lps[:within, 3] = origin[:within]
    return lps
