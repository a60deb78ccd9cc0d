"""A volume seen from any side."""

from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QFocusEvent, QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.volume.camera import Camera
from desktop.volume.choosing import Way, by_card, said
from desktop.volume.making import Making
from desktop.volume.marks import draw_marks
from desktop.volume.opening import Opened
from desktop.volume.presets import Preset
from desktop.volume.scene import Scene
from desktop.volume.scene_view import SceneView
from desktop.volume.solid import Tint
from desktop.volume.stage import Stage
from engine.errors import IsocenterError
from engine.imaging.volume import Volume
from engine.pictures.overlay import Overlay
from engine.pictures.window import Window

SMALLEST = QSize(120, 120)
WAITING = "Preparing the volume…"


class VolumeView(SceneView):
    """Draws its scene. `shown` tells that a volume stands, `failed` why one does not.

    `way` is who draws: "card", "processor", or "auto" for what this machine does best. Building happens off the GUI
    thread, and the old picture stays meanwhile.
    """

    shown = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, way: Way = "auto", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened: Opened | None = None
        self.way = way
        self._stage = Stage(bridge, self)
        self._making = Making(bridge, self)
        self._overlay: Overlay | None = None
        self._note = ""
        self._wish: tuple[Volume, int, Window | None] | None = None
        self._before: Scene | None = None
        self._connect()
        self.setAccessibleName("Volume: drag to turn, wheel to zoom, 1 to 6 for the standard sides, 0 for the first")
        self.setMinimumSize(SMALLEST)

    @property
    def drawn_by(self) -> str:
        """Who draws: "card" or "processor"; empty before the first volume."""
        return self._stage.drawn_by

    @property
    def message(self) -> str:
        """What the view says about itself; usually nothing."""
        return self._stage.marks.words

    def show_volume(self, volume: Volume, frame: int = 0, window: Window | None = None) -> None:
        """Show a frame of a volume, through a window or the automatic one; of the same volume, seen as before."""
        self._wish = (volume, frame, window)
        processor = self._stage.ready(self.way).way == "processor"
        if self.scene is None:
            self._stage.marks.say(WAITING)
        self._making.make(volume, frame, window, self.opened, processor=processor)

    def show_overlay(self, overlay: Overlay | None) -> None:
        """Lay something over the volume, also over the next one; None takes it away."""
        self._overlay = overlay
        self._making.stop_tinting()
        if self.scene is None:
            return
        if overlay is None:
            self._become(replace(self.scene, tint=None))
        else:
            self._making.tint(overlay, self.scene.solid, self.scene.tint)

    def clear(self) -> None:
        """Show nothing, and give the memory back."""
        self._making.cancel()
        had = self.scene is not None
        self.scene = self.opened = self._overlay = self._wish = self._before = None
        self._rest.stop()
        self._stage.marks.say("")
        self._mirror(moving=False)
        if had:
            self.changed.emit(None)

    def set_preset(self, preset: Preset) -> None:
        """Mode and transfer function by name."""
        if self.opened is not None:
            first = self.opened.first.window
            self._look(lambda look: preset.applied(look, first))

    def set_way(self, way: Way) -> None:
        """Have somebody else draw, who shows the same at once; a word where the card was asked for in vain."""
        if way == self.way:
            return
        self._note = ""
        if self._stage.surface is None or by_card(way) == (self._stage.drawn_by == "card"):
            self.way = way
            self._stage.marks.say(said(way) if self.scene is not None else "")
        else:
            self._draw_anew(way)

    def set_boxed(self, boxed: bool) -> None:
        """Draw the volume's box, or not."""
        self._stage.marks.boxed = boxed
        self._stage.marks.update()

    @property
    def boxed(self) -> bool:
        """Whether the volume's box is drawn."""
        return self._stage.marks.boxed

    def grab_image(self, size: QSize | None = None, *, marked: bool = True, camera: Camera | None = None) -> QImage:
        """The picture at any size, as fine as at rest, with box and letters if `marked`; null with no volume.

        It may be seen by another `camera` than on the screen.
        """
        if self.scene is None or self._stage.surface is None:
            return QImage()
        scene = self.scene if camera is None else replace(self.scene, camera=camera)
        image = self._stage.surface.picture(scene, size or self.size())
        if marked:
            painter = QPainter(image)
            painter.setFont(self.font())
            draw_marks(painter, image.rect(), scene, boxed=self.boxed)
            painter.end()
        return image

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._stage.marks.set_lit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._stage.marks.set_lit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stage.arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.clear()
        self._stage.close_down()
        super().closeEvent(event)

    def _mirror(self, *, moving: bool) -> None:
        self._stage.mirror(self.scene, moving=moving)

    def _take(self, found: Opened) -> None:
        before, known = self.scene or self._before, self.opened
        self._before = None
        self.opened = found
        camera = Camera() if before is None else before.camera
        look = found.look(None if before is None else before.look, known)
        self._stage.marks.say(self._note or said(self.way))
        tint = None if before is None or before.tint is None or self._overlay is None else before.tint.over(found.solid)
        self._become(Scene(found.solid, camera, look, tint))
        self.shown.emit(found)
        if self._overlay is not None:
            self.show_overlay(self._overlay)

    def _take_tint(self, tint: Tint) -> None:
        if self.scene is not None:
            self._become(replace(self.scene, tint=tint))

    def _give_up(self, error: IsocenterError) -> None:
        self._stage.marks.say(f"The volume cannot be shown: {error}")
        self.failed.emit(error)

    def _fall_back(self, error: object) -> None:
        """The card cannot: the processor takes over. It cannot compile: coarse pictures, and a word about it."""
        if self._stage.drawn_by != "card":
            self._stage.marks.say("Compiled drawing does not work here, so pictures stay coarse.")
            return
        self._note = "OpenGL could not draw this, so the processor does."
        self._draw_anew("processor")

    def _draw_anew(self, way: Way) -> None:
        """Have the same seen drawn by somebody else."""
        self._before, self.scene, self.way = self.scene, None, way
        self._stage.clear_away()
        self._stage.marks.show_scene(None)
        if self._wish is not None:
            self.show_volume(*self._wish)

    def _connect(self) -> None:
        self._stage.broke.connect(self._fall_back)
        self._making.made.connect(self._take)
        self._making.tinted.connect(self._take_tint)
        self._making.unmade.connect(self._give_up)
        self._making.untinted.connect(self.failed)
