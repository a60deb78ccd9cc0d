"""The question when the window is closed while a run works."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.runs import Runs

if TYPE_CHECKING:
    from desktop.run_watch import RunWatch

TRAINING, PAUSED = "A run is still training", "A run is paused"
SAVED = "Every finished epoch is saved. The run can go on from there when you open the workspace again."
STAY, KEEP, CANCEL = "Go on training", "Keep it resumable and close", "Cancel the run and close"


class Farewell:
    """Closes the window by itself once the run is at rest; asked again meanwhile, it lets go at once."""

    def __init__(self, window: QWidget, runs: Runs) -> None:
        self._window = window
        self._runs = runs
        self._closing = False
        runs.ended.connect(self._close_now)

    def may_close(self) -> bool:
        """Whether nothing is under way, or the user does not want to wait for it any longer."""
        if self._closing or not self._runs.busy:
            return True
        answer = self.ask()
        if answer == STAY:
            return False
        if self._runs.active is None:
            return not self._runs.starting
        self._closing = True
        if answer == CANCEL:
            self._runs.cancel()
        else:
            self._runs.interrupt()
        return False

    def ask(self) -> str:
        """What the user wants; going on is what happens by Esc."""
        box = QMessageBox(self._window)
        box.setObjectName("run_farewell")
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText(PAUSED if self._runs.paused else TRAINING)
        box.setInformativeText(SAVED)
        role = QMessageBox.ButtonRole
        keep = box.addButton(KEEP, role.AcceptRole)
        box.addButton(CANCEL, role.DestructiveRole)
        stay = box.addButton(STAY, role.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton().text()

    def _close_now(self, watch: "RunWatch | None") -> None:
        if self._closing:
            self._closing = False
            QTimer.singleShot(0, self._window.close)
