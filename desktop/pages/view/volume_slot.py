"""The volume view in its cell beside the planes."""

from dataclasses import replace
from functools import cached_property

from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.volume.strip import VolumeStrip
from desktop.volume.volume_view import VolumeView
from desktop.widgets.boxes import column_box
from engine.imaging.volume import Volume
from engine.pictures.layer_values import drawable
from engine.pictures.overlay import Overlay
from engine.pictures.viewing import Viewing

GREY = "grey"


class VolumeSlot(QWidget):
    """Follows the planes to the same volume, frame and topmost layer; its look is its own."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = VolumeView(bridge)
        self._volume: Volume | None = None
        self._frame = 0
        self._overlay: Overlay | None = None
        column_box(self).addWidget(self.view)

    @cached_property
    def strip(self) -> VolumeStrip:
        """What changes its look; whoever asks for it has to find it a place."""
        return VolumeStrip(self.view)

    def show_viewing(self, viewing: Viewing) -> None:
        """Show the volume of what is looked at, and what lies over it, as often as it is told."""
        if viewing.volume is not self._volume or viewing.frame != self._frame:
            self._volume, self._frame = viewing.volume, viewing.frame
            self.view.show_volume(viewing.volume, viewing.frame)
        overlay = overlay_of(viewing)
        if not _alike(overlay, self._overlay):
            self._overlay = overlay
            self.view.show_overlay(overlay)

    def clear(self) -> None:
        """Show nothing, and keep nothing of the volume."""
        if self._volume is not None:
            self._volume = self._overlay = None
            self.view.clear()


def overlay_of(viewing: Viewing) -> Overlay | None:
    """The topmost layer that lies over all of a scan and is more than another grey picture, in its frame."""
    for layer in reversed(viewing.layers):
        look = layer.look
        if drawable(viewing, layer) and layer.region.way == "whole" and look.colour_map != GREY:
            return replace(look, frame=layer.frame_over(viewing.volume, viewing.frame))
    return None


def _alike(one: Overlay | None, other: Overlay | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.volume is other.volume and (one.frame, one.colouring) == (other.frame, other.colouring)
