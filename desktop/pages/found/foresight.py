"""Has what an import would come to worked out off the GUI thread, once nothing changes for a moment."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.bridge import Task
from desktop.pages.found.forecast import Forecast
from desktop.pages.found.rows import Names
from desktop.session import Session
from engine.control import Control
from engine.errors import IsocenterError

SOON_MS = 120
Work = Callable[[Control], Forecast]


class Foresight(QObject):
    """`made(forecast, names)` with what each scan's patient is called in the window; of several wishes the last counts.

    `wish` gives what is to be worked out, or None where there is nothing.
    """

    made = Signal(object, object)

    def __init__(self, session: Session, wish: Callable[[], Work | None], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._wish = session, wish
        self._asked: Task | None = None
        self._control = Control()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._ask)

    @property
    def asking(self) -> bool:
        """Whether an answer is on its way."""
        return self._asked is not None or self._soon.isActive()

    def ask_soon(self) -> None:
        """Work it out anew."""
        self._soon.start()

    def stop(self) -> None:
        """Nobody waits for an answer any more."""
        self._soon.stop()
        self._control.cancel()
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    def _ask(self) -> None:
        self.stop()
        work = self._wish()
        if work is None:
            return
        self._control = control = Control()
        by_id = self._session.settings.patient_names == "id"
        self._asked = self._session.bridge.submit(
            lambda: _named(work(control), by_id=by_id), self._know, self._not_known, owner=self
        )

    def _know(self, answer: tuple[Forecast, Names]) -> None:
        self._asked = None
        self.made.emit(*answer)

    def _not_known(self, error: IsocenterError) -> None:
        self._asked = None
        self._session.failed.emit(error)
        self.made.emit(Forecast(trouble=str(error)), {})


def _named(made: Forecast, *, by_id: bool) -> tuple[Forecast, Names]:
    return made, {scan: names[by_id] for scan, names in made.names.items()}
