"""The test vault: who is set aside, and every time that it was opened."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.cohort_rows import counted
from desktop.forms.editors import Whole
from desktop.forms.spec import Spec
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import text
from desktop.widgets.titled_card import TitledCard
from engine.cohort.dividing.vault import seen_words

if TYPE_CHECKING:
    from engine.cohort.dividing.vault import Opening

ABOUT = (
    "Patients set aside here take part in no division, no training and no search. They are looked at once, at the "
    "very end; every opening is counted for ever and printed in reports."
)
NAMED, SHARE = 12, 84


class VaultCard(TitledCard):
    """`aside_wanted(share)`, `back_wanted`, and `opening_wanted(reason)`, which nothing takes back."""

    aside_wanted = Signal(float)
    back_wanted = Signal()
    opening_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Test vault")
        self.state = text("", wrap=True)
        self.seen = text("", "caption", "warn", wrap=True)
        self.about = text(ABOUT, "caption", "muted", wrap=True)
        self.share = Whole(Spec("share", "Share to set aside", "", "whole", 20, 1, 90))
        self.share.setValue(20)
        self.share.setSuffix(" %")
        self.share.setFixedWidth(SHARE)
        self.share.setAccessibleName("Share to set aside")
        self.aside = push("Set aside", lambda: self.aside_wanted.emit(self.share.value() / 100),
                          tip="Draw this share of each class; it can be undone")  # fmt: skip
        self.back = push("Give back", self.back_wanted.emit, kind="quiet", tip="Let all of them be trained on again")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Why it is opened")
        self.reason.setAccessibleName("Why the vault is opened")
        self.open = push("Open", self._open, tip="Tells who is in it. This is counted and cannot be taken back")
        self.reason.textChanged.connect(self._judge_reason)
        self.told = text("", "caption", wrap=True)
        self.openings = text("", "caption", "muted", wrap=True)
        self._filled = QWidget()
        self._build()
        self.show_vault(0, ())

    def show_vault(self, patients: int, openings: "Sequence[Opening]", seen: int = 0) -> None:
        """Say how many are in it, when it was opened, and how many runs have `seen` all the same."""
        self.seen.setText(seen_words(seen) if seen else "")
        self.seen.setVisible(bool(seen))
        times = counted(len(openings), "opening") if openings else "never opened"
        self.state.setText(f"{counted(patients, 'patient')} set aside, {times}." if patients or openings else "Empty.")
        self._filled.setVisible(bool(patients))
        self.back.setVisible(bool(patients))
        self._judge_reason(self.reason.text())
        self.openings.setText("\n".join(f"{one.made[:16].replace('T', ' ')}: {one.reason}" for one in openings))
        self.openings.setVisible(bool(openings))
        if not patients:
            self.show_opened(())

    def show_opened(self, patients: Sequence[str]) -> None:
        """Say who is in it."""
        more = f" and {len(patients) - NAMED} more" if len(patients) > NAMED else ""
        self.told.setText(f"In it: {', '.join(patients[:NAMED])}{more}" if patients else "")
        self.told.setVisible(bool(patients))

    def _judge_reason(self, words: str) -> None:
        self.open.setEnabled(bool(words.strip()))

    def _open(self) -> None:
        self.opening_wanted.emit(self.reason.text().strip())
        self.reason.clear()

    def _build(self) -> None:
        row = row_box(gap=SIZES.s)
        row.addWidget(self.share)
        row.addWidget(self.aside)
        row.addStretch()
        row.addWidget(self.back)
        inner = column_box(self._filled, gap=SIZES.s)
        opening = row_box(gap=SIZES.s)
        opening.addWidget(self.reason, 1)
        opening.addWidget(self.open)
        inner.addLayout(opening)
        inner.addWidget(self.told)
        for part in (self.state, self.seen, self.about):
            self.column.addWidget(part)
        self.column.addLayout(row)
        self.column.addWidget(self._filled)
        self.column.addWidget(self.openings)
