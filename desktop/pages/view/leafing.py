"""Going through the single pictures of a patient as through the slices of a scan."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.viewer.picture_stack import PictureStack, stack_of
from engine.cohort.cohort import Patient, Scan

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage


REST_MS = 120


class Leafing(QObject):
    """Knows the `stack` that the picture in front lies in; None where it is no such picture, or not alone.

    While one goes from picture to picture, what stands beside them waits for a `rest`.
    """

    def __init__(self, page: "ViewPage") -> None:
        super().__init__(page)
        self.stack: PictureStack | None = None
        self.rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._turns = False
        self._page = page
        page.panes.turned.connect(self._turn)

    def follow(self, patient: Patient, scan: Scan, *, alone: bool) -> None:
        """Another scan is in front: say which picture of how many it is, and have those around it read."""
        panes = self._page.panes
        stack = self.stack = stack_of(patient, scan) if alone else None
        panes.front.set_among(*((0, 1) if stack is None else (stack.place, len(stack.scans))))
        for pane in panes.panes:
            if pane is not panes.front:
                pane.set_among(0, 1)
        if stack is None:
            panes.ahead.pictures.forget()
        else:
            panes.ahead.pictures.expect(tuple(each.source for each in stack.nearest()))

    def let_go(self) -> None:
        """Nothing is shown any more."""
        self.stack = None
        self.rest.stop()

    def waits(self) -> bool:
        """Whether a picture was turned to that is there already: its facts can wait until nobody turns on."""
        waits = self._turns and not self._page.panes.front.filling
        if waits:
            self.rest.start()
        return waits

    def _turn(self, steps: int, around: bool) -> None:
        if self.stack is not None:
            wanted = self.stack.beyond(steps, around=around)
            if wanted != self._page.scan:
                self._page.panes.front.set_among(self.stack.scans.index(wanted), len(self.stack.scans))
                self._turns = True
                self._page.session.selection.set(scan=wanted.id)
                self._turns = False
