"""The volume view in its cell beside the planes."""

from functools import cached_property

from PySide6.QtWidgets import QWidget

from desktop.bridge import Bridge
from desktop.volume.strip import VolumeStrip
from desktop.volume.volume_view import VolumeView
from desktop.widgets.boxes import column_box
from engine.imaging.volume import Volume
from engine.pictures.viewing import Viewing


class VolumeSlot(QWidget):
    """Follows the planes to the same volume and frame; its look is its own."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = VolumeView(bridge)
        self._volume: Volume | None = None
        self._frame = 0
        column_box(self).addWidget(self.view)

    @cached_property
    def strip(self) -> VolumeStrip:
        """What changes its look; whoever asks for it has to find it a place."""
        return VolumeStrip(self.view)

    def show_viewing(self, viewing: Viewing) -> None:
        """Show the volume of what is looked at, as often as it is told."""
        if viewing.volume is not self._volume or viewing.frame != self._frame:
            self._volume, self._frame = viewing.volume, viewing.frame
            self.view.show_volume(viewing.volume, viewing.frame)

    def clear(self) -> None:
        """Show nothing, and keep nothing of the volume."""
        if self._volume is not None:
            self._volume = None
            self.view.clear()
