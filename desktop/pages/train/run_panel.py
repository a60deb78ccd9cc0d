"""The right side: the curves of a run, large; under them its facts and its log."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop.pages.train.facts import Facts
from desktop.pages.train.log_view import LogView
from desktop.plots.curves import CurveCard
from desktop.run_watch import RunWatch
from desktop.runs import RunEntry
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import glyph, push
from desktop.widgets.empty import Empty
from desktop.widgets.run_chooser import RunChooser
from desktop.widgets.run_stopped import RunStopped

if TYPE_CHECKING:
    from engine.recipe import Recipe

WIDE = 1100
LOG_HEIGHT = 92


class RunPanel(QWidget):
    """Follows the run looked at; draws only while it is on the screen. `recipe_wanted` to use its recipe again."""

    recipe_wanted = Signal(object)
    watch_changed = Signal()

    def __init__(self, session: Session, start: QAction) -> None:
        super().__init__()
        self.session = session
        self.watch: RunWatch | None = None
        self.chooser = RunChooser(session)
        self.reuse = glyph("recipe", self._want_recipe, "Put the recipe of this run into the steps at the left")
        self.stopped = RunStopped(self._resume)
        self.loss = CurveCard("Loss", "loss")
        self.accuracy = CurveCard("Accuracy", "accuracy", share=True)
        self.facts, self.log = Facts(), LogView()
        self._drawn: object = None
        self._plots = QWidget()
        self._stack = QStackedWidget()
        self._build(start)
        self.chooser.chosen.connect(self._look_at)
        session.runs.changed.connect(self._runs_changed)
        self._look_at(self.chooser.entry)

    def refresh(self) -> None:
        """Draw where the run stands, if anybody can see it."""
        if self.watch is None or not self.isVisible():
            return
        progress = self.watch.progress
        seen = (progress.run, progress.epochs_done, progress.epochs, progress.fold, progress.at_work)
        if seen != self._drawn:
            self._drawn = seen
            self.loss.show_progress(progress)
            self.accuracy.show_progress(progress)
        self.facts.show_progress(progress)
        self.log.show_lines(progress.log)
        self.stopped.show_progress(progress, busy=self.session.runs.busy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        layout = self._plots.layout()
        if isinstance(layout, QBoxLayout):
            wide = event.size().width() >= WIDE
            layout.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _look_at(self, entry: RunEntry | None) -> None:
        watch = None if entry is None else self.session.runs.watch(entry.folder)
        self._stack.setCurrentIndex(0 if watch is None else 1)
        if watch is not self.watch:
            self._take_up(watch)

    def _take_up(self, watch: RunWatch | None) -> None:
        """Draw another run's progress from now on; the one before may be gone already."""
        if self.watch is not None and isValid(self.watch):
            self.watch.changed.disconnect(self._changed)
        self.watch, self._drawn = watch, None
        if watch is not None:
            watch.changed.connect(self._changed)
        self._changed()

    def _changed(self) -> None:
        self.refresh()
        self.watch_changed.emit()

    def _runs_changed(self) -> None:
        active = self.session.runs.active
        if active is not None and self.session.selection.current.run == active.name:
            self._follow(active)
        self.refresh()

    def _follow(self, active: RunWatch) -> None:
        """The active run may begin before the list of runs knows it."""
        if self.watch is not active:
            self._stack.setCurrentIndex(1)
            self._take_up(active)

    def _resume(self) -> None:
        if self.watch is not None:
            self.session.runs.resume(self.watch.folder)

    def _want_recipe(self) -> None:
        if self.watch is not None:
            self.session.bridge.submit(self.watch.folder.recipe, self._give_recipe, owner=self)

    def _give_recipe(self, recipe: "Recipe") -> None:
        self.recipe_wanted.emit(recipe)

    def _build(self, start: QAction) -> None:
        plots = column_box(self._plots, gap=SIZES.s)
        plots.addWidget(self.loss, 1)
        plots.addWidget(self.accuracy, 1)
        self.log.setMinimumHeight(LOG_HEIGHT)
        head = row_box(gap=SIZES.s)
        head.addWidget(self.chooser, 1)
        head.addWidget(self.reuse)
        page = QWidget()
        column = column_box(page, gap=SIZES.s, margins=(SIZES.s, SIZES.m, SIZES.m, SIZES.m))
        column.addLayout(head)
        column.addWidget(self.stopped)
        column.addWidget(self._plots, 5)
        column.addWidget(self.facts)
        column.addWidget(self.log, 1)
        begin = push("Start training", start.trigger, icon="play", tip=start.toolTip())
        start.enabledChanged.connect(begin.setEnabled)
        self._stack.addWidget(Empty("train", "No run yet", HOW, (begin,)))
        self._stack.addWidget(page)
        column_box(self).addWidget(self._stack)


HOW = "Look at who takes part, change what you like in the steps at the left, and start. The curves appear here."
