"""How far the audit is, over the page."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.jobs import Job
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import Elided, text

EVERY_MS, STEPS = 100, 1000


class AuditProgress(QWidget):
    """Seen as long as there is a job."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, STEPS)
        self.phase = Elided("")
        self.phase.setFixedWidth(260)
        self._left = text("", "caption", "muted")
        row = row_box(self, gap=SIZES.m)
        row.addWidget(self.phase)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        self.stop = push("Stop", self._stop, tip="What was read is kept for the next audit")
        row.addWidget(self.stop)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._look)
        self.hide()

    def follow(self, job: Job | None) -> None:
        """Show another job, or none."""
        self._job = job
        self.setVisible(job is not None)
        self.stop.setEnabled(job is not None)
        if job is None:
            self._timer.stop()
        else:
            self._timer.start()
            self._look()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)

    def _look(self) -> None:
        if self._job is None:
            return
        progress, fraction = self._job.progress, self._job.progress.fraction
        counts = f", {progress.done:,} of {progress.total:,}" if progress.phase.startswith("Reading") else ""
        self.phase.setText(f"{progress.phase or 'Looking at files'}{counts}")
        self._bar.setValue(round(STEPS * (fraction or 0.0)))
        self._left.setText(self._job.state())
