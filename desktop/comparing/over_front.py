"""The other scan of a comparison, laid over the one in front as soon as both are there."""

from PySide6.QtCore import QObject, Signal

from desktop.bridge import Bridge
from desktop.comparing.comparison import Comparison
from desktop.comparing.laying import LaidScan, laid_over, layer_of, renewed
from desktop.comparing.link import frame_like
from desktop.comparing.names import with_frame
from desktop.comparing.other_scan import OtherScan
from desktop.comparing.swipe_line import SwipeLine
from desktop.viewer.ahead import Ahead
from desktop.viewer.memory import ViewMemory
from desktop.viewer.scan_pane import ScanPane
from desktop.viewer.scan_values import Loaded
from engine.cohort.cohort import Scan
from engine.errors import IsocenterError
from engine.pictures.layer import Layer
from engine.pictures.sampling import begin_readiness
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window


class OverFront(QObject):
    """`changed` tells that `note`, `trouble` or `reading` may have: what is to be said, and why there is nothing."""

    changed = Signal()

    def __init__(self, bridge: Bridge, ahead: Ahead, memory: ViewMemory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.line = SwipeLine()
        self.trouble: IsocenterError | None = None
        self._other = OtherScan(bridge, ahead, self)
        self._other.ready.connect(self._ready)
        self._other.failed.connect(self._fell)
        self._memory = memory
        self._pane: ScanPane | None = None
        self._comparison: Comparison | None = None
        self._names = ("", "")
        self._whose = ""
        self._laid: LaidScan | None = None
        self._layer: Layer | None = None
        self._window: Window | None = None
        self.line.windowed.connect(self._set_window)

    @property
    def note(self) -> str:
        """What has to be known of how the two lie on each other."""
        return "" if self._laid is None else self._laid.note

    @property
    def notes(self) -> tuple[str, ...]:
        """All that is said of the two in the picture."""
        comparison = self._comparison
        scan = None if comparison is None or comparison.other.frame is not None else comparison.other.scan
        excluded = f"{self._names[1]} is excluded: {scan.excluded}" if scan is not None and scan.excluded else ""
        return tuple(note for note in (self.note, excluded) if note)

    @property
    def reading(self) -> bool:
        """Whether the other scan is still to come."""
        return self._other.reading

    def lay(self, pane: ScanPane, comparison: Comparison, names: tuple[str, str], whose: str) -> None:
        """Lay the other scan over a pane's; `names` call both, `whose` the other's patient where that is another."""
        if self._pane is not None and self._pane is not pane:
            self._pane.planes.lay_over((), "compare")
        if self._comparison is None or comparison.other != self._comparison.other:
            self.trouble = self._window = None
        if whose != self._whose:
            self._laid = None
        self._pane, self._comparison, self._names, self._whose = pane, comparison, names, whose
        if comparison.other.frame is None:
            self._other.want(comparison.other.scan)
        else:
            self._other.let_go()
        self.renew()

    def renew(self) -> None:
        """Lay it as the scan in front is looked at now."""
        pane, comparison, loaded = self._pane, self._comparison, self._loaded()
        viewing = None if pane is None or pane.filling else pane.viewing
        if pane is None or comparison is None or viewing is None or loaded is None:
            return
        laid = self._placed(viewing, loaded)
        if laid is None:
            pane.planes.lay_over((), "compare")
            return
        window, frame = self._look(viewing, comparison, loaded)
        layer = layer_of(laid, comparison, self._names[1], window, frame)
        self._layer = renewed(self._layer, layer)
        self.line.say(*self._sides(viewing, layer), self.notes)
        self.line.own_window = window != viewing.window
        pane.planes.lay_over((self._layer,), "compare")

    @staticmethod
    def expect() -> None:
        """Have what samples another scan compiled by the time that one is laid over: the first pictures are slow
        without."""
        begin_readiness()

    def try_again(self) -> None:
        """Have the other scan read anew, where it could not be: its file may be there by now."""
        if self.trouble is not None:
            self.trouble = None
            self._other.try_again()

    def let_go(self) -> None:
        """Lay nothing over anything, and keep nothing."""
        if self._pane is not None:
            self._pane.planes.lay_over((), "compare")
        self._other.let_go()
        self._pane = self._comparison = self._laid = self._layer = self.trouble = self._window = None

    def _loaded(self) -> Loaded | None:
        if self._comparison is None or self._pane is None:
            return None
        return self._other.loaded if self._comparison.other.frame is None else self._pane.loaded

    def _placed(self, viewing: Viewing, loaded: Loaded) -> LaidScan | None:
        laid = self._laid
        if laid is not None and (laid.base, laid.source) == (viewing.volume, loaded.volume):
            return laid
        self._laid = self._layer = None
        try:
            self._laid = laid_over(viewing.volume, loaded.volume, self._whose)
            self.trouble = None
        except IsocenterError as error:
            self.trouble = error
        return self._laid

    def _look(self, viewing: Viewing, comparison: Comparison, loaded: Loaded) -> tuple[Window, int]:
        """The window and frame of the other scan: as it was last looked at, or like the one in front."""
        other, volume = comparison.other, loaded.volume
        if other.frame is not None:
            return viewing.window, min(other.frame, volume.frames - 1)
        kept = self._memory.of(self._memory.role_of(other.scan), other.scan.patient)
        window = loaded.auto if kept is None else kept.window_for(loaded)
        if self._is_like_front(other.scan):
            return self._window or window, frame_like(viewing, volume)
        frame = loaded.brightest if kept is None else kept.frame_in(volume.frame_axis.values, volume.frames)
        return self._window or window, frame

    def _is_like_front(self, scan: Scan) -> bool:
        front, role_of = None if self._pane is None else self._pane.scan, self._memory.role_of
        return front is not None and role_of(scan) == role_of(front)

    def _sides(self, viewing: Viewing, layer: Layer) -> tuple[str, str]:
        """What is left and right of the line, and in which frame; frames of one scan are called so already."""
        front, other = self._names
        if self._comparison is None or self._comparison.other.frame is not None:
            return front, other
        overlay = layer.overlay
        return with_frame(front, viewing.volume, viewing.frame), with_frame(other, overlay.volume, overlay.frame)

    def _set_window(self, window: Window) -> None:
        self._window = window
        self.renew()

    def _ready(self) -> None:
        self.renew()
        self.changed.emit()

    def _fell(self, error: IsocenterError) -> None:
        self.trouble = error
        self.changed.emit()
