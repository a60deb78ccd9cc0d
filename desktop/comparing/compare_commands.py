"""The commands for comparing: begin or end, the next patient, a little more or less of the other scan."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from desktop import icons
from desktop.actions import tip
from desktop.comparing.comparison import Comparison, first_other
from engine.cohort.cohort import Cohort, Scan

COMPARE = "Compare the scan with another, with another frame, or with another patient's"
NEXT = "Compare with the same scan of the next patient"
LESS = "The line to the left, less of the other scan, or fewer fields"
MORE = "The line to the right, more of the other scan, or more fields"


class CompareCommands(QObject):
    """`stepped` tells one step more or less, 1 or -1."""

    toggled = Signal()
    next_wanted = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.compare = self._action("Compare", "V", COMPARE, self.toggled.emit)
        self.compare.setCheckable(True)
        icons.assign(self.compare, "compare")
        self.next = self._action("Compare with the next patient", "Shift+V", NEXT, self.next_wanted.emit)
        self.less = self._action("Less of the other scan", "[", LESS, lambda: self.stepped.emit(-1))
        self.more = self._action("More of the other scan", "]", MORE, lambda: self.stepped.emit(1))

    def all(self) -> list[QAction]:
        return [self.compare, self.next, self.less, self.more]

    def offer(self, comparison: Comparison | None, front: Scan | None, cohort: Cohort | None) -> None:
        """Enable what means something for the scan in front."""
        self.compare.setEnabled(comparison is not None or _has_other(front, cohort))
        self.compare.setChecked(comparison is not None)
        self.next.setEnabled(front is not None and cohort is not None and len(cohort.patients) > 1)
        for action in (self.less, self.more):
            action.setEnabled(comparison is not None and comparison.laid)

    def _action(self, words: str, key: str, what: str, act: Callable[[], None]) -> QAction:
        action = QAction(words, self.parent())
        action.setShortcut(QKeySequence(key))
        action.setToolTip(tip(what, key))
        action.triggered.connect(lambda: act())
        return action


def _has_other(front: Scan | None, cohort: Cohort | None) -> bool:
    return front is not None and cohort is not None and first_other(front, cohort) is not None
