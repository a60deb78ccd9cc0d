"""Volumes and what lies over them made ready for drawing, off the GUI thread."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.bridge import Bridge, Task
from desktop.volume.opening import Opened, opened
from desktop.volume.solid import Solid, Tint
from engine.imaging.volume import Volume
from engine.pictures.overlay import Overlay
from engine.pictures.window import Window


class Making(QObject):
    """`made` tells an Opened, `tinted` a Tint, `unmade` and `untinted` why there is none; only the last asked for."""

    made = Signal(object)
    tinted = Signal(object)
    unmade = Signal(object)
    untinted = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._building: Task | None = None
        self._tinting: Task | None = None

    def make(self, volume: Volume, frame: int, window: Window | None, known: Opened | None, *, processor: bool) -> None:
        """Have a frame of a volume made ready for who draws; `known` is the one before, which may be of use."""
        self.cancel()
        self._building = self._bridge.submit(
            lambda: opened(volume, frame, window, known, processor=processor), self._made, self._not_made, self
        )

    def tint(self, overlay: Overlay, base: Solid, known: Tint | None) -> None:
        """Have an overlay laid on the grid of a volume; `known` is the one before, which may be of use."""
        self.stop_tinting()
        self._tinting = self._bridge.submit(
            lambda: tinted(overlay, base, known), self._tinted, self.untinted.emit, self
        )

    def stop_tinting(self) -> None:
        """Let the overlay be that is being made."""
        if self._tinting is not None:
            self._tinting.cancel()
        self._tinting = None

    def cancel(self) -> None:
        """Make nothing of what was asked for."""
        if self._building is not None:
            self._building.cancel()
        self._building = None
        self.stop_tinting()

    def _made(self, found: Opened) -> None:
        self._building = None
        self.made.emit(found)

    def _not_made(self, error: object) -> None:
        self._building = None
        self.unmade.emit(error)

    def _tinted(self, tint: Tint) -> None:
        self._tinting = None
        self.tinted.emit(tint)


def tinted(overlay: Overlay, base: Solid, known: Tint | None) -> Tint:
    """The overlay made ready; of the same values in other colours only the colours change."""
    same = known is not None and known.overlay.volume is overlay.volume and known.overlay.frame == overlay.frame
    if known is not None and same and known.base is base:
        before = known.overlay
        if (before.labels, before.even, before.signed) == (overlay.labels, overlay.even, overlay.signed):
            return replace(known, overlay=overlay)
    return Tint.of(overlay, base)
