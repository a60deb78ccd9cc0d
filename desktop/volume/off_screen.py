"""A scene drawn by the processor for a file, in any thread."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.volume.plain import plain_picture
from desktop.volume.readiness import make_ready
from desktop.volume.scene import Scene
from desktop.volume.still import Wanted, still_picture
from engine.pictures.pixels import Pixels


def off_screen(scene: Scene, size: QSize, wanted: Wanted = lambda: True) -> QImage:
    """As fine as at rest; Cancelled soon after `wanted` says no. Coarse where nothing can be compiled."""
    whole = (size.width(), size.height())
    try:
        make_ready()
    except Exception:  # whatever the compiler cannot do here, there is a picture
        return _image_of(plain_picture(scene, whole)).scaled(size)
    return _image_of(still_picture(scene, whole, wanted)).copy()


def _image_of(pixels: Pixels) -> QImage:
    rows, columns = pixels.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
