"""What the page shows where there are no findings: none yet, or none at all."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.pages.audit.standing import Standing
from desktop.session import Session
from desktop.widgets.buttons import push
from desktop.widgets.empty import Empty

NEVER = (
    "The audit looks at every scan once: for copies, leaks between train and test, labels that clash, broken files, "
    "outliers, and facts that give the label away. It changes nothing."
)


class Nothing(QStackedWidget):
    """`wanted` asks for an audit."""

    wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        ask = session.ask
        self.start = push("Audit the cohort", self.wanted.emit, kind="primary", icon="search")
        folder = push("Open a folder of scans", lambda: ask("workspace.open"), kind="primary", icon="open")
        demo = push("Try the demo study", lambda: ask("workspace.demo"), icon="demo")
        words = "Open one; the audit then looks for what would make results wrong."
        self.addWidget(Empty("warning", "An audit begins with a cohort", words, (folder, demo)))
        self.addWidget(Empty("search", "This cohort was never audited", NEVER, (self.start,)))

    def show_standing(self, standing: Standing, *, busy: bool) -> None:
        """Say what is the case."""
        cohort = self._session.cohort
        while (last := self.widget(2)) is not None:
            self.removeWidget(last)
            last.deleteLater()
        self.start.setVisible(not busy)
        self.setCurrentIndex(0 if cohort is None or not cohort.patients else 1)
        report = standing.report
        if self.currentIndex() == 1 and report is not None and not report.findings:
            words = f"Looked for: {', '.join(report.checked).lower()}. Nothing found is no proof of absence."
            self.addWidget(Empty("check", f"Nothing was found wrong with {report.scans:,} scans", words))
            self.setCurrentIndex(2)
