"""A scan of the selected patient: what it is, what its certificate says, and whether it may take part."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop.cohort_rows import counted, is_failed
from desktop.formats import format_label
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.certificate import certificate_column
from desktop.widgets.text import Elided, text
from engine.cohort.edits.judging import CHECKED

if TYPE_CHECKING:
    from engine.cohort import Scan

KEPT_OUT = "Kept out of training"


class ScanCard(QFrame):
    """`judged(reason)` accepts a scan whose geometry failed; with an empty reason it takes that back."""

    judged = Signal(str)

    def __init__(
        self, scan: "Scan", of_patient: Mapping[str, str] = MappingProxyType({}), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.reason = QLineEdit(CHECKED)
        self.use_anyway = push("Use anyway", self._ask, tip="Let it take part in training although its geometry failed")
        self.accept = push("Use it", self._accept, kind="primary", tip="The reason is kept with the scan")
        self.take_back = push("Keep it out again", lambda: self.judged.emit(""), kind="link")
        self._question = QWidget()
        self._column = column_box(self, gap=SIZES.xs, margins=(SIZES.m, SIZES.s, SIZES.m, SIZES.m))
        self._describe(scan)
        self._say_own(scan, of_patient)
        if scan.doubts:
            self._column.addSpacing(SIZES.xs)
            self._column.addLayout(certificate_column(scan.certificate, scan.doubts))
        self._say_standing(scan)

    def _describe(self, scan: "Scan") -> None:
        head = row_box(gap=SIZES.s)
        head.addWidget(Elided(scan.role, "strong"), 1)
        head.addWidget(
            text(
                " ".join(filter(None, (scan.modality, format_label(scan.source.reader, scan.format)))),
                "caption",
                "muted",
            )
        )
        self._column.addLayout(head)
        frames = f", {counted(scan.frames, 'frame')}" if scan.frames > 1 else ""
        self._column.addWidget(text(" × ".join(map(str, scan.shape)) + frames, "caption"))
        several = f" ({counted(len(scan.source.files), 'file')})" if len(scan.source.files) > 1 else ""
        path = Elided(scan.path.name + several, "caption", "muted", Qt.TextElideMode.ElideMiddle)
        path.setToolTip(str(scan.path))
        self._column.addWidget(path)

    def _say_own(self, scan: "Scan", of_patient: Mapping[str, str]) -> None:
        """Its visit and source, and the labels in which it differs from its patient."""
        told = [f"visit {scan.visit}" if scan.visit else "", f"from {scan.origin}" if scan.origin else ""]
        told += [f"{name}: {value}" for name, value in scan.labels.items() if of_patient.get(name) != value]
        if any(told):
            self._column.addWidget(Elided(", ".join(filter(None, told)), "caption", "muted"))

    def _say_standing(self, scan: "Scan") -> None:
        if scan.excluded:
            self._column.addWidget(text(f"Excluded: {scan.excluded}", "caption", "bad", wrap=True))
        elif is_failed(scan):
            self._column.addSpacing(SIZES.xs)
            self._offer()
        elif scan.accepted:
            self._column.addWidget(text(f"Used although it failed: {scan.accepted}", "caption", "warn", wrap=True))
            self._column.addWidget(self.take_back, alignment=Qt.AlignmentFlag.AlignLeft)

    def _offer(self) -> None:
        row = row_box(gap=SIZES.s)
        row.addWidget(text(KEPT_OUT, "caption", "bad"), 1)
        row.addWidget(self.use_anyway)
        self._column.addLayout(row)
        asked = column_box(self._question, gap=SIZES.s)
        asked.addWidget(text("Why may it be used?", "caption", "muted"))
        asked.addWidget(self.reason)
        answers = row_box(gap=SIZES.s)
        answers.addWidget(push("Cancel", self._ask_no_more, kind="quiet"))
        answers.addStretch()
        answers.addWidget(self.accept)
        asked.addLayout(answers)
        self.reason.setAccessibleName("Why may it be used?")
        self.reason.returnPressed.connect(self._accept)
        self._question.hide()
        self._column.addWidget(self._question)

    def _ask(self) -> None:
        self._question.show()
        self.use_anyway.hide()
        self.reason.setFocus()
        self.reason.selectAll()

    def _ask_no_more(self) -> None:
        self._question.hide()
        self.use_anyway.show()

    def _accept(self) -> None:
        self.judged.emit(self.reason.text().strip() or CHECKED)
