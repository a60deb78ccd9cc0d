"""What mouse and keys make of a look and a camera."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from desktop.volume.camera import STANDARD_VIEWS, Camera
from desktop.volume.grid import Grid
from desktop.volume.look import Look
from desktop.volume.rays import Size, mm_per_pixel

NOTCH = 120.0
Button = Qt.MouseButton
KEYS = {Qt.Key.Key_1 + number: side for number, side in enumerate(STANDARD_VIEWS)}
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


@dataclass
class Drag:
    """A button held: the left one turns, the middle one (or the left with Shift) moves, the right one windows."""

    button: Button
    at: QPointF

    @classmethod
    def begun(cls, event: QMouseEvent) -> "Drag":
        shifted = event.button() == Button.LeftButton and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return cls(Button.MiddleButton if shifted else event.button(), event.position())

    def moved(self, to: QPointF, camera: Camera, look: Look, grid: Grid, size: Size) -> tuple[Camera, Look]:
        """Camera and look after the pointer has come to `to`."""
        by, self.at = to - self.at, to
        if self.button == Button.LeftButton:
            return camera.turned(by.x(), by.y()), look
        if self.button == Button.MiddleButton:
            pixel = mm_per_pixel(camera, grid, size)
            return camera.panned(by.x() * pixel, -by.y() * pixel), look
        if self.button == Button.RightButton:
            return camera, windowed(look, by.x(), -by.y())
        return camera, look


def windowed(look: Look, right: float, up: float) -> Look:
    """The look with the window in force dragged by so many pixels."""
    if look.mode == "average" and look.averaged is not None:
        return replace(look, averaged=look.averaged.dragged(right, up))
    return replace(look, window=look.window.dragged(right, up))


def wheeled(event: QWheelEvent, camera: Camera, grid: Grid, size: Size) -> Camera:
    """Nearer or farther, what lies under the pointer staying there."""
    pixel = mm_per_pixel(camera, grid, size)
    at = (event.position().x() - size[0] / 2) * pixel, (size[1] / 2 - event.position().y()) * pixel
    return camera.zoomed(event.angleDelta().y() / NOTCH, at)


def pressed(event: QKeyEvent, camera: Camera) -> Camera | None:
    """The camera on the side that a key stands for, the first one for 0; None where it stands for none."""
    if event.modifiers() in PLAIN and event.key() == Qt.Key.Key_0:
        return Camera()
    if event.modifiers() not in PLAIN or event.key() not in KEYS:
        return None
    return camera.facing(KEYS[event.key()])
