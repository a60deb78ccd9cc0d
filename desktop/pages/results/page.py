"""The results page: the verdict, the figures, the matrix and the predictions of one run."""

import shutil
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QStackedWidget, QTabBar, QWidget

from desktop.actions import ActionInfo, make_action
from desktop.pages.page import Page
from desktop.pages.results.cards import BaselinesCard, FiguresCard, MatrixCard, PredictionsCard
from desktop.pages.results.found import Found, read_found
from desktop.pages.results.verdict_card import VerdictCard
from desktop.runs import RunEntry
from desktop.selection import Selected
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.empty import Empty
from desktop.widgets.run_chooser import RunChooser
from desktop.widgets.run_stopped import RunStopped
from engine.evaluation import confusion
from engine.files import write_atomically
from engine.recipe import Target
from engine.runs import Prediction, RunFolder

NOTHING, UNFINISHED, STOPPED, RESULTS = range(4)
WIDE, SUMMARY, ANY = 1500, 640, 16_777_215
SHARES = (14, 10, 10, 0)
COMMANDS = (
    ActionInfo("results.report", "Open the report", "Ctrl+R", "results", "Open the run's HTML report in the browser",
               "open_report"),
    ActionInfo("results.folder", "Show the run's folder", "Ctrl+Shift+F", "open",
               "Show the folder that holds everything about the run", "show_folder"),
    ActionInfo("results.export", "Export the predictions…", "Ctrl+Shift+E", "export",
               "Write the out-of-fold predictions as a CSV file (pseudonyms only)", "export_predictions"),
)  # fmt: skip


class ResultsPage(Page):
    """Everything on it is rebuilt from the run's folder."""

    title = "Results"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.found: Found | None = None
        self._target = 0
        self._asked: Path | None = None
        self.commands = {info.key: make_action(info, self, getattr(self, info.handler)) for info in COMMANDS}
        self.chooser = RunChooser(session)
        self.targets = QTabBar()
        self.verdict = VerdictCard()
        self.figures, self.baselines, self.matrix = FiguresCard(), BaselinesCard(), MatrixCard()
        self.predictions = PredictionsCard(self._color)
        self.stopped = RunStopped(self._resume)
        self._across, self._summary = QWidget(), QWidget()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self._look_at(self.chooser.entry)

    def actions(self) -> list[QAction]:
        return list(self.commands.values())

    def primary(self) -> QAction | None:
        return self.commands["results.report"]

    def badge(self) -> str:
        image = self.found.level == "image" if self.found is not None and self.found.level else self.session.image_level
        return "Image level" if image else ""

    def caption(self) -> str:
        return self.found.recipe.title if self.found is not None else ""

    @property
    def target(self) -> Target | None:
        """The target that is shown."""
        if self.found is None:
            return None
        targets = self.found.recipe.targets
        return targets[min(self._target, len(targets) - 1)]

    def open_report(self) -> None:
        """Show the report in the browser."""
        if self.found is not None and self.found.report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.found.report)))

    def show_folder(self) -> None:
        """Show the run's folder."""
        if self.found is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.found.folder.path)))

    def export_predictions(self) -> None:
        """Ask where, and copy the predictions there."""
        if self.found is None:
            return
        source = self.found.folder.predictions_path
        name = f"{self.found.folder.name}-predictions.csv"
        chosen, _ = QFileDialog.getSaveFileName(self, "Export the predictions", name, "CSV (*.csv)")
        if chosen:
            self._export(source, Path(chosen).with_suffix(".csv"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= WIDE
        way = QBoxLayout.Direction
        _turn(self._across, way.LeftToRight if wide else way.TopToBottom)
        _turn(self._summary, way.TopToBottom if wide else way.LeftToRight)
        self._summary.setMinimumWidth(SUMMARY if wide else 0)
        self._summary.setMaximumWidth(SUMMARY if wide else ANY)
        layout = self._summary.layout()
        for place, share in enumerate((0, 0, 0, 1) if wide else SHARES):
            if isinstance(layout, QBoxLayout):
                layout.setStretch(place, share)

    def _export(self, source: Path, path: Path) -> None:
        def work() -> None:
            with source.open("rb") as stream:
                write_atomically(path, lambda out: shutil.copyfileobj(stream, out))

        self.session.bridge.submit(work, lambda _: self.session.announced.emit(f"Exported {path.name}."), owner=self)

    def _look_at(self, entry: RunEntry | None) -> None:
        if entry is None:
            self._asked = None
            self._show(None)
            return
        folder = entry.folder
        self._asked = folder.path
        bridge = self.session.bridge
        bridge.submit(lambda: read_found(folder), self._take, lambda error: self._fail(folder, error), self)

    def _take(self, found: Found) -> None:
        if found.folder.path == self._asked:
            self._show(found)

    def _fail(self, folder: RunFolder, error: object) -> None:
        if folder.path == self._asked:
            self._show(None)
        self.session.failed.emit(error)

    def _show(self, found: Found | None) -> None:
        self.found = found
        for key, command in self.commands.items():
            command.setEnabled(found is not None and (found.finished or key == "results.folder"))
        report = self.commands["results.report"]
        report.setEnabled(found is not None and found.report is not None)
        self.stopped.setVisible(False)
        if found is not None:
            self.stopped.show_progress(found.progress, busy=self.session.runs.busy)
            self._offer_targets(found)
        self._stack.setCurrentIndex(self._state(found))
        self._show_target()
        self.heading_changed.emit()

    def _state(self, found: Found | None) -> int:
        if found is None:
            return NOTHING
        if found.finished:
            return RESULTS
        return UNFINISHED if self.stopped.isHidden() else STOPPED

    def _offer_targets(self, found: Found) -> None:
        self.targets.blockSignals(True)
        while self.targets.count():
            self.targets.removeTab(0)
        for target in found.recipe.targets:
            self.targets.addTab(target.column.capitalize())
        self.targets.setCurrentIndex(min(self._target, self.targets.count() - 1))
        self.targets.blockSignals(False)
        self.targets.setVisible(self.targets.count() > 1)

    def _show_target(self) -> None:
        found, target = self.found, self.target
        if found is None or target is None or not found.finished:
            return
        self.verdict.show_found(found, target)
        self._compare(self.figures.show_found(found, target))
        self.matrix.show_matrix(confusion(found.predictions, target), self._color)
        self.predictions.show_rows(found.rows(target))
        self._follow(self.session.selection.current)

    def _color(self, name: str) -> str:
        return self.session.class_color(self.target.column, name) if self.target is not None else ""

    def _choose_target(self, number: int) -> None:
        self._target = max(0, number)
        self._show_target()

    def _choose_cell(self, cell: tuple[str, str] | None) -> None:
        shown = self.predictions.narrow(cell)
        if cell is not None and shown:
            self._choose_patient(shown[0])
        self._follow(self.session.selection.current)

    def _choose_patient(self, row: Prediction) -> None:
        run = self.found.folder.name if self.found is not None else None
        self.session.selection.set(run=run, fold=row.fold, patient=row.patient)

    def _compare(self, name: str) -> None:
        if self.found is not None and self.target is not None:
            self.baselines.show_found(self.found, self.target, name)

    def _follow(self, selected: Selected) -> None:
        self.predictions.table.follow(selected.patient)

    def _resume(self) -> None:
        if self.found is not None:
            self.session.runs.resume(self.found.folder)
            self.session.ask("go.train")

    def _connect(self) -> None:
        session = self.session
        self.chooser.chosen.connect(self._look_at)
        self.targets.currentChanged.connect(self._choose_target)
        self.figures.chosen.connect(self._compare)
        self.matrix.cell_chosen.connect(self._choose_cell)
        self.predictions.widened.connect(lambda: self.matrix.view.choose(None))
        self.predictions.table.patient_chosen.connect(self._choose_patient)
        self.predictions.table.opened.connect(lambda: session.ask("go.view"))
        session.selection.patient_changed.connect(self._follow)
        session.cohort_changed.connect(self._show_target)

    def _build(self) -> None:
        ask = self.session.ask
        train = push("Train a classifier", lambda: ask("go.train"), icon="train", kind="primary")
        watch = push("Watch it train", lambda: ask("go.train"), icon="train")
        self._stack.addWidget(Empty("results", "No results yet", NONE_YET, (train,)))
        self._stack.addWidget(Empty("clock", "This run has no results yet", WHOLE, (watch,)))
        self._stack.addWidget(Empty("results", "This run stopped before its results", WHOLE))
        self._stack.addWidget(self._results())
        head = row_box(gap=SIZES.s)
        head.addWidget(self.chooser, 1)
        whole = column_box(self, gap=SIZES.s, margins=(SIZES.l, SIZES.m, SIZES.l, SIZES.m))
        whole.addLayout(head)
        whole.addWidget(self.stopped)
        whole.addWidget(self._stack, 1)

    def _results(self) -> QWidget:
        summary = row_box(self._summary, gap=SIZES.s)
        for card in (self.figures, self.baselines, self.matrix):
            summary.addWidget(card)
        summary.addStretch()
        across = column_box(self._across, gap=SIZES.s)
        across.addWidget(self._summary)
        across.addWidget(self.predictions, 1)
        page = QWidget()
        column = column_box(page, gap=SIZES.s)
        column.addWidget(self.targets)
        column.addWidget(self.verdict)
        column.addWidget(self._across, 1)
        return page


def _turn(widget: QWidget, way: QBoxLayout.Direction) -> None:
    layout = widget.layout()
    if isinstance(layout, QBoxLayout):
        layout.setDirection(way)


NONE_YET = "Train a classifier; when it is done, its figures, errors and report are here."
WHOLE = "Figures come when all folds are done: a part of the patients would not be a fair picture."
