"""The patient at hand, large: each scan at its middle slice first, to be looked through."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget

from desktop.session import Session
from desktop.viewer.memory import ViewMemory
from desktop.viewer.scan_pane import ScanPane
from desktop.widgets.boxes import column_box
from engine.cohort import Patient, Scan


class Picture(QWidget):
    """Shows one scan of a patient; the role looked at stays from patient to patient."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.pane = ScanPane(session.bridge, ViewMemory(), session.patient_name)
        self.tabs = QTabBar()
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.scans: tuple[Scan, ...] = ()
        self._role = ""
        column = column_box(self)
        column.addWidget(self.tabs)
        column.addWidget(self.pane, 1)
        self.tabs.currentChanged.connect(self._show)
        session.leaving.connect(lambda: self.show_patient(None))

    def gestures(self) -> tuple[tuple[str, str], ...]:
        """What mouse and keys do."""
        return (("Through the slices", "wheel, Page Up and Page Down"), ("Window", "right drag"))

    def show_patient(self, patient: Patient | None) -> None:
        """Show a patient's scans that take part; of the role looked at before, where there is one."""
        scans = () if patient is None else tuple(scan for scan in patient.scans if not scan.kept_out)
        if scans == self.scans:
            return
        self.scans = scans
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for scan in scans:
            self.tabs.addTab(" ".join(filter(None, (scan.role, scan.visit))))
        same = (number for number, scan in enumerate(scans) if scan.role == self._role)
        self.tabs.setCurrentIndex(next(same, 0))
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(scans) > 1)
        self._show(self.tabs.currentIndex())

    def step(self, by: int) -> None:
        """Another scan, so many further on; it stops at the ends."""
        if self.scans:
            self.tabs.setCurrentIndex(max(0, min(len(self.scans) - 1, self.tabs.currentIndex() + by)))
            self._role = self.scans[self.tabs.currentIndex()].role

    def _show(self, number: int) -> None:
        if not 0 <= number < len(self.scans):
            self.pane.let_go()
            return
        self.pane.show_scan(self.scans[number])
