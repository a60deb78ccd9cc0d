"""The review page: one patient after another, decided by keys alone."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.actions import make_action
from desktop.pages.page import Page
from desktop.pages.review.agenda import Agenda
from desktop.pages.review.asking import Asking
from desktop.pages.review.commands import COMMANDS, DECIDING, LOOKING
from desktop.pages.review.deciding import Deciding
from desktop.pages.review.found import Found, find
from desktop.pages.review.queue import Queue
from desktop.pages.review.share_bars import MOST_KEYS
from desktop.pages.review.stage import Stage
from desktop.session import Session
from desktop.widgets.boxes import column_box
from engine.cohort.edits import AcceptSuggestions, Edit, RejectSuggestions
from engine.cohort.suggestions import Suggestion


class ReviewPage(Page):
    """Labels that a run suggests, to accept or not; every decision is an edit of the cohort."""

    title = "Review"
    beside_list = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.agenda = Agenda()
        self._asked = 0
        self._wants_start = False
        self.commands = {info.key: make_action(info, self, getattr(self, info.handler)) for info in COMMANDS}
        self.asking, self.deciding = Asking(session, self), Deciding(session, self)
        self.stage = Stage(session, self._color, [self.commands[key] for key in DECIDING])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column_box(self).addWidget(self.stage)
        self._connect()
        self.reload()

    def actions(self) -> list[QAction]:
        return [self.commands["review.back"], self.commands["review.suggest"]]

    def menu(self) -> list[tuple[str, list[QAction]]]:
        return [("", list(self.commands.values()))]

    def gestures(self) -> tuple[tuple[str, str], ...]:
        return (("Give the patient a class", "1 to 9"), *self.stage.picture.gestures())

    def badge(self) -> str:
        return "Image level" if self.session.image_level else ""

    def shown(self) -> None:
        self._show()
        self.setFocus()

    @property
    def found(self) -> Found:
        """What there is to review."""
        return self.agenda.found

    @property
    def queue(self) -> Queue:
        """What waits, in the order it comes."""
        return self.agenda.queue

    def reload(self) -> None:
        """Read what there is to review, unless decisions are still on their way: then their end asks again."""
        if self.session.cohort is None or not self.session.editing.busy:
            self._read()

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
        classes = self.found.classes_for(self.agenda.front)
        if number <= len(classes):
            self.give(classes[number - 1])

    def reject(self) -> None:
        """Leave the patient without a label."""
        one = self.queue.current
        if one is not None:
            self._decide(RejectSuggestions(one.column, (one.patient,)), "rejected")

    def skip(self) -> None:
        """Ask about the patient again at the end."""
        self._become(replace(self.agenda, queue=self.queue.skip()))

    def take_back(self) -> None:
        """Undo the last decision of this page."""
        self.stage.verdict.show_last("")
        self.deciding.take_back()

    def go_next(self) -> None:
        self._become(self.agenda.step(1))

    def go_previous(self) -> None:
        self._become(self.agenda.step(-1))

    def next_scan(self) -> None:
        self.stage.picture.step(1)

    def previous_scan(self) -> None:
        self.stage.picture.step(-1)

    def go_view(self) -> None:
        """Show the patient on the view page."""
        if self.agenda.front is not None:
            self.session.selection.set(patient=self.agenda.front.patient)
            self.session.ask("go.view")

    def show_start(self) -> None:
        """Choose a run to ask."""
        self._wants_start = True
        self._show()

    def _decide(self, edit: Edit, told: str) -> None:
        """The next patient comes at once; the workspace learns of the decision meanwhile.

        An answer that was asked for before does not know of it, so it counts no more; the decision's end asks again.
        """
        one = self.queue.current
        if one is None or not self._deciding:
            return
        self._asked += 1
        self.stage.verdict.show_last(f"{self.session.patient_name(one.patient)}: {told}. Backspace takes it back.")
        self.deciding.decide(one.patient, edit)
        self._become(replace(self.agenda, queue=self.queue.decided()))

    def _read(self) -> None:
        workspace, cohort = self.session.workspace, self.session.cohort
        self._asked += 1
        if workspace is None or cohort is None:
            self._take(self._asked, Found())
            return
        store, wanted = workspace.store, self.found.column
        answer = partial(self._take, self._asked)
        self.session.bridge.submit(lambda: find(store, cohort, wanted), answer, owner=self)

    def _take(self, asked: int, found: Found) -> None:
        """Only the newest answer counts."""
        if asked == self._asked:
            undone = self.deciding.undone({one.patient for one in found.open})
            if undone:
                self.stage.verdict.show_last("")
            self.stage.side.offer(found)
            self._become(self.agenda.renewed(found, undone))
            self.heading_changed.emit()

    def _become(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self._show()

    def _show(self) -> None:
        before = self.stage.reviewing
        self.stage.show_agenda(self.agenda, self.asking, wants_start=self._wants_start, visible=self.isVisible())
        if self.stage.reviewing and not before and self.isVisible():
            self.setFocus()
        self._enable()

    @property
    def _deciding(self) -> bool:
        """Whether what is in front can be decided: never while one looks at what was decided before."""
        return self.stage.reviewing and not self.agenda.looking_back

    def _enable(self) -> None:
        for key in LOOKING:
            self.commands[key].setEnabled(self.stage.reviewing)
        for key in DECIDING:
            self.commands[key].setEnabled(self._deciding)
        there = self.session.workspace is not None
        self.commands["review.suggest"].setEnabled(there and self.stage.reviewing)
        self.commands["review.back"].setEnabled(there)

    def _go(self, one: Suggestion) -> None:
        self._become(self.agenda.go(one))

    def _turned(self) -> None:
        self._become(replace(self.agenda, looking_back=self.stage.side.decided))

    def _leave_start(self, *, looking_back: bool) -> None:
        self._wants_start = False
        self.stage.side.turn(decided=looking_back)
        self._show()

    def _choose_column(self, column: str) -> None:
        self.agenda = replace(self.agenda, found=replace(self.found, column=column), queue=Queue())
        self.reload()

    def _asking_changed(self) -> None:
        """What a run suggested is reviewed at once."""
        if not self.asking.busy:
            self._wants_start = self._wants_start and not self.asking.heard
            if self.asking.heard:
                self.stage.side.turn(decided=False)
        self._show()

    def _forget(self) -> None:
        """Another workspace is open, or none."""
        self.agenda, self._wants_start = replace(self.agenda, found=Found(), queue=Queue()), False
        self.stage.verdict.show_last("")
        self.reload()

    def _failed(self) -> None:
        """What was said of a decision may not have come about."""
        self.stage.verdict.show_last("")
        self._read()

    def _color(self, name: str) -> str:
        return self.session.class_color(self.found.column, name)

    def _connect(self) -> None:
        session, stage = self.session, self.stage
        session.workspace_changed.connect(self._forget)
        session.cohort_changed.connect(self.reload)
        session.failed.connect(lambda _: self._failed())
        self.asking.changed.connect(self._asking_changed)
        stage.side.wanted.connect(self._go)
        stage.side.turned.connect(self._turned)
        stage.side.column_chosen.connect(self._choose_column)
        stage.verdict.given.connect(self.give)
        stage.start.wanted.connect(self.asking.ask)
        stage.start.left.connect(lambda: self._leave_start(looking_back=False))
        stage.start.looked_back.connect(lambda: self._leave_start(looking_back=True))
        for number in range(1, MOST_KEYS + 1):
            QShortcut(QKeySequence(str(number)), self, partial(self.give_class, number))
