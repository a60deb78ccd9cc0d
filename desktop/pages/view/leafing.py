"""Going through the single pictures of a patient as through the slices of a scan."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.viewer.picture_stack import PictureStack, remembered_as, stack_of
from engine.cohort.cohort import Patient, Scan

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage


REST_MS = 120


class Leafing(QObject):
    """Knows the `stack` that the picture in front lies in; None where it is no such picture, or one beside it compared.

    While one goes from picture to picture, what stands beside them waits for a `rest`.
    """

    def __init__(self, page: "ViewPage") -> None:
        super().__init__(page)
        self.stack: PictureStack | None = None
        self.rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._turns = False
        self._page = page
        page.panes.turned.connect(self._turn)
        page.panes.memory.role_of = self._remembered

    def follow(self, patient: Patient, scan: Scan) -> None:
        """Another scan is in front: say which picture of how many it is, and have those around it read."""
        panes = self._page.panes
        stack = self.stack = None if panes.company else stack_of(patient, scan)
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

    def _remembered(self, scan: Scan) -> str:
        """The pictures of a stack are looked at alike."""
        cohort = self._page.session.cohort
        patient = None if cohort is None else cohort.by_key.get(scan.patient)
        return scan.role if patient is None else remembered_as(patient, scan)

    def _turn(self, steps: int, around: bool) -> None:
        if self.stack is not None:
            wanted = self.stack.beyond(steps, around=around)
            if wanted != self._page.scan:
                self._page.panes.front.set_among(self.stack.scans.index(wanted), len(self.stack.scans))
                self._turns = True
                self._page.session.selection.set(scan=wanted.id)
                self._turns = False
