"""The inspector of the cohort page: everything known of the selected patient."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.cohort_rows import PatientRow, counted
from desktop.pages.cohort.scan_card import ScanCard
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.chips import dot_icon
from desktop.widgets.text import Elided, text

if TYPE_CHECKING:
    from engine.cohort import Scan


class PatientDetails(QScrollArea):
    """Follows the selection."""

    def __init__(self, session: Session) -> None:
        super().__init__(widgetResizable=True)
        self._session = session
        self._shown: tuple[object, ...] = ()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        session.selection.patient_changed.connect(self.refresh)
        session.cohort_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the selected patient, or what to do to see one."""
        key = self._session.selection.current.patient
        row = None if key is None else self._session.roster.by_key.get(key)
        shown = (row, *(self._color(target, row) for target in row.labels)) if row is not None else ()
        if row is not None and shown == self._shown:
            return
        self._shown = shown
        body = QWidget()
        column = column_box(body, gap=SIZES.s, margins=(SIZES.l, SIZES.l, SIZES.l, SIZES.l))
        if row is None:
            column.addWidget(
                text("Select a patient to see its scans and what their files say.", tone="muted", wrap=True)
            )
        else:
            self._describe(column, row)
        column.addStretch()
        self.setWidget(body)

    def _describe(self, column: QVBoxLayout, row: PatientRow) -> None:
        patient = row.patient
        column.addWidget(Elided(row.name, "section"))
        if row.vault:
            column.addWidget(text("In the test vault: takes part in no division", "caption", "accent", wrap=True))
        for target in sorted({*row.labels, *row.several}):
            column.addLayout(_pair(target.capitalize(), row.label(target), self._color(target, row)))
        for name, value in sorted(patient.covariates.items()):
            column.addLayout(_pair(name.capitalize(), value))
        column.addSpacing(SIZES.s)
        column.addWidget(text(counted(len(patient.scans), "scan"), "caption", "muted"))
        for scan in patient.scans:
            card = ScanCard(scan, patient.labels)
            card.judged.connect(partial(self._judge, scan))
            column.addWidget(card)

    def _color(self, target: str, row: PatientRow) -> str:
        return "" if target in row.several else self._session.class_color(target, row.label(target))

    def _judge(self, scan: "Scan", reason: str) -> None:
        from engine.cohort.edits import AcceptScans

        self._session.editing.make(AcceptScans((scan.id,), reason))


def _pair(name: str, value: str, color: str = "") -> QHBoxLayout:
    row = row_box(gap=SIZES.s)
    label = Elided(name, tone="muted")
    label.setFixedWidth(88)
    row.addWidget(label)
    if color:
        dot = QLabel()
        dot.setPixmap(dot_icon(color).pixmap(SIZES.dot, SIZES.dot))
        row.addWidget(dot)
    row.addWidget(Elided(value), 1)
    return row
