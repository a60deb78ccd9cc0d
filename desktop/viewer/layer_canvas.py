"""The layers painted over a slice, kept between paints: of each only what changed is done again."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from engine.imaging.volume import Array, Volume
from engine.pictures.camera import Placement
from engine.pictures.fields import boxes_of
from engine.pictures.laid import lattice_of
from engine.pictures.lattice import Lattice
from engine.pictures.layer import Layer
from engine.pictures.layer_values import drawable, taken, values_over
from engine.pictures.pixels import Part, Pixels
from engine.pictures.plane import Plane
from engine.pictures.sampling import begin_readiness
from engine.pictures.tinting import tinted
from engine.pictures.viewing import Viewing

GROUND = QColor("#000000")


@dataclass(frozen=True, eq=False)
class _Source:
    """Where the values of a layer come from, and how they lie over the slice."""

    volume: Volume
    frame: int
    base: Volume
    plane: Plane
    index: int
    lattice: Lattice
    labels: bool

    def same(self, other: "_Source") -> bool:
        grids = self.volume is other.volume and self.base is other.base and self.plane is other.plane
        mine, others = ((source.frame, source.index, source.lattice, source.labels) for source in (self, other))
        return grids and mine == others


@dataclass(frozen=True, eq=False)
class _Painted:
    """A layer as it was painted last: its values, and their colours for one look."""

    source: _Source
    values: Array
    colouring: tuple[object, ...]
    pixels: Pixels
    image: QImage


class LayerCanvas:
    """Paints the layers of viewings, one viewing after the other; `smooth` blends between values, never in masks."""

    def __init__(self) -> None:
        self.smooth = True
        self._painted: dict[str, _Painted] = {}

    def paint(self, painter: QPainter, viewing: Viewing, placement: Placement, size: QSize, ratio: float) -> None:
        """Draw the layers where `placement` lays the slice; `ratio` is the device pixels per pixel."""
        if not viewing.layers:
            self._painted.clear()
            return
        dense, area = placement.denser(ratio), (ratio * size.width(), ratio * size.height())
        painted: dict[str, _Painted] = {}
        for layer in viewing.layers:
            lattice = lattice_of(viewing, layer, area, dense) if drawable(viewing, layer) else None
            if lattice is not None:
                painted[layer.key] = self._renewed(viewing, layer, lattice)
            if layer.shown and (layer.hides or lattice is not None):
                self._draw(painter, painted.get(layer.key), layer, viewing, placement, size)
        self._painted = painted

    def forget(self) -> None:
        """Keep nothing of what was painted."""
        self._painted.clear()

    def _renewed(self, viewing: Viewing, layer: Layer, lattice: Lattice) -> _Painted:
        look, known = layer.look, self._painted.get(layer.key)
        frame = layer.frame_over(viewing.volume, viewing.frame)
        source = _Source(look.volume, frame, viewing.volume, viewing.plane, viewing.index, lattice, look.labels)
        same = known is not None and known.source.same(source)
        if known is not None and same and known.colouring == look.colouring:
            return known
        values = known.values if known is not None and same else _values(viewing, layer, lattice)
        pixels = np.ascontiguousarray(tinted(values, look))
        return _Painted(source, values, look.colouring, pixels, _image_of(pixels))

    def _draw(
        self,
        painter: QPainter,
        painted: _Painted | None,
        layer: Layer,
        viewing: Viewing,
        placement: Placement,
        size: QSize,
    ) -> None:
        boxes = boxes_of(layer.region, viewing.plane, placement, (size.width(), size.height()))
        painter.save()
        if boxes is not None:
            painter.setClipRegion(_region_of(boxes), Qt.ClipOperation.IntersectClip)
        if layer.hides:
            whole = Part(0, 0, viewing.plane.columns, viewing.plane.rows)
            painter.fillRect(target_of(placement, whole), GROUND)
        if painted is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth and not painted.source.labels)
            painter.drawImage(target_of(placement, painted.source.lattice.part), painted.image)
        painter.restore()


def target_of(placement: Placement, part: Part) -> QRectF:
    """Where a part of a picture lies on the screen."""
    left, top = placement.to_screen(part.left, part.top)
    right, bottom = placement.to_screen(part.right, part.bottom)
    return QRectF(left, top, right - left, bottom - top)


def _values(viewing: Viewing, layer: Layer, lattice: Lattice) -> Array:
    if not taken(viewing, layer):
        begin_readiness()
    return values_over(viewing, layer, lattice)


def _image_of(pixels: Pixels) -> QImage:
    rows, columns = pixels.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)


def _region_of(boxes: tuple[tuple[int, int, int, int], ...]) -> QRegion:
    region = QRegion()
    for box in boxes:
        region += QRect(*box)
    return region
