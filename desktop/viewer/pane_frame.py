"""How the parts of a pane lie: pictures or trouble, the frames under them, and what says that a scan is coming."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from desktop.viewer.cine import CineBar
from desktop.viewer.gestures import steps_of
from desktop.viewer.loading_sign import LoadingSign
from desktop.viewer.pane_names import PaneNames
from desktop.viewer.plane_cell import ALONE
from desktop.viewer.planes_area import PlanesArea
from desktop.viewer.scan_values import Loaded
from desktop.viewer.slice_view import SliceView
from desktop.viewer.track import Track
from desktop.viewer.trouble import Trouble
from desktop.viewer.volume_cell import Factory
from engine.cohort.cohort import Scan
from engine.pictures.viewing import Viewing

Above, Below, Middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignHCenter


class PaneFrame(QWidget):
    """Shows `scan`, as far as it is `loaded`. `again` is what the button in trouble does, `tell` says how far loading
    has come.

    `marked` tells a chosen voxel, `activated` that the user turned to this pane, `turned` that he wants so many
    pictures on, or with True the next even after the last.
    """

    marked = Signal(object)
    activated = Signal()
    turned = Signal(int, bool)

    def __init__(
        self,
        volume_view: Factory,
        again: Callable[[], None],
        tell: Callable[[], None],
        names: PaneNames,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scan: Scan | None = None
        self.loaded: Loaded | None = None
        self._names = names
        self.planes = PlanesArea(volume_view)
        self.cine = CineBar()
        self.trouble = Trouble(again)
        self.trouble.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sign = LoadingSign(tell, self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.planes)
        self.stack.addWidget(self.trouble)
        grid = QGridLayout(self)
        grid.setSpacing(0)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.stack, 0, 0)
        grid.addWidget(self.cine, 1, 0)
        grid.addWidget(self.sign.line, 0, 0, Below)
        grid.addWidget(self.sign.words, 0, 0, Middle | Above)
        self.planes.marked.connect(self.marked)
        self.planes.activated.connect(self.activated)
        self.planes.beyond.connect(lambda steps: self.turned.emit(steps, False))
        self.cine.beyond.connect(lambda: self.turned.emit(1, True))
        self.cine.track.installEventFilter(self)

    @property
    def view(self) -> SliceView:
        """The active picture."""
        return self.planes.view

    @property
    def slices(self) -> Track:
        """The slices of the active picture."""
        return self.planes.active.slices

    @property
    def viewing(self) -> Viewing | None:
        """What the active picture shows; None while nothing of the scan is there."""
        return self.planes.viewing

    def _enable(self, able: bool) -> None:
        if not able:
            self.planes.set_able(False)
        self.cine.setEnabled(able)

    def set_among(self, place: int, count: int) -> None:
        """The scan is picture `place` of `count` that are looked at as one stack, from 0 on."""
        if (place, count) != self._names.among:
            self.planes.set_among(place, count)
            self.cine.count = count
            self._call(replace(self._names, among=(place, count)))
            self._attend()

    def set_elsewhere(self, elsewhere: bool) -> None:
        """Whether it lies in another space than the scan in front."""
        self._call(replace(self._names, elsewhere=elsewhere))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A picture that cannot be shown is passed over with the same keys."""
        steps = steps_of(event) if self.loaded is None and self._names.among != ALONE else 0
        if steps:
            self.turned.emit(steps, False)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress):
            self.activated.emit()
        return super().eventFilter(watched, event)

    def _call(self, names: PaneNames) -> None:
        """Write other names on the pictures."""
        if names != self._names:
            self._names = names
            if self.scan is not None:
                self.planes.rename(names.of(self.scan))

    def _attend(self) -> None:
        """What stands beside the pictures follows them."""
        if self.viewing is not None:
            self.cine.show_viewing(self.viewing)
