"""The review page: one patient after another, decided by keys alone."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import make_action
from desktop.pages.page import Page
from desktop.pages.review.asking import Asking
from desktop.pages.review.commands import COMMANDS, DECIDING, LOOKING
from desktop.pages.review.deciding import Deciding
from desktop.pages.review.found import Found, find
from desktop.pages.review.picture import Picture
from desktop.pages.review.queue import Queue
from desktop.pages.review.share_bars import MOST_KEYS
from desktop.pages.review.side import Side
from desktop.pages.review.start_card import StartCard
from desktop.pages.review.verdict import Verdict
from desktop.session import Session
from desktop.widgets.boxes import column_box, row_box
from engine.cohort.edits import AcceptSuggestions, Edit, RejectSuggestions
from engine.cohort.suggestions import Suggestion

START, REVIEW = range(2)


class ReviewPage(Page):
    """Labels that a run suggests, to accept or not; every decision is an edit of the cohort."""

    title = "Review"
    beside_list = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.found, self.queue = Found(), Queue()
        self._asked, self._past = 0, ""
        self._wants_start = False
        self.commands = {info.key: make_action(info, self, getattr(self, info.handler)) for info in COMMANDS}
        self.asking, self.deciding = Asking(session, self), Deciding(session, self)
        self.side = Side(session.patient_name, self._color)
        self.picture = Picture(session)
        others = [self.commands["review.reject"], self.commands["review.skip"]]
        self.verdict = Verdict(self._color, self.commands["review.accept"], others)
        self.start = StartCard(session)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.reload()

    def actions(self) -> list[QAction]:
        return [self.commands["review.back"], self.commands["review.suggest"]]

    def menu(self) -> list[tuple[str, list[QAction]]]:
        return [("", list(self.commands.values()))]

    def gestures(self) -> tuple[tuple[str, str], ...]:
        return (("Give the patient a class", "1 to 9"), *self.picture.gestures())

    def badge(self) -> str:
        return "Image level" if self.session.image_level else ""

    def shown(self) -> None:
        self._become(self.queue)
        self.setFocus()

    @property
    def front(self) -> Suggestion | None:
        """The suggestion looked at: the one asked about, or of those decided the one chosen."""
        if not self.side.decided:
            return self.queue.current
        chosen = (one for one in self.found.decided if one.patient == self._past)
        return next(chosen, next(iter(self.found.decided), None))

    def reload(self) -> None:
        """Read what there is to review, unless decisions are still on their way: then their end asks again."""
        workspace, cohort = self.session.workspace, self.session.cohort
        self._asked += 1
        if workspace is None or cohort is None:
            self._take(self._asked, Found())
        elif not self.session.editing.busy:
            store, wanted = workspace.store, self.found.column
            answer = partial(self._take, self._asked)
            self.session.bridge.submit(lambda: find(store, cohort, wanted), answer, owner=self)

    def accept(self) -> None:
        """Give the patient the label that is suggested."""
        if self.queue.current is not None:
            self.give(self.queue.current.proposed)

    def give(self, label: str) -> None:
        """Give the patient this label."""
        one = self.queue.current
        if one is not None and label:
            self._decide(AcceptSuggestions(one.column, {one.patient: label}), f"accepted as {label}")

    def give_class(self, number: int) -> None:
        """Give the patient the class with this key, from 1."""
        classes = self.found.classes_for(self.front)
        if number <= len(classes):
            self.give(classes[number - 1])

    def reject(self) -> None:
        """Leave the patient without a label."""
        one = self.queue.current
        if one is not None:
            self._decide(RejectSuggestions(one.column, (one.patient,)), "rejected")

    def skip(self) -> None:
        """Ask about the patient again at the end."""
        self._become(self.queue.skip())

    def take_back(self) -> None:
        """Undo the last decision of this page."""
        self.verdict.show_last("")
        self.deciding.take_back()

    def go_next(self) -> None:
        self._step(1)

    def go_previous(self) -> None:
        self._step(-1)

    def next_scan(self) -> None:
        self.picture.step(1)

    def previous_scan(self) -> None:
        self.picture.step(-1)

    def go_view(self) -> None:
        """Show the patient on the view page."""
        if self.front is not None:
            self.session.selection.set(patient=self.front.patient)
            self.session.ask("go.view")

    def show_start(self) -> None:
        """Choose a run to ask."""
        self._wants_start = True
        self._show_state()

    def _decide(self, edit: Edit, told: str) -> None:
        """The next patient comes at once; the workspace learns of the decision meanwhile."""
        one = self.queue.current
        if one is None or not self._deciding:
            return
        self.verdict.show_last(f"{self.session.patient_name(one.patient)}: {told}. Backspace takes it back.")
        self.deciding.decide(one.patient, edit)
        self._become(self.queue.decided())

    def _take(self, asked: int, found: Found) -> None:
        """Only the newest answer counts."""
        if asked == self._asked:
            self.found = found
            self.side.offer(found)
            undone = self.deciding.undone({one.patient for one in found.open})
            self._become((self.queue.go(undone) if undone else self.queue).renewed(found.open))
            self.heading_changed.emit()

    def _become(self, queue: Queue) -> None:
        self.queue = queue
        self._show_state()
        one = self.front
        self.side.show_rows(self.found.decided if self.side.decided else queue.rows, one)
        self.verdict.show_standing(self.found.standing, len(queue.sent))
        if one is not None:
            self.verdict.show_suggestion(one, self.session.patient_name(one.patient), self.found.classes_for(one))
        cohort, seen = self.session.cohort, self.isVisible() and self._stack.currentIndex() == REVIEW
        shown = cohort.by_key.get(one.patient) if seen and one is not None and cohort is not None else None
        self.picture.show_patient(shown)

    @property
    def _deciding(self) -> bool:
        """Whether what is in front can be decided: never while one looks at what was decided before."""
        return self._stack.currentIndex() == REVIEW and not self.side.decided

    def _show_state(self) -> None:
        waiting, before = len(self.queue.rows), self._stack.currentIndex()
        there = bool(self.found.decided) if self.side.decided else waiting > 0
        self._stack.setCurrentIndex(REVIEW if there and not self._wants_start else START)
        reviewing = self._stack.currentIndex() == REVIEW
        if reviewing and before == START and self.isVisible():
            self.setFocus()
        self.start.show_state(self.found.standing, self.asking, waiting)
        for key in LOOKING:
            self.commands[key].setEnabled(reviewing)
        for key in DECIDING:
            self.commands[key].setEnabled(self._deciding)
        self.commands["review.suggest"].setEnabled(self.session.workspace is not None and reviewing)
        self.commands["review.back"].setEnabled(self.session.workspace is not None)

    def _step(self, by: int) -> None:
        if self.side.decided and self.front is not None:
            rows = self.found.decided
            self._go(rows[max(0, min(len(rows) - 1, rows.index(self.front) + by))].patient)
        else:
            self._become(self.queue.step(by))

    def _go(self, patient: str) -> None:
        if self.side.decided:
            self._past = patient
        self._become(self.queue if self.side.decided else self.queue.go(patient))

    def _look_back(self) -> None:
        self._wants_start = False
        self.side.turn(decided=True)
        self._become(self.queue)

    def _choose_column(self, column: str) -> None:
        self.found, self.queue = replace(self.found, column=column), Queue()
        self.reload()

    def _leave_start(self) -> None:
        self._wants_start = False
        self.side.turn(decided=False)
        self._become(self.queue)

    def _asking_changed(self) -> None:
        """What a run suggested is reviewed at once."""
        if not self.asking.busy:
            self._wants_start = self._wants_start and not self.asking.heard
            if self.asking.heard:
                self.side.turn(decided=False)
        self._become(self.queue)

    def _forget(self) -> None:
        """Another workspace is open, or none."""
        self.found, self.queue, self._wants_start = Found(), Queue(), False
        self.verdict.show_last("")
        self.reload()

    def _color(self, name: str) -> str:
        return self.session.class_color(self.found.column, name)

    def _connect(self) -> None:
        session = self.session
        session.workspace_changed.connect(self._forget)
        session.cohort_changed.connect(self.reload)
        session.failed.connect(lambda _: self.reload())
        self.asking.changed.connect(self._asking_changed)
        self.side.wanted.connect(self._go)
        self.side.turned.connect(lambda: self._become(self.queue))
        self.side.column_chosen.connect(self._choose_column)
        self.verdict.given.connect(self.give)
        self.start.wanted.connect(self.asking.ask)
        self.start.left.connect(self._leave_start)
        self.start.looked_back.connect(self._look_back)
        for number in range(1, MOST_KEYS + 1):
            QShortcut(QKeySequence(str(number)), self, partial(self.give_class, number))

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = QWidget()
        row = row_box(body)
        row.addWidget(self.side)
        row.addWidget(self.picture, 1)
        row.addWidget(self.verdict)
        self._stack.addWidget(self.start)
        self._stack.addWidget(body)
        column_box(self).addWidget(self._stack)
