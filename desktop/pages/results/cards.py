"""The cards of the results page: figures, baselines beside, confusion matrix, predictions."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from desktop.cohort_rows import counted
from desktop.pages.results.found import IN_FULL, OURS, Found, explained, in_words, named, scale_of
from desktop.pages.results.predictions import PredictionsModel, PredictionsTable
from desktop.plots.confusion import Cell, ConfusionView
from desktop.plots.interval_bars import BarRow, IntervalBars
from desktop.widgets.buttons import push
from desktop.widgets.text import Elided, text
from desktop.widgets.titled_card import TitledCard
from engine.evaluation import ConfusionMatrix
from engine.evaluation.figure import Figure
from engine.recipe import Target
from engine.runs import Prediction


class FiguresCard(TitledCard):
    """The run's figures; `chosen(name)` says which is compared with the baselines."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("Figures")
        self.bars = IntervalBars(choosable=True)
        self.bars.chosen.connect(self.chosen)
        self.bars.setToolTip("Click a figure to see it beside the baselines")
        self.column.addWidget(self.bars)
        self.column.addStretch(1)
        self.column.addWidget(text("Dashed: chance.  Bands: intervals over patients.", "caption", "muted", wrap=True))

    def show_found(self, found: Found, target: Target) -> str:
        """Show the figures of one target; the name of the chosen one."""
        figures = found.headlines(target)
        current = self.bars.current if self.bars.current in figures else next(iter(figures), "")
        rows = [
            bar_row(name, named(name, target), name, figure, found.chance(target, name), told=explained(name, target))
            for name, figure in figures.items()
        ]
        self.bars.show_rows(rows, current)
        return current


class BaselinesCard(TitledCard):
    """One figure of the run and of each baseline, on the same folds."""

    def __init__(self) -> None:
        super().__init__("Baselines")
        self.what = Elided("", tone="muted")
        self.bars = IntervalBars(choosable=False)
        self.column.addWidget(self.what)
        self.column.addWidget(self.bars)
        self.column.addStretch(1)
        self.column.addWidget(text("Fitted on the same folds as the model.", "caption", "muted", wrap=True))

    def show_found(self, found: Found, target: Target, name: str) -> None:
        """Show the figure called `name`."""
        self.what.setText(IN_FULL.get(name, named(name, target)))
        chance = found.chance(target, name)
        self.bars.show_rows(
            [
                bar_row(key, key, name, figure, chance, "accent" if key == OURS else "muted")
                for key, figure in found.beside(target, name).items()
            ]
        )


class MatrixCard(TitledCard):
    """`cell_chosen((truth, predicted) | None)` by class names."""

    cell_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("Confusion matrix")
        self.view = ConfusionView()
        self.column.addWidget(self.view, 1)
        self.view.chosen.connect(self._chosen)

    def show_matrix(self, matrix: ConfusionMatrix, color: Callable[[str], str]) -> None:
        """Show a confusion matrix."""
        self.view.show_matrix(matrix.classes, matrix.counts.tolist(), color)

    def _chosen(self, cell: Cell | None) -> None:
        names = self.view.classes
        self.cell_chosen.emit(None if cell is None else (names[cell[0]], names[cell[1]]))


class PredictionsCard(TitledCard):
    """All predictions, or those of one cell of the matrix."""

    widened = Signal()

    def __init__(self, color: Callable[[str], str]) -> None:
        super().__init__("Predictions")
        self._rows: list[Prediction] = []
        self.model = PredictionsModel(color, self)
        self.table = PredictionsTable(self.model)
        self.all = push("Show all", self.widened.emit, icon="close", kind="quiet", tip="Show every patient again")
        self.head.addWidget(self.all)
        self.column.addWidget(self.table, 1)
        self.all.hide()

    def show_rows(self, rows: Sequence[Prediction]) -> None:
        """The predictions of one target."""
        self._rows = list(rows)
        self.narrow(None)

    def narrow(self, cell: tuple[str, str] | None) -> list[Prediction]:
        """Show only the patients of a cell; those shown, in the table's order."""
        shown = [row for row in self._rows if cell is None or (row.truth, row.predicted) == cell]
        header = self.table.horizontalHeader()
        self.model.show_rows(shown)
        self.model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self.all.setVisible(cell is not None)
        self.title.setText(heading(shown, cell))
        return self.model.rows


def heading(rows: Sequence[Prediction], cell: tuple[str, str] | None) -> str:
    """What the table shows."""
    if cell is None:
        wrong = sum(row.truth != row.predicted for row in rows)
        return f"Predictions: {counted(len(rows), 'patient')}, {wrong} mispredicted"
    return f"{counted(len(rows), 'patient')}: {cell[0]}, predicted {cell[1]}"


def bar_row(
    key: str, name: str, figure_name: str, figure: Figure, chance: float | None, tone: str = "accent", told: str = ""
) -> BarRow:
    """A figure as a line of interval bars."""
    words, interval = in_words(figure_name, figure)
    return BarRow(
        key, name, figure.value, figure.low, figure.high, words, interval, chance, scale_of(figure_name),
        "\n".join(part for part in (told, figure.reason) if part), tone,
    )  # fmt: skip
