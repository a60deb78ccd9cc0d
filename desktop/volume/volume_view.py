"""A volume seen from any side."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge, Task
from desktop.volume import gestures
from desktop.volume.camera import Camera
from desktop.volume.choosing import Way, by_card, said
from desktop.volume.clip import Clip
from desktop.volume.look import Look, Mode
from desktop.volume.marks import Marks, draw_marks
from desktop.volume.opening import Opened, opened
from desktop.volume.presets import Preset
from desktop.volume.scene import Scene
from desktop.volume.solid import Solid, Tint
from desktop.volume.surfaces import Surface, made_surface
from desktop.volume.transfer import Transfer
from engine.errors import IsocenterError
from engine.imaging.volume import Volume
from engine.pictures.overlay import Overlay
from engine.pictures.window import Window

REST_MS = 150
SMALLEST = QSize(120, 120)
WAITING = "Preparing the volume…"


class VolumeView(QWidget):
    """Mirrors `scene`. `changed` tells another one, by hand or by a setter, or None; `shown` that a volume stands.

    `way` is who draws: "card", "processor", or "auto" for what this machine does best. Building happens off the GUI
    thread, and the old picture stays meanwhile.
    """

    changed = Signal(object)
    shown = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, way: Way = "auto", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene: Scene | None = None
        self.opened: Opened | None = None
        self.way = way
        self._bridge = bridge
        self._surface: Surface | None = None
        self._marks = Marks(self)
        self._building: Task | None = None
        self._tinting: Task | None = None
        self._overlay: Overlay | None = None
        self._drag: gestures.Drag | None = None
        self._note = ""
        self._wish: tuple[Volume, int, Window | None] | None = None
        self._before: Scene | None = None
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(lambda: self._mirror(moving=False))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Volume: drag to turn, wheel to zoom, 1 to 6 for the standard sides, 0 for the first")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setMinimumSize(SMALLEST)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    @property
    def drawn_by(self) -> str:
        """Who draws: "card" or "processor"; empty before the first volume."""
        return "" if self._surface is None else self._surface.way

    @property
    def message(self) -> str:
        """What the view says about itself; usually nothing."""
        return self._marks.words

    def show_volume(self, volume: Volume, frame: int = 0, window: Window | None = None) -> None:
        """Show a frame of a volume, through a window or the automatic one; of the same volume, seen as before."""
        self._wish = (volume, frame, window)
        surface = self._ready_surface()
        processor = surface.way == "processor"
        known = self.opened
        self._cancel()
        if self.scene is None:
            self._marks.say(WAITING)
        self._building = self._bridge.submit(
            lambda: opened(volume, frame, window, known, processor=processor), self._take, self._give_up, self
        )

    def show_overlay(self, overlay: Overlay | None) -> None:
        """Lay something over the volume, also over the next one; None takes it away."""
        self._overlay = overlay
        if self._tinting is not None:
            self._tinting.cancel()
        if self.scene is None:
            return
        if overlay is None:
            self._become(replace(self.scene, tint=None))
            return
        base, known = self.scene.solid, self.scene.tint
        self._tinting = self._bridge.submit(
            lambda: _tinted(overlay, base, known), self._take_tint, self.failed.emit, self
        )

    def clear(self) -> None:
        """Show nothing, and give the memory back."""
        self._cancel()
        had = self.scene is not None
        self.scene = self.opened = self._overlay = self._wish = self._before = None
        self._rest.stop()
        self._marks.say("")
        self._mirror(moving=False)
        if had:
            self.changed.emit(None)

    def set_mode(self, mode: Mode) -> None:
        self._look(lambda look: replace(look, mode=mode, preset=""))

    def set_preset(self, preset: Preset) -> None:
        """Mode and transfer function by name."""
        if self.opened is not None:
            first = self.opened.first.window
            self._look(lambda look: preset.applied(look, first))

    def set_transfer(self, transfer: Transfer) -> None:
        self._look(lambda look: replace(look, transfer=transfer, preset=transfer.name), moving=True)

    def set_window(self, window: Window) -> None:
        self._look(lambda look: replace(look, window=window), moving=True)

    def set_surface(self, value: float) -> None:
        """The value at which the surface lies."""
        self._look(lambda look: replace(look, iso=value), moving=True)

    def set_clip(self, clip: Clip) -> None:
        self._look(lambda look: replace(look, clip=clip), moving=True)

    def set_camera(self, camera: Camera) -> None:
        if self.scene is not None:
            self._become(replace(self.scene, camera=camera), moving=True)

    def stand(self, side: str) -> None:
        """Look from one of the standard sides."""
        if self.scene is not None:
            self._become(replace(self.scene, camera=self.scene.camera.facing(side)))

    def reset(self) -> None:
        """From the front, all of it in sight."""
        if self.scene is not None:
            self._become(replace(self.scene, camera=Camera()))

    def set_boxed(self, boxed: bool) -> None:
        """Draw the volume's box, or not."""
        self._marks.boxed = boxed
        self._marks.update()

    def grab_image(self, size: QSize | None = None, *, marked: bool = True) -> QImage:
        """The picture at any size, as fine as at rest, with box and letters if `marked`; null with no volume."""
        if self.scene is None or self._surface is None:
            return QImage()
        image = self._surface.picture(self.scene, size or self.size())
        if marked:
            painter = QPainter(image)
            painter.setFont(self.font())
            draw_marks(painter, image.rect(), self.scene, boxed=self._marks.boxed)
            painter.end()
        return image

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.scene is not None:
            self._drag = gestures.Drag.begun(event)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.scene is None or self._drag is None:
            return
        scene = self.scene
        camera, look = self._drag.moved(event.position(), scene.camera, scene.look, scene.levels.grid, self._size())
        self._become(replace(scene, camera=camera, look=look), moving=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.scene is not None:
            camera = gestures.wheeled(event, self.scene.camera, self.scene.levels.grid, self._size())
            self._become(replace(self.scene, camera=camera), moving=True)
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        camera = None if self.scene is None else gestures.pressed(event, self.scene.camera)
        if camera is None or self.scene is None:
            super().keyPressEvent(event)
        else:
            self._become(replace(self.scene, camera=camera))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._marks.set_lit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._marks.set_lit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.clear()
        if self._surface is not None:
            self._surface.close_down()
        super().closeEvent(event)

    def _size(self) -> tuple[int, int]:
        return (self.width(), self.height())

    def _look(self, change: Callable[[Look], Look], *, moving: bool = False) -> None:
        if self.scene is not None:
            self._become(replace(self.scene, look=change(self.scene.look)), moving=moving)

    def _become(self, scene: Scene, *, moving: bool = False) -> None:
        self.scene = scene
        self._mirror(moving=moving)
        self._rest.stop()
        if moving:
            self._rest.start()
        self.changed.emit(scene)

    def _mirror(self, *, moving: bool) -> None:
        if self._surface is not None:
            self._surface.show_scene(self.scene, moving=moving)
        self._marks.show_scene(self.scene)

    def _take(self, found: Opened) -> None:
        before, known = self.scene or self._before, self.opened
        self._before = None
        self._building, self.opened = None, found
        camera = Camera() if before is None else before.camera
        look = found.look(None if before is None else before.look, known)
        self._marks.say(self._note or said(self.way))
        self._become(Scene(found.solid, camera, look))
        self.shown.emit(found)
        if self._overlay is not None:
            self.show_overlay(self._overlay)

    def _take_tint(self, tint: Tint) -> None:
        self._tinting = None
        if self.scene is not None:
            self._become(replace(self.scene, tint=tint))

    def _give_up(self, error: IsocenterError) -> None:
        self._building = None
        self._marks.say(f"The volume cannot be shown: {error}")
        self.failed.emit(error)

    def _cancel(self) -> None:
        for task in (self._building, self._tinting):
            if task is not None:
                task.cancel()
        self._building = self._tinting = None

    def _ready_surface(self) -> Surface:
        if self._surface is None:
            self._place(made_surface("card" if by_card(self.way) else "processor", self._bridge, self))
        assert self._surface is not None
        return self._surface

    def _place(self, surface: Surface) -> None:
        self._surface = surface
        surface.broke.connect(self._fall_back, Qt.ConnectionType.QueuedConnection)
        surface.show()
        self._arrange()

    def _fall_back(self, error: object) -> None:
        """The card cannot: the processor takes over. It cannot compile: coarse pictures, and a word about it."""
        if self._surface is None or self._surface.way == "processor":
            self._marks.say("Compiled drawing does not work here, so pictures stay coarse.")
            return
        self._before, self.scene, self.way = self.scene, None, "processor"
        self._surface.close_down()
        self._surface.deleteLater()
        self._surface = None
        self._note = "OpenGL could not draw this, so the processor does."
        self._marks.show_scene(None)
        if self._wish is not None:
            self.show_volume(*self._wish)

    def _arrange(self) -> None:
        for part in (self._surface, self._marks):
            if part is not None:
                part.setGeometry(self.rect())
        self._marks.raise_()


def _tinted(overlay: Overlay, base: Solid, known: Tint | None) -> Tint:
    """The overlay made ready; of the same values in other colours only the colours change."""
    same = known is not None and known.overlay.volume is overlay.volume and known.overlay.frame == overlay.frame
    if known is not None and same and known.base is base:
        return replace(known, overlay=overlay)
    return Tint.of(overlay, base)
