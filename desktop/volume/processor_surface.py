"""The widget that shows what the processor draws: quickly while something moves, finely at rest."""

from time import perf_counter
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.bridge import Bridge, Task
from desktop.volume.plain import plain_picture
from desktop.volume.readiness import make_ready, ready
from desktop.volume.scene import Scene
from engine.errors import IsocenterError
from engine.pictures.pixels import Pixels

SLOW_S = 0.045


class ProcessorSurface(QWidget):
    """Mirrors a scene; where moving it takes longer than `slow_s` a frame, from fewer voxels.

    `refined` tells that the fine picture stands; `broke` that nothing can be compiled here."""

    way: Literal["card", "processor"] = "processor"
    refined = Signal()
    broke = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("volume_surface")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._bridge = bridge
        self._scene: Scene | None = None
        self._moving = False
        self._pixels: Pixels | None = None
        self._image = QImage()
        self._stale = False
        self._refining: _Refining | None = None
        self._compiles = True
        self._light = False
        self.slow_s = SLOW_S
        self._warming: Task | None = None

    def show_scene(self, scene: Scene | None, *, moving: bool = False) -> None:
        """Draw this; nothing for None."""
        self._stop()
        self._scene, self._moving, self._stale = scene, moving, scene is not None
        if scene is None:
            self._pixels, self._image = None, QImage()
        elif not ready() and self._warming is None:
            self._warming = self._bridge.submit(make_ready, self._use_kernels, self._do_without, self)
        self.update()

    def picture(self, scene: Scene, size: QSize) -> QImage:
        """The scene at any size, as fine as at rest; waits until it is drawn."""
        if self._compiles:
            make_ready()
            from desktop.volume.still import still_picture

            return _image_of(still_picture(scene, (size.width(), size.height()))).copy()
        return _image_of(plain_picture(scene, (size.width(), size.height()))).scaled(size)

    def close_down(self) -> None:
        """Let everything go, before the widget goes."""
        self.show_scene(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stale and self._scene is not None:
            self._draw(self._scene)
        painter = QPainter(self)
        if self._image.isNull():
            painter.fillRect(event.rect(), QColor(theme.current().image))
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRect(0, 0, self.width(), self.height()), self._image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._scene is not None:
            self.show_scene(self._scene, moving=self._moving)

    def _draw(self, scene: Scene) -> None:
        """A quick picture now, and the fine one when it has come, unless something moves."""
        self._stale = False
        size = (self.width(), self.height())
        if not ready():
            self._take(plain_picture(scene, size))
            return
        from desktop.volume.moving import moving_picture

        self._light = self._light and self._moving
        begun = perf_counter()
        self._take(moving_picture(scene, size, light=self._light))
        if not self._moving:
            self._refine(scene)
        elif perf_counter() - begun > self.slow_s:
            self._light = True

    def _refine(self, scene: Scene) -> None:
        ratio = self.devicePixelRatioF()
        self._refining = _Refining(scene, (round(self.width() * ratio), round(self.height() * ratio)))
        self._bridge.submit(self._refining.draw, self._take_fine, None, self)

    def _take_fine(self, answer: "tuple[_Refining, Pixels]") -> None:
        refining, pixels = answer
        if refining is self._refining:
            self._refining = None
            self._take(pixels)
            self.update()
            self.refined.emit()

    def _take(self, pixels: Pixels) -> None:
        self._pixels, self._image = pixels, _image_of(pixels)

    def _stop(self) -> None:
        if self._refining is not None:
            self._refining.wanted = False
            self._refining = None

    def _use_kernels(self, _: None) -> None:
        self._warming, self._stale = None, self._scene is not None
        self.update()

    def _do_without(self, error: IsocenterError) -> None:
        self._compiles = False
        self.broke.emit(error)


class _Refining:
    """A fine picture under way."""

    def __init__(self, scene: Scene, size: tuple[int, int]) -> None:
        self.wanted = True
        self._scene, self._size = scene, size

    def draw(self) -> "tuple[_Refining, Pixels]":
        from desktop.volume.still import still_picture

        return self, still_picture(self._scene, self._size, lambda: self.wanted)


def _image_of(pixels: Pixels) -> QImage:
    rows, columns = pixels.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
