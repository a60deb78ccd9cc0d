"""Long work, one row each: what it is, how far, how long still, hold and end."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from desktop import icons
from desktop.bridge import Bridge
from desktop.jobs import Job
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import glyph
from desktop.widgets.text import Elided

TICK_MS = 150
STEPS = 1000
TITLE_WIDTH = 360
STATE_WIDTH = 120


class JobTray(QFrame):
    """Hidden while nothing goes on. It looks at the jobs a few times a second, whatever their pace."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("job_tray")
        self.rows: dict[int, JobRow] = {}
        self._column = column_box(self)
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self.refresh)
        bridge.job_started.connect(self._add)
        bridge.job_ended.connect(self._remove)
        self.hide()

    def refresh(self) -> None:
        for row in self.rows.values():
            row.refresh()

    def _add(self, job: Job) -> None:
        self.rows[job.number] = row = JobRow(job)
        self._column.addWidget(row)
        self._clock.start()
        self.show()

    def _remove(self, job: Job) -> None:
        row = self.rows.pop(job.number)
        self._column.removeWidget(row)
        row.deleteLater()
        if not self.rows:
            self._clock.stop()
            self.hide()


class JobRow(QFrame):
    """One job: title and phase, bar, forecast, pause, cancel."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.setObjectName("job_row")
        self.job = job
        self.title = Elided(job.title)
        self.title.setFixedWidth(TITLE_WIDTH)
        self.phase = Elided("", "caption", "muted")
        self.bar = QProgressBar(textVisible=False)
        self.state = Elided("", "caption", "muted")
        self.state.setFixedWidth(STATE_WIDTH)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.pause = glyph("pause", self._toggle_pause, "Pause (Ctrl+P)")
        self.pause.setVisible(job.pausable)
        self.cancel = glyph("stop", self._cancel, "Cancel (Ctrl+.)")
        row = row_box(self, gap=SIZES.m, margins=(SIZES.l, SIZES.xs, SIZES.s, SIZES.xs))
        for part, stretch in ((self.title, 0), (self.phase, 1), (self.bar, 2), (self.state, 0)):
            row.addWidget(part, stretch)
        row.addWidget(self.pause)
        row.addWidget(self.cancel)
        self.refresh()

    def refresh(self) -> None:
        """Show where the job is now."""
        progress = self.job.progress
        fraction = progress.fraction
        self.bar.setRange(0, STEPS if fraction is not None else 0)
        self.bar.setValue(round((fraction or 0) * STEPS))
        self.phase.setText(_counted(progress.phase, progress.done, progress.total))
        self.title.setText(self.job.title)
        self.state.setText(self.job.state())
        icons.assign(self.pause, "resume" if self.job.paused else "pause", "muted")
        self.pause.setToolTip("Go on (Ctrl+P)" if self.job.paused else "Pause (Ctrl+P)")
        self.cancel.setDisabled(self.job.cancelling)

    def _toggle_pause(self) -> None:
        self.job.toggle_pause()
        self.refresh()

    def _cancel(self) -> None:
        self.job.cancel()
        self.refresh()


def _counted(phase: str, done: int, total: int) -> str:
    """A count is only shown of what the phase names: "Scans, 12 of 33"."""
    return f"{phase}, {done:,} of {total:,}" if phase and total else phase
