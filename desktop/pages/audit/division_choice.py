"""Which division the audit looks for leaks in."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.text import text

if TYPE_CHECKING:
    from engine.cohort import Cohort

EVERY = "every division there is"
WIDTH = 260


class DivisionChoice(QWidget):
    """`chosen` is empty for all of them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.box = QComboBox()
        self.box.setMinimumWidth(WIDTH)
        self.box.setAccessibleName("Look for leaks in")
        self.box.addItem(EVERY, "")
        self.box.setToolTip("Where train and test lie: folders, a column, a saved division or a run")
        row = row_box(self, gap=SIZES.s)
        row.addWidget(text("Look for leaks in", tone="muted"))
        row.addWidget(self.box)

    @property
    def chosen(self) -> str:
        """What the audit is asked for."""
        return str(self.box.currentData() or "")

    def fill(self) -> None:
        """Offer what there is now."""
        workspace, cohort = self._session.workspace, self._session.cohort
        if workspace is None or cohort is None:
            self._offer([])
            return
        self._session.bridge.submit(partial(_choices, cohort, workspace.path), self._offer, owner=self)

    def _offer(self, found: list[tuple[str, str]]) -> None:
        before = self.chosen
        self.box.clear()
        self.box.addItem(EVERY, "")
        for key, words in found:
            self.box.addItem(words, key)
        self.box.setCurrentIndex(max(self.box.findData(before), 0))


def _choices(cohort: "Cohort", workspace: Path) -> list[tuple[str, str]]:
    from engine.audit.divisions import choices

    return choices(cohort, workspace)
