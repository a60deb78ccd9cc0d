"""From what was in sight to the pixels of a picture, or to a page; in any thread."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter

from desktop.picturing.frozen import Frozen, FrozenSlice
from desktop.viewer.canvas import Canvas
from desktop.volume.off_screen import off_screen
from engine.control import Control
from engine.pictures.picture import Picture

INCH_MM, INCH_POINTS = 25.4, 72.0
TITLE = "Isocenter picture"


def painted(frozen: Frozen, control: Control | None = None, *, annotated: bool = True) -> QImage:
    """The picture in the file's pixels, by the code that paints the screen; Cancelled when asked."""
    control = control or Control()
    image = QImage(frozen.pixels, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(frozen.annotations.logicalDpiX() / INCH_MM * 1000))
    image.setDotsPerMeterY(round(frozen.annotations.logicalDpiY() / INCH_MM * 1000))
    image.fill(Qt.GlobalColor.black)
    image.setDevicePixelRatio(frozen.ratio)
    painter = QPainter(image)
    try:
        _paint_all(painter, frozen, control)
        if annotated:
            frozen.annotations.draw_on(painter)
    finally:
        painter.end()
    image.setDevicePixelRatio(1.0)
    return image


def going_on(control: Control) -> Callable[[], bool]:
    """Whether to go on, for work that asks; Cancelled where not, and held while paused."""

    def asked() -> bool:
        control.check()
        return True

    return asked


def _paint_all(painter: QPainter, frozen: Frozen, control: Control) -> None:
    for part in frozen.slices:
        control.check()
        _paint_slice(painter, part, frozen.ratio)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for volume in frozen.volumes:
        image = volume.image
        if volume.scene is not None:
            image = off_screen(volume.scene, volume.size(frozen.ratio), going_on(control))
        if image is not None:
            painter.drawImage(QRectF(volume.area), image, QRectF(image.rect()))


def as_pixels(image: QImage) -> Picture:
    """An image as rows and columns of red, green and blue."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return raw[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def page_of(frozen: Frozen, control: Control | None = None) -> bytes:
    """A PDF of one page without margins: the picture, and over it lines and letters that stay what they are."""
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    dpi = frozen.annotations.logicalDpiX()
    page = QPdfWriter(kept)
    page.setTitle(TITLE)
    page.setCreator(TITLE)
    page.setResolution(dpi)
    size = QSizeF(frozen.size) * (INCH_POINTS / dpi)
    page.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    page.setPageMargins(QMarginsF())
    image = painted(frozen, control, annotated=False)
    painter = QPainter(page)
    painter.fillRect(QRectF(-1, -1, frozen.size.width() + 2, frozen.size.height() + 2), Qt.GlobalColor.black)
    painter.drawImage(QRectF(0, 0, frozen.size.width(), frozen.size.height()), image)
    frozen.annotations.draw_on(painter)
    painter.end()
    kept.close()
    return bytes(kept.data().data())


def _paint_slice(painter: QPainter, part: FrozenSlice, ratio: float) -> None:
    canvas = Canvas()
    canvas.smooth = part.smooth
    painter.save()
    painter.translate(part.area.topLeft())
    painter.setClipRect(0, 0, part.area.width(), part.area.height())
    canvas.paint(painter, part.viewing, part.placement, part.area.size(), ratio)
    painter.restore()
