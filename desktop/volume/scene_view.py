"""A scene that mouse, keys and setters change."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.volume import gestures
from desktop.volume.camera import Camera
from desktop.volume.clip import Clip
from desktop.volume.look import Look, Mode
from desktop.volume.scene import Scene
from desktop.volume.transfer import Transfer
from engine.pictures.window import Window

REST_MS = 150


class SceneView(QWidget):
    """Mirrors `scene` once a subclass says how. `changed` tells another one, by hand or by a setter, or None."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene: Scene | None = None
        self._drag: gestures.Drag | None = None
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(lambda: self._mirror(moving=False))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def set_mode(self, mode: Mode) -> None:
        self._look(lambda look: replace(look, mode=mode, preset=""))

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
        """Draw the scene: quickly while it moves, as well as can be where it rests."""
        raise NotImplementedError
