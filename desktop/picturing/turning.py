"""A volume that turns once before the viewer: drawn by the processor in another thread, or step by step by the card."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from queue import Empty, Queue

from PySide6.QtCore import QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QImage, QPainter
from shiboken6 import isValid

from desktop.picturing.annotated import Annotations
from desktop.picturing.painted import as_pixels, going_on
from desktop.volume.camera import DEGREES_PER_PIXEL, Camera
from desktop.volume.marks import draw_marks
from desktop.volume.off_screen import off_screen
from desktop.volume.scene import Scene
from desktop.volume.volume_view import VolumeView
from engine.control import Control
from engine.errors import PictureError
from engine.pictures.picture import Picture

STEPS = 72
BETWEEN_MS = 5
AHEAD = 3
LOOK_S = 0.1
GONE = "the volume changed before it had turned"


@dataclass(frozen=True)
class Look:
    """How large each picture is: on the screen, and in the file for each of the screen's pixels."""

    size: QSize
    ratio: float

    @property
    def pixels(self) -> QSize:
        """Its size in the file."""
        return QSize(max(1, round(self.size.width() * self.ratio)), max(1, round(self.size.height() * self.ratio)))


class Turning(QObject):
    """Goes round the vertical of the screen from where the volume stands; that stays, and the window alive.

    Made on the GUI thread, where the card draws; `pictures` is for another.
    """

    def __init__(self, view: VolumeView, look: Look, steps: int = STEPS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        assert view.scene is not None
        self.steps = steps
        self._view, self._look, self._solid = view, look, view.scene.solid
        cameras = (turned(view.scene.camera, step / steps) for step in range(steps))
        self._scenes = [replace(view.scene, camera=camera) for camera in cameras]
        self._marks = [_marks(view, scene, look) for scene in self._scenes]
        self._by_card = view.drawn_by == "card"
        self._made: Queue[QImage | None] = Queue(AHEAD)
        self._step = 0
        self._timer = QTimer(self, interval=BETWEEN_MS)
        self._timer.timeout.connect(self._draw)
        if self._by_card:
            self._timer.start()

    def stop(self) -> None:
        """Draw no more."""
        self._timer.stop()

    def pictures(self, control: Control) -> Iterator[Picture]:
        """All of them as they come. PictureError if the volume goes away before the card has drawn it."""
        for step, scene in enumerate(self._scenes):
            image = self._next(control) if self._by_card else off_screen(scene, self._look.pixels, going_on(control))
            if image is None:
                raise PictureError(GONE, hint="Save the movie again, and leave the scan as it is meanwhile.")
            yield self._marked(image, step)

    def _marked(self, image: QImage, step: int) -> Picture:
        image.setDevicePixelRatio(self._look.ratio)
        painter = QPainter(image)
        self._marks[step].draw_on(painter)
        painter.end()
        image.setDevicePixelRatio(1.0)
        return as_pixels(image)

    def _next(self, control: Control) -> QImage | None:
        while True:
            control.check()
            try:
                return self._made.get(timeout=LOOK_S)
            except Empty:
                continue

    def _draw(self) -> None:
        if self._made.full():
            return
        image = self._seen(self._scenes[self._step].camera)
        self._made.put(image)
        self._step += 1
        if image is None or self._step >= self.steps:
            self.stop()

    def _seen(self, camera: Camera) -> QImage | None:
        scene = self._view.scene if isValid(self._view) else None
        if scene is None or scene.solid is not self._solid:
            return None
        return self._view.grab_image(self._look.pixels, marked=False, camera=camera)


def turned(camera: Camera, share: float) -> Camera:
    """The camera after a share of the whole way round."""
    return camera.turned(360 * share / DEGREES_PER_PIXEL, 0.0)


def _marks(view: VolumeView, scene: Scene, look: Look) -> Annotations:
    area = QRect(QPoint(), look.size)
    made = Annotations(area, look.ratio)
    painter = QPainter(made)
    painter.setFont(view.font())
    draw_marks(painter, area, scene, boxed=view.boxed)
    painter.end()
    return made
