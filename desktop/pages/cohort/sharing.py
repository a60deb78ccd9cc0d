"""The selection of the tables and that of the whole window are one: each follows the other."""

from PySide6.QtCore import QObject

from desktop.cohort_arranging import Heading
from desktop.cohort_scan_rows import ScanRow
from desktop.pages.cohort.sheet import Sheet
from desktop.selection import Selected
from desktop.session import Session


class Sharing(QObject):
    """Between the session and one table."""

    def __init__(self, session: Session, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._session, self._sheet = session, sheet
        self._choosing = False
        chooser = sheet.table.selectionModel()
        chooser.currentRowChanged.connect(self._chosen)
        chooser.selectionChanged.connect(self._chosen)
        session.selection.patient_changed.connect(self.follow)

    def follow(self, selected: Selected) -> None:
        """Go to the selected patient, or to its scan."""
        if not self._choosing:
            self._sheet.table.go_to(self._place(selected))

    def follow_again(self) -> None:
        """The same after other rows are shown, unless some are selected."""
        selected = self._session.selection.current
        if selected.patient is not None and not self._sheet.table.selected_count():
            self.follow(selected)

    def _place(self, selected: Selected) -> int:
        row_of = self._sheet.model.row_of
        here = row_of(selected.patient)
        if here >= 0 or selected.patient is None:
            return here
        if selected.scan is not None:
            return row_of(selected.scan)
        row = self._session.roster.by_key.get(selected.patient)
        return -1 if row is None else row_of(next(iter(row.scan_numbers), None))

    def _chosen(self, *_: object) -> None:
        """Follow the current row once it is selected too: the focus alone makes a row current, but chooses nobody."""
        chooser = self._sheet.table.selectionModel()
        index = chooser.currentIndex()
        if not index.isValid() or not chooser.isSelected(index):
            return
        row = self._sheet.model.lines[index.row()]
        if isinstance(row, Heading):
            return
        self._choosing = True
        if isinstance(row, ScanRow):
            self._session.selection.set(patient=row.patient.key, scan=row.key)
        else:
            self._session.selection.set(patient=row.key)
        self._choosing = False
