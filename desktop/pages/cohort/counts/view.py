"""The counts: a table one can turn, a chart beside it, covariates below."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QScrollArea, QStackedWidget, QWidget

from desktop.bridge import Task
from desktop.pages.cohort.counts.chart import Bar, Segment, StackedBars
from desktop.pages.cohort.counts.controls import Controls
from desktop.pages.cohort.counts.covariates import CovariateModel, CovariateTable
from desktop.pages.cohort.counts.table import CountModel, CountTable, named
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.buttons import push
from desktop.widgets.empty import Empty
from desktop.widgets.text import text
from desktop.widgets.titled_card import TitledCard

if TYPE_CHECKING:
    from desktop.pages.cohort.counts.counting import Counts, Wish

BESIDE = 720
NOBODY, COUNTED = range(2)


class CountsView(QWidget):
    """Counts what the session has, off the GUI thread, as long as it is seen; follows every edit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.counts: Counts | None = None
        self._stale = True
        self._task: Task | None = None
        self.controls = Controls()
        self.model, self.covariates = CountModel(session.class_color, self), CovariateModel(self)
        self.table, self.covariate_table = CountTable(self.model), CovariateTable(self.covariates)
        self.chart = StackedBars(self._color)
        self.no_covariates = text(
            "No covariates such as age, sex or scanner are known. Import a table that has them.",
            tone="muted",
            wrap=True,
        )
        self._across = QWidget()
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        layout, way = self._across.layout(), QBoxLayout.Direction
        if isinstance(layout, QBoxLayout):
            layout.setDirection(way.LeftToRight if event.size().width() >= BESIDE else way.TopToBottom)

    def export_counts(self) -> None:
        """Ask where, and write every cell as csv."""
        if self.counts is not None:
            self._export("head-counts.csv", self.counts.csv())

    def export_covariates(self) -> None:
        """Ask where, and write the covariates per group as csv."""
        if self.counts is not None:
            self._export("covariates.csv", self.counts.covariates_csv())

    def write(self, path: Path, words: str) -> None:
        """Write a table, off the GUI thread."""
        from engine.files import write_text

        told = self.session.announced.emit
        self.session.bridge.submit(lambda: write_text(path, words), lambda _: told(f"Wrote {path.name}."), owner=self)

    def _export(self, name: str, words: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Export as a table", name, "Tables (*.csv)")
        if chosen:
            self.write(Path(chosen).with_suffix(".csv"), words)

    def _cohort_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        cohort = self.session.cohort
        self._stack.setCurrentIndex(COUNTED if cohort is not None and cohort.patients else NOBODY)
        if self._stale and cohort is not None and cohort.patients:
            self._stale = False
            self._count(None if self.counts is None else self.counts.wish)

    def _count(self, wish: "Wish | None") -> None:
        """Only the newest wish is granted."""
        cohort, workspace, known = self.session.cohort, self.session.workspace, self.counts
        if cohort is None or workspace is None:
            return
        home = workspace.path

        def work() -> "Counts":
            from desktop.pages.cohort.counts.counting import Wish, count, first_wish
            from engine.cohort.dividing.saved_divisions import saved_divisions

            divisions = saved_divisions(home)
            if wish is not None:
                return count(cohort, divisions, wish, known)
            first = count(cohort, divisions, Wish())
            return count(cohort, divisions, first_wish(first), first)

        if self._task is not None:
            self._task.cancel()
        self._task = self.session.bridge.submit(work, self._show, owner=self)

    def _show(self, counts: "Counts") -> None:
        if counts.cohort is not self.session.cohort:
            return
        self.counts = counts
        self.controls.offer(counts)
        self.covariates.show_counts(counts)
        self.covariate_table.setVisible(bool(counts.spreads))
        self.no_covariates.setVisible(not counts.spreads)
        self._show_heads()
        QTimer.singleShot(0, self.table.fit)

    def _show_heads(self) -> None:
        counts, scans = self.counts, self.controls.scans
        if counts is None:
            return
        self.model.show_counts(counts, scans=scans)
        pivot = counts.bars
        bars = []
        for name in pivot.rows:
            segments = [(label, pivot.cell(name, label)) for label in pivot.columns]
            whole = pivot.row_sums.get(name)
            heads = 0 if whole is None else whole.scans if scans else whole.patients
            bars.append(
                Bar(
                    named(name, counts.bar_axis),
                    heads,
                    tuple(Segment(label, count.scans if scans else count.patients) for label, count in segments),
                )
            )
        self.chart.show_bars(bars, "scans" if scans else "patients")

    def _color(self, name: str) -> str:
        return self.session.class_color(self.counts.wish.target, name) if self.counts is not None else ""

    def _forget(self) -> None:
        self.counts, self._stale = None, True

    def _connect(self) -> None:
        self.session.workspace_changed.connect(self._forget)
        self.session.cohort_changed.connect(self._cohort_changed)
        self.controls.wished.connect(lambda: self._count(self.controls.wish))
        self.controls.unit_changed.connect(self._show_heads)
        self.controls.shares_changed.connect(self.chart.show_shares)
        self.controls.grouped.connect(lambda: self._count(self.controls.wish))

    def _build(self) -> None:
        heads, chart, covariates = TitledCard("Head counts"), TitledCard("Class balance"), TitledCard("Covariates")
        heads.head.addWidget(push("Export…", self.export_counts, icon="export", kind="quiet", tip="All counts as csv"))
        heads.column.addWidget(self.table)
        heads.column.addStretch(1)
        chart.head.addWidget(self.controls.shares)
        chart.column.addWidget(self.chart)
        chart.column.addStretch(1)
        covariates.head.addWidget(self.controls.groups)
        covariates.head.addWidget(
            push("Export…", self.export_covariates, icon="export", kind="quiet", tip="Covariates as csv")
        )
        covariates.column.addWidget(self.covariate_table)
        covariates.column.addWidget(self.no_covariates)
        covariates.column.addWidget(text(EXPLAINED, "caption", "muted", wrap=True))
        across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._across)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SIZES.s)
        across.addWidget(heads, 3)
        across.addWidget(chart, 2)
        body = QWidget()
        column = column_box(body, gap=SIZES.s)
        for part in (self.controls, self._across, covariates):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        self._stack.addWidget(Empty("cohort", "Nobody to count yet", "Import scans, and they are counted here."))
        self._stack.addWidget(scroll)
        column_box(self).addWidget(self._stack)


UNKNOWN = "No covariates such as age, sex or scanner are known. Import a table that has them."
EXPLAINED = (
    "Only patients with a scan that may take part. Numbers: median (range). Differences are in standard deviations"
    " (SD), between the two groups that stand furthest apart; marked where chance alone does not explain them."
)
