"""What the view page says while there is no picture: what comes next, and the button for it."""

from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.session import Session
from desktop.widgets.buttons import push
from desktop.widgets.empty import Empty
from engine.cohort.cohort import Patient


class Nothing(QWidget):
    """One of three empty states: nothing open, nobody chosen, a patient without scans."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        demo = push("Open the demo study", lambda: session.open_demo(), icon="demo", kind="primary")
        folder = push("Open a folder of scans", lambda: session.ask("workspace.open"), icon="open")
        self.closed = Empty(
            "view", "Nothing to look at yet", "Open a folder of scans, or try the demo study.", (demo, folder)
        )
        first = push("Show the first patient", lambda: session.ask("patient.next"), icon="view", kind="primary")
        self.unchosen = Empty("cohort", "Choose a patient in the list", "Their scans are shown here.", (first,))
        self.scanless = Empty("image", "This patient has no scans", "Choose another patient in the list.")
        self._stack = QStackedLayout(self)
        for state in (self.closed, self.unchosen, self.scanless):
            self._stack.addWidget(state)

    def explain(self, patient: Patient | None) -> None:
        """Say why there is nothing."""
        if patient is not None:
            self._stack.setCurrentWidget(self.scanless)
        else:
            self._stack.setCurrentWidget(self.closed if self._session.cohort is None else self.unchosen)

    @property
    def state(self) -> QWidget | None:
        """The empty state in front."""
        return self._stack.currentWidget()
