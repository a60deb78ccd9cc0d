"""The painted slice and its layers, kept between paints: of each step only what changed is done again."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage, QPainter

from desktop.viewer.layer_canvas import LayerCanvas, target_of
from engine.imaging.volume import Array, Volume
from engine.pictures.camera import Placement
from engine.pictures.fitted import Fitted, Laid, fitted_to
from engine.pictures.pixels import Part, Pixels, averaged, coloured, shaded, visible_part
from engine.pictures.plane import Plane
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window


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
        self._fitted: Fitted | None = None
        self._laid: Laid | None = None
        self._steady = False
        self._shaded: tuple[_Piece | Fitted, Window] | None = None
        self._pixels: Pixels | None = None
        self._image = QImage()
        self._layers = LayerCanvas()

    def paint(self, painter: QPainter, viewing: Viewing, placement: Placement, size: QSize, ratio: float) -> None:
        """Draw the slice where `placement` lays it, and its layers; `ratio` is the device pixels per pixel."""
        self._paint_slice(painter, viewing, placement, size, ratio)
        self._layers.smooth = self.smooth
        self._layers.paint(painter, viewing, placement, size, ratio)

    def forget(self) -> None:
        """Keep nothing of what was painted."""
        self._piece = self._fitted = self._laid = self._shaded = self._pixels = None
        self._image = QImage()
        self._layers.forget()

    def _paint_slice(
        self, painter: QPainter, viewing: Viewing, placement: Placement, size: QSize, ratio: float
    ) -> None:
        plane, dense = viewing.plane, placement.denser(ratio)
        area = (ratio * size.width(), ratio * size.height())
        part = visible_part((plane.columns, plane.rows), area, dense)
        if part is None:
            return
        piece = self._renew(viewing, part, (dense, area))
        fitted = self._fit(piece, viewing.window, (dense, area))
        self._shade(fitted or piece, viewing.window)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth)
        if fitted is None:
            painter.drawImage(target_of(placement, part), self._image)
        else:
            self._image.setDevicePixelRatio(ratio)
            painter.drawImage(QPointF(fitted.left / ratio, fitted.top / ratio), self._image)

    def _renew(self, viewing: Viewing, part: Part, laid: Laid) -> _Piece:
        piece = self._piece
        if piece is None or not piece.shows(viewing, part):
            piece = self._piece = _piece_of(viewing, part)
            self._laid = self._shaded = None
        self._steady = laid == self._laid
        if not self._steady:
            self._laid, self._fitted = laid, None
        return piece

    def _fit(self, piece: _Piece, window: Window, laid: Laid) -> Fitted | None:
        """The values at the pixels of the screen, as soon as nothing but the window changes from paint to paint."""
        many = piece.part.across * piece.part.down > 1 and piece.values.ndim == 2
        if not (many and self.smooth):
            return None
        if self._fitted is None and self._steady and self._shaded is not None and self._shaded[1] != window:
            self._fitted = fitted_to(piece.values, piece.part, *laid)
        return self._fitted

    def _shade(self, source: _Piece | Fitted, window: Window) -> None:
        if self._shaded == (source, window):
            return
        self._shaded = (source, window)
        shade = shaded if source.values.ndim == 2 else coloured
        self._pixels = np.ascontiguousarray(shade(source.values, window))
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
