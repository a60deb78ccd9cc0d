"""The table of found scans: virtual, sortable, several rows selectable, ticked with the space bar."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.pages.found.model import FoundModel
from desktop.pages.found.painter import BOX, CELL_MARGIN, THUMBNAIL, FoundPainter
from desktop.pages.found.rows import Column, FoundRow
from desktop.theme import SIZES
from desktop.widgets.marks import MARK, caption_font

ROW_HEIGHT = 44
MOST = 240
ARROW = 12
ROOM_FOR_REASON = 190
LEAST_FOR_REASON = 100
NARROWEST_TITLE = 110
MEASURED = 200
EXTRA = {"patient": THUMBNAIL + SIZES.s, "certificate": MARK + 6, "text": 0, "tick": BOX}
Flag = QItemSelectionModel.SelectionFlag


class FoundTable(QTableView):
    """`chosen(row | None)` as another row becomes the one that is looked at."""

    chosen = Signal(object)

    def __init__(self, model: FoundModel) -> None:
        super().__init__()
        self._model = model
        self._fitting: list[int] = []
        self._laying = False
        self.setModel(model)
        self.setItemDelegate(FoundPainter(self))
        self.setObjectName("cohort_table")
        self.setAccessibleName("Scans found")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        # Of its own, and empty: else the head asks for every row of a selection, to know how to draw its titles.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self.horizontalHeader()))
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.selectionModel().currentRowChanged.connect(self._tell)
        model.modelReset.connect(self._tell)

    def fit_columns(self) -> None:
        """Give every column the width of its first cells, the reason what is left."""
        self._fitting = [self._fit(column) for column in self._model.columns]
        self._make_room()

    def selected_rows(self) -> list[FoundRow]:
        """From the top."""
        chosen = self.selectionModel().selection()
        spans = sorted((chosen.at(number).top(), chosen.at(number).bottom()) for number in range(chosen.count()))
        return [row for top, bottom in spans for row in self._model.rows[top : bottom + 1]]

    def go_to(self, place: int) -> None:
        """Select a row alone; nothing where there is none."""
        index = self._model.index(place, 1)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect | Flag.Rows)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.selected_rows()
        if event.key() == Qt.Key.Key_Space and rows:
            self._model.want(rows, wanted=not all(map(self._model.wants, rows)))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _tell(self, *_: object) -> None:
        self.viewport().update()
        index = self.currentIndex()
        self.chosen.emit(self._model.rows[index.row()] if index.isValid() else None)

    def _resized(self, *_: object) -> None:
        """Widths drawn by hand stay as they are."""
        if not self._laying:
            self._fitting = []

    def _fit(self, column: Column) -> int:
        if column.kind == "tick":
            return BOX + 2 * CELL_MARGIN + SIZES.xs
        rows, below = self._model.rows[:MEASURED], QFontMetrics(caption_font(self.font()))
        widths = [self.fontMetrics().horizontalAdvance(words) for words in {column.text(row) for row in rows}]
        widths += [below.horizontalAdvance(words) for words in {column.under(row) for row in rows}]
        cells = max(widths, default=0) + EXTRA[column.kind]
        return max(self._head_width(column), min(MOST, cells + 2 * CELL_MARGIN + SIZES.xs))

    def _head_width(self, column: Column) -> int:
        font = caption_font(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font).horizontalAdvance(column.title) + 2 * CELL_MARGIN + ARROW

    def _make_room(self) -> None:
        """The titles give way where the columns do not fit; the reason takes what is left."""
        if not self._fitting or len(self._fitting) != self._model.columnCount():
            return
        self._laying = True
        room, widths = self.viewport().width(), list(self._fitting)
        titles = next(place for place, column in enumerate(self._model.columns) if column.title == "Series")
        lacking = sum(widths[:-1]) + ROOM_FOR_REASON - room
        widths[titles] = max(min(widths[titles], NARROWEST_TITLE), widths[titles] - max(0, lacking))
        widths[-1] = max(LEAST_FOR_REASON, room - sum(widths[:-1]))
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)
        self._laying = False
