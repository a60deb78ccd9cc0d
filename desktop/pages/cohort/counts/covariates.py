"""Covariates per class, part or source, with a plain hint where groups differ by more than chance."""

import math
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop import icons, theme
from desktop.pages.cohort.counts.counting import Counts
from desktop.pages.cohort.counts.table import named, wanted_height
from desktop.theme import SIZES
from desktop.widgets.marks import MARK
from engine.cohort.counting.apartness import Apartness
from engine.cohort.counting.covariate_spread import CovariateSpread, Spread, spread_words

Index = QModelIndex | QPersistentModelIndex
MOST_ROWS, MOST_BESIDE = 14, 4
NARROWEST, WIDEST = 90, 210
OF = {"label": "classes", "part": "parts", "source": "sources", "role": "roles"}


class CovariateModel(QAbstractTableModel):
    """Covariates down; across how far groups stand apart, and each of them; turned where there are many groups."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.counts: Counts | None = None

    def show_counts(self, counts: Counts) -> None:
        """Show the covariates of these."""
        self.beginResetModel()
        self.counts = counts
        self.endResetModel()

    @property
    def turned(self) -> bool:
        """Whether the groups stand below one another."""
        return self.counts is not None and len(self.counts.groups) > MOST_BESIDE

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if self.counts is None or parent.isValid():
            return 0
        return len(self._groups()) if self.turned else len(self.counts.spreads)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if self.counts is None or parent.isValid():
            return 0
        return 1 + (len(self.counts.spreads) if self.turned else len(self._groups()))

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way != Qt.Orientation.Horizontal or self.counts is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if self.turned:
            return ["", *(one.name.capitalize() for one in self.counts.spreads)][section]
        return ["Covariate", *self._groups()][section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.counts is None:
            return None
        if index.column() == 0:
            return self._head(index.row()) if role == Qt.ItemDataRole.DisplayRole else None
        down, across = (index.column() - 1, index.row()) if self.turned else (index.row(), index.column() - 1)
        one = self.counts.spreads[down]
        if not across:
            return _hint(one, role)
        return _cell(one, one.groups[self.counts.groups[across - 1]], role)

    def _head(self, row: int) -> str:
        assert self.counts is not None
        return self._groups()[row] if self.turned else self.counts.spreads[row].name.capitalize()

    def _groups(self) -> list[str]:
        """The comparison of all groups, and their names."""
        assert self.counts is not None
        groups = self.counts.wish.groups
        return [f"Between the {OF[groups]}", *(named(name, groups) for name in self.counts.groups)]


class CovariateTable(QTableView):
    """As high as its rows, up to a height at which it scrolls."""

    def __init__(self, model: CovariateModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName("Covariates")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(SIZES.row - 2)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(NARROWEST)
        model.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Share the width among the groups as long as they can be read."""
        header, count = self.horizontalHeader(), self.model().columnCount()
        for column in range(count):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            wanted = max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            width = min(WIDEST, max(NARROWEST, wanted + SIZES.l))
            self.setColumnWidth(column, width)
        if count:
            header.setStretchLastSection(True)
        self.setFixedHeight(wanted_height(self, MOST_ROWS))


def _hint(one: CovariateSpread, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return "–" if one.apart is None else f"{one.apart.words.capitalize()} ({size_of(one.apart)})"
    if role == Qt.ItemDataRole.ForegroundRole:
        return QColor(theme.current().warn if one.apart is not None and one.apart.tells else theme.current().muted)
    if role == Qt.ItemDataRole.DecorationRole and one.apart is not None and one.apart.tells:
        return icons.mark("warning", theme.current().warn, MARK, 1.0)
    return explained(one.apart) if role == Qt.ItemDataRole.ToolTipRole else None


def size_of(apart: Apartness) -> str:
    """How large a difference is, such as "1.2 SD"."""
    return f"{apart.value:.2f} SD" if math.isfinite(apart.value) else "no overlap"


def explained(apart: Apartness | None) -> str:
    """What a hint rests on."""
    if apart is None:
        return "There are no two groups of which it is known."
    one, two = apart.between
    return (
        f"Furthest apart: {one} and {two}, by {size_of(apart)} (a standardised difference).\n"
        f"In groups of this size chance alone stays below {apart.by_chance:.2f} in 95 of 100 cohorts.\n"
        "A model may learn such a difference instead of what it is meant to learn."
    )


def _cell(one: CovariateSpread, spread: Spread, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        missing = f"{spread.missing} missing" if spread.missing else ""
        return ", ".join(filter(None, (spread_words(spread, one.type), missing))) or "–"
    if role == Qt.ItemDataRole.ForegroundRole and not spread.known:
        return QColor(theme.current().muted)
    return _in_full(spread, one) if role == Qt.ItemDataRole.ToolTipRole else None


def _in_full(spread: Spread, one: CovariateSpread) -> str:
    known = sum(spread.values.values())
    shares = [f"{value}: {count} ({count / known:.0%})".replace("%", " %") for value, count in spread.values.items()]
    words = [f"Median (range): {spread_words(spread, one.type)}"] if spread.numbers else shares[:20]
    return "\n".join([*words, f"Known of {spread.known}, missing of {spread.missing}"])
