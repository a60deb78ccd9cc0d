"""What mouse, wheel and keys do to a viewing; each answers with the viewing as it should be now."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from engine.pictures.camera import Camera, Placement, panned, zoomed
from engine.pictures.viewing import Viewing

NOTCH = 120
ZOOM_STEP = 1.15
PAGE = 10
STILL = 3.0
Key, Button, Modifier = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier


class Drag:
    """A drag under way: it began at `start` with the viewing `before`, and acts as `button` says."""

    def __init__(self, button: Qt.MouseButton, start: QPointF, before: Viewing) -> None:
        self.button = button
        self.start = start
        self.before = before

    def moved(self, to: QPointF, now: Viewing, placement: Placement) -> Viewing:
        """The viewing after the pointer came to `to`."""
        right, down = to.x() - self.start.x(), to.y() - self.start.y()
        if self.button == Button.RightButton:
            if now.window == self.before.window and abs(right) + abs(down) < STILL:
                return now
            return replace(now, window=self.before.window.dragged(right, -down))
        if self.button == Button.MiddleButton:
            scale = placement.px_per_mm(now.plane.pixel_mm)
            return replace(now, camera=panned(self.before.camera, right, down, scale, now.size_mm))
        return marked_at(now, to, placement)


def begun(event: QMouseEvent, viewing: Viewing) -> Drag:
    """The drag that a press begins; shift and the left button pan, for mice without a middle one."""
    button = event.button()
    if button == Button.LeftButton and event.modifiers() & Modifier.ShiftModifier:
        button = Button.MiddleButton
    return Drag(button, event.position(), viewing)


def marked_at(viewing: Viewing, at: QPointF, placement: Placement) -> Viewing:
    """The voxel under a point of the screen chosen; unchanged beside the picture."""
    return viewing.pointing(*placement.to_picture(at.x(), at.y()))


class Wheel:
    """Turns the wheel's movement, however finely it comes, into whole steps."""

    def __init__(self) -> None:
        self._rest = 0

    def turned(self, event: QWheelEvent, viewing: Viewing, placement: Placement, middle: QPointF) -> Viewing:
        """Slices; frames with shift; zoom about the pointer with ctrl."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Modifier.ControlModifier:
            at = event.position() - middle
            scale = placement.px_per_mm(viewing.plane.pixel_mm)
            factor = ZOOM_STEP ** (delta / NOTCH)
            camera = zoomed(viewing.camera, factor, at.x(), at.y(), scale, viewing.size_mm)
            return replace(viewing, camera=camera)
        steps = self._steps(delta)
        if event.modifiers() & Modifier.ShiftModifier:
            return viewing.at_frame(viewing.frame + steps)
        return viewing.at_slice(viewing.index + steps)

    def steps(self, event: QWheelEvent) -> int:
        """The slices that the wheel asks for."""
        return self._steps(event.angleDelta().y() or event.angleDelta().x())

    def _steps(self, delta: int) -> int:
        self._rest -= delta
        steps = int(self._rest / NOTCH)
        self._rest -= steps * NOTCH
        return steps


def is_held(event: QWheelEvent) -> bool:
    """Whether a key gives the wheel another meaning than slices."""
    return bool(event.modifiers() & (Modifier.ControlModifier | Modifier.ShiftModifier))


def _by_slices(steps: int) -> Callable[[Viewing], Viewing]:
    return lambda viewing: viewing.at_slice(viewing.index + steps)


def _by_frames(steps: int) -> Callable[[Viewing], Viewing]:
    return lambda viewing: viewing.at_frame(viewing.frame + steps)


GESTURES = (
    ("Slice, or next picture", "Wheel, Up, Down"),
    ("Ten slices", "Page keys"),
    ("First, last slice", "Home, End"),
    ("Frame", "Shift+Wheel, Left, Right"),
    ("Window and level", "Right drag"),
    ("Pan", "Middle or Shift+Left drag"),
    ("Zoom", "Ctrl+Wheel"),
    ("One cell alone, or whole picture", "Double click"),
    ("Magnifier", "Hold M"),
    ("Crosshair, signal of a voxel", "Click or drag"),
    ("Turn the volume", "Left drag"),
    ("Sides of the volume", "1 to 6"),
    ("Volume from the front again", "0 or F"),
)
MAGNIFY = Key.Key_M
KEYS: dict[Qt.Key, Callable[[Viewing], Viewing]] = {
    Key.Key_Up: _by_slices(-1),
    Key.Key_Down: _by_slices(1),
    Key.Key_PageUp: _by_slices(-PAGE),
    Key.Key_PageDown: _by_slices(PAGE),
    Key.Key_Home: lambda viewing: viewing.at_slice(0),
    Key.Key_End: lambda viewing: viewing.at_slice(viewing.plane.count - 1),
    Key.Key_Left: _by_frames(-1),
    Key.Key_Right: _by_frames(1),
}


ALL = 1 << 20
STEPS: dict[Qt.Key, int] = {
    Key.Key_Up: -1,
    Key.Key_Down: 1,
    Key.Key_Left: -1,
    Key.Key_Right: 1,
    Key.Key_PageUp: -PAGE,
    Key.Key_PageDown: PAGE,
    Key.Key_Home: -ALL,
    Key.Key_End: ALL,
}


def steps_of(event: QKeyEvent) -> int:
    """How many pictures on a key means where each is a scan of its own; ALL is farther than there are any."""
    return 0 if event.modifiers() & ~Modifier.KeypadModifier else STEPS.get(Key(event.key()), 0)


def pressed(event: QKeyEvent, viewing: Viewing) -> Viewing | None:
    """The viewing after a key; None for keys that mean nothing here."""
    if event.modifiers() & ~Modifier.KeypadModifier:
        return None
    act = KEYS.get(Key(event.key()))
    return None if act is None else act(viewing)


def fitted(viewing: Viewing) -> Viewing:
    """The whole picture, in the middle."""
    return replace(viewing, camera=Camera())


def actual_size(viewing: Viewing, placement: Placement, ratio: float) -> Viewing:
    """A pixel of the picture for each across the screen, which has `ratio` of them for one of the widget's."""
    zoom = viewing.camera.zoom / (ratio * placement.across)
    return replace(viewing, camera=replace(viewing.camera, zoom=zoom))


def rotated(viewing: Viewing) -> Viewing:
    """Turned clockwise by a quarter; the letters turn with it."""
    camera = viewing.camera
    return replace(
        viewing, plane=viewing.plane.rotated(), camera=replace(camera, right=-camera.down, down=camera.right)
    )


def rotated_back(viewing: Viewing) -> Viewing:
    """Turned the other way."""
    return rotated(rotated(rotated(viewing)))


def mirrored(viewing: Viewing) -> Viewing:
    """Left and right exchanged, and their letters."""
    camera = viewing.camera
    return replace(viewing, plane=viewing.plane.mirrored(), camera=replace(camera, right=-camera.right))
