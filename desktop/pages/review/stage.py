"""What stands on the review page: the card to begin with, or list, picture and verdict side by side."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.pages.review.agenda import Agenda
from desktop.pages.review.asking import Asking
from desktop.pages.review.picture import Picture
from desktop.pages.review.side import Side
from desktop.pages.review.start_card import StartCard
from desktop.pages.review.verdict import Verdict
from desktop.session import Session
from desktop.widgets.boxes import row_box

START, REVIEW = range(2)


class Stage(QStackedWidget):
    """Shows an agenda; `deciding` are the commands that decide, the first of them accepts."""

    def __init__(self, session: Session, color: Callable[[str], str], deciding: Sequence[QAction]) -> None:
        super().__init__()
        self._session = session
        self.side = Side(session.patient_name, color)
        self.picture = Picture(session)
        self.verdict = Verdict(color, deciding[0], deciding[1:])
        self.start = StartCard(session)
        body = QWidget()
        row = row_box(body)
        row.addWidget(self.side)
        row.addWidget(self.picture, 1)
        row.addWidget(self.verdict)
        self.addWidget(self.start)
        self.addWidget(body)

    @property
    def reviewing(self) -> bool:
        """Whether a suggestion is shown, not the card to begin with."""
        return self.currentIndex() == REVIEW

    def show_agenda(self, agenda: Agenda, asking: Asking, *, wants_start: bool, visible: bool) -> None:
        """Show what is in front; a page that is not visible reads no pictures."""
        self.setCurrentIndex(REVIEW if agenda.rows and not wants_start else START)
        self.start.show_state(agenda.found.standing, asking, len(agenda.queue.rows))
        self.side.show_rows(agenda.rows, agenda.place)
        self.verdict.show_standing(agenda.found.standing, len(agenda.queue.sent))
        self._show_front(agenda, seen=visible and self.reviewing)

    def _show_front(self, agenda: Agenda, *, seen: bool) -> None:
        one, found, cohort = agenda.front, agenda.found, self._session.cohort
        if one is not None:
            name = self._session.patient_name(one.patient)
            self.verdict.show_suggestion(one, name, found.classes_for(one), found.new_classes(one))
        shown = cohort.by_key.get(one.patient) if seen and one is not None and cohort is not None else None
        self.picture.show_patient(shown)
