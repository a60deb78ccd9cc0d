"""What draws a scene: the card or the processor, alike to whoever holds them."""

from typing import Any, Literal, Protocol

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.volume.scene import Scene

Way = Literal["card", "processor"]


class Surface(Protocol):
    """A widget that mirrors a scene. `broke` tells that it cannot."""

    way: Way
    broke: Any

    def show_scene(self, scene: Scene | None, *, moving: bool = False) -> None: ...
    def picture(self, scene: Scene, size: QSize) -> QImage: ...
    def close_down(self) -> None: ...
    def show(self) -> None: ...
    def setGeometry(self, area: QRect, /) -> None: ...
    def deleteLater(self) -> None: ...


def made_surface(way: Way, bridge: Bridge, parent: QWidget) -> Surface:
    """A surface in `parent`; pyqtgraph and OpenGL are imported where the card draws, and only there."""
    if way == "card":
        from desktop.volume.gl.surface import CardSurface

        return CardSurface(parent)
    from desktop.volume.processor_surface import ProcessorSurface

    return ProcessorSurface(bridge, parent)
