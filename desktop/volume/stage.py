"""Where a scene is drawn in a volume view: on a surface of the card's or the processor's, below the marks."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.volume.choosing import Way, by_card
from desktop.volume.marks import Marks
from desktop.volume.scene import Scene
from desktop.volume.surfaces import Surface, made_surface


class Stage(QObject):
    """Makes its surface when a volume is first shown. `broke` tells that it could not draw, and with which error."""

    broke = Signal(object)

    def __init__(self, bridge: Bridge, view: QWidget) -> None:
        super().__init__(view)
        self.surface: Surface | None = None
        self.marks = Marks(view)
        self._bridge = bridge
        self._view = view

    @property
    def drawn_by(self) -> str:
        """Who draws: "card" or "processor"; empty before the first volume."""
        return "" if self.surface is None else self.surface.way

    def ready(self, way: Way) -> Surface:
        """The surface there is, or one as wished."""
        if self.surface is None:
            self.surface = made_surface("card" if by_card(way) else "processor", self._bridge, self._view)
            self.surface.broke.connect(self.broke, Qt.ConnectionType.QueuedConnection)
            self.surface.show()
            self.arrange()
        return self.surface

    def mirror(self, scene: Scene | None, *, moving: bool) -> None:
        """Show a scene, or nothing."""
        if self.surface is not None:
            self.surface.show_scene(scene, moving=moving)
        self.marks.show_scene(scene)

    def arrange(self) -> None:
        """Take all of the view."""
        for part in (self.surface, self.marks):
            if part is not None:
                part.setGeometry(self._view.rect())
        self.marks.raise_()

    def clear_away(self) -> None:
        """Give the surface back, for another."""
        if self.surface is not None:
            self.surface.close_down()
            self.surface.deleteLater()
        self.surface = None

    def close_down(self) -> None:
        """The view is closed: draw no more."""
        if self.surface is not None:
            self.surface.close_down()
