"""The painted slice, kept between paints: of each step only what changed is done again."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from desktop.viewer.camera import Placement
from desktop.viewer.pixels import Part, Pixels, averaged, coloured, shaded, visible_part
from desktop.viewer.plane import Plane
from desktop.viewer.viewing import Viewing
from desktop.viewer.windowing import Window
from engine.imaging.volume import Array, Volume


@dataclass(frozen=True, eq=False)
class _Piece:
    """The values of a part of a slice, or its colours (rows, columns, 3), and where they come from."""

    volume: Volume
    plane: Plane
    index: int
    frame: int
    part: Part
    state: bytes
    values: Array

    def shows(self, viewing: Viewing, part: Part) -> bool:
        same = self.volume is viewing.volume and self.plane is viewing.plane
        place = (viewing.index, viewing.frame, part)
        return same and (self.index, self.frame, self.part) == place and self.state == viewing.state()


class Canvas:
    """Paints viewings, one after the other. `smooth` blends between voxels."""

    def __init__(self) -> None:
        self.smooth = True
        self._piece: _Piece | None = None
        self._window: Window | None = None
        self._pixels: Pixels | None = None
        self._image = QImage()

    def paint(self, painter: QPainter, viewing: Viewing, placement: Placement, size: QSize, ratio: float) -> None:
        """Draw the slice where `placement` lays it; `ratio` is the screen's device pixels per pixel."""
        plane = viewing.plane
        area = (ratio * size.width(), ratio * size.height())
        part = visible_part((plane.columns, plane.rows), area, placement.denser(ratio))
        if part is None:
            return
        self._renew(viewing, part)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth)
        painter.drawImage(_target(placement, part), self._image)

    def forget(self) -> None:
        """Keep nothing of what was painted."""
        self._piece = self._window = self._pixels = None
        self._image = QImage()

    def _renew(self, viewing: Viewing, part: Part) -> None:
        piece = self._piece
        if piece is None or not piece.shows(viewing, part):
            piece = self._piece = _piece_of(viewing, part)
            self._window = None
        if self._window == viewing.window:
            return
        self._window = viewing.window
        shade = shaded if piece.values.ndim == 2 else coloured
        self._pixels = np.ascontiguousarray(shade(piece.values, viewing.window))
        rows, columns = self._pixels.shape
        self._image = QImage(self._pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)


def _piece_of(viewing: Viewing, part: Part) -> _Piece:
    where = (viewing.volume, viewing.plane, viewing.index, viewing.frame, part)
    # Before the values: what comes between the two is painted again, not left out.
    state = viewing.state()
    colours = viewing.colours()
    if colours is None:
        return _Piece(*where, state, averaged(viewing.picture(), part))
    channels = [averaged(colours[..., channel], part) for channel in range(colours.shape[-1])]
    return _Piece(*where, state, np.stack(channels, axis=-1))


def _target(placement: Placement, part: Part) -> QRectF:
    left, top = placement.to_screen(part.left, part.top)
    right, bottom = placement.to_screen(part.right, part.bottom)
    return QRectF(left, top, right - left, bottom - top)
