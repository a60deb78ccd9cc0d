"""One scan with everything to look at it: the picture, its slices and frames, loading and trouble."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QStackedWidget, QWidget

from desktop.bridge import Bridge, Task
from desktop.theme import SIZES
from desktop.viewer.cine import CineBar
from desktop.viewer.loading import Loaded, load
from desktop.viewer.memory import ViewMemory
from desktop.viewer.plane import Voxel
from desktop.viewer.slice_view import SliceView
from desktop.viewer.track import Track
from desktop.viewer.trouble import Trouble
from desktop.viewer.viewing import Viewing
from desktop.widgets.text import text
from engine.cohort.cohort import Scan
from engine.errors import IsocenterError

PATIENCE_MS = 150


class ScanPane(QWidget):
    """Asks for a scan off the GUI thread; the picture before stays until it is there.

    `arrived` tells that a scan is shown, `changed` the viewing after every change, `marked` a chosen voxel,
    `activated` that the user turned to this pane.
    """

    arrived = Signal()
    changed = Signal(object)
    marked = Signal(object)
    activated = Signal()

    def __init__(self, bridge: Bridge, memory: ViewMemory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scan: Scan | None = None
        self.loaded: Loaded | None = None
        self.view = SliceView()
        self.slices = Track(Qt.Orientation.Vertical, "Slice")
        self.cine = CineBar()
        self.trouble = Trouble(self.load_again)
        self.loading = text("", "caption", "muted")
        self._bridge = bridge
        self._memory = memory
        self._task: Task | None = None
        self._shown: Scan | None = None
        self._wish: tuple[Voxel | None, int | None] = (None, None)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._build()

    @property
    def viewing(self) -> Viewing | None:
        """What is on the screen: of the scan asked for, or of the one before while that is loading."""
        return self.view.viewing

    @property
    def waiting(self) -> bool:
        """Whether the scan asked for is not there yet."""
        return self._task is not None

    def show_scan(self, scan: Scan, voxel: Voxel | None = None, frame: int | None = None) -> None:
        """Ask for a scan, at a voxel and frame if they are given; only the last asked for is ever shown."""
        self._wish = (voxel, frame)
        if self.scan is not None and scan == self.scan:
            self._grant()
            return
        self.scan = scan
        self.load_again()

    def load_again(self) -> None:
        """Read the file anew."""
        scan = self.scan
        if scan is None:
            return
        self._forget_task()
        self.cine.stop()
        self._task = self._bridge.submit(
            partial(load, scan.path), partial(self._arrived, scan), partial(self._failed, scan), owner=self
        )
        self._patience.start()

    def become(self, viewing: Viewing) -> None:
        """Show this, remember it for the next patient, and tell."""
        self.view.show_viewing(viewing)
        self._follow(viewing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress):
            self.activated.emit()
        return super().eventFilter(watched, event)

    def _arrived(self, scan: Scan, loaded: Loaded) -> None:
        self._settle()
        self.loaded, self._shown = loaded, scan
        self.stack.setCurrentWidget(self.view)
        viewing = self._memory.first_look(scan.role, loaded)
        self.view.show_viewing(viewing, _names(scan))
        self._grant()
        self._follow(self.view.viewing or viewing)
        self.arrived.emit()

    def _failed(self, scan: Scan, error: IsocenterError) -> None:
        self._settle()
        self.loaded = self._shown = None
        self.view.clear()
        self._enable(False)
        self.trouble.show_error(f"{scan.role} of {scan.patient} cannot be shown", error)
        self.stack.setCurrentWidget(self.trouble)
        self.arrived.emit()

    def _grant(self) -> None:
        """Go to the voxel and frame wished for, once the scan is there."""
        voxel, frame = self._wish
        viewing = self.viewing
        if self.waiting or viewing is None:
            return
        if voxel is not None and voxel != viewing.marked and _within(voxel, viewing):
            viewing = viewing.marking(voxel)
        if frame is not None and frame != viewing.frame:
            viewing = viewing.at_frame(frame)
        if viewing is not self.viewing:
            self.become(viewing)

    def _follow(self, viewing: Viewing) -> None:
        self.slices.show_position(viewing.index, viewing.plane.count)
        self.cine.show_viewing(viewing)
        if self._shown is not None:
            self._memory.keep(self._shown.role, viewing)
        self.changed.emit(viewing)

    def _settle(self) -> None:
        self._task = None
        self._patience.stop()
        self.loading.hide()

    def _forget_task(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _say_loading(self) -> None:
        if self.scan is not None:
            self.loading.setText(f"Loading {self.scan.patient} {self.scan.role}…")
            self.loading.show()
            self.loading.raise_()

    def _to_slice(self, index: int) -> None:
        if self.viewing is not None:
            self.become(self.viewing.at_slice(index))

    def _enable(self, able: bool) -> None:
        self.slices.setEnabled(able)
        self.cine.setEnabled(able)

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.trouble)
        self.view.changed.connect(self._follow)
        self.view.marked.connect(self.marked)
        self.slices.valueChanged.connect(self._to_slice)
        self.cine.wanted.connect(self.become)
        self._patience.timeout.connect(self._say_loading)
        self._enable(False)
        grid = QGridLayout(self)
        grid.setSpacing(0)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.stack, 0, 0)
        grid.addWidget(self.slices, 0, 1)
        grid.addWidget(self.cine, 1, 0, 1, 2)
        grid.addWidget(_over(self.loading), 0, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        for part in (self.view, self.slices, self.cine.track):
            part.installEventFilter(self)


def _names(scan: Scan) -> tuple[str, ...]:
    excluded = (f"Excluded: {scan.excluded}",) if scan.excluded else ()
    return (scan.patient, scan.role, *excluded)


def _within(voxel: Voxel, viewing: Viewing) -> bool:
    return all(0 <= v < size for v, size in zip(voxel, viewing.plane.shape, strict=True))


def _over(label: QLabel) -> QLabel:
    """A label that lies on the picture and takes no clicks."""
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    label.setProperty("badge", True)
    label.setContentsMargins(SIZES.s, SIZES.xs, SIZES.s, SIZES.xs)
    label.hide()
    return label
