"""How wide the columns of a cohort table are: as their cells need, spread over what room there is."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QTableView

from desktop.cohort_table import AnyRow, Column, spread
from desktop.pages.cohort.model import CohortModel
from desktop.pages.cohort.painter import CELL_MARGIN, THUMBNAIL
from desktop.theme import SIZES
from desktop.widgets.marks import MARK, badges_width, caption_font

LEAST = 48
LEAST_ROLES = 96
MOST = 200
ROOM_FOR_NOTES = 120
MEASURED = 300
EXTRA = {
    "patient": THUMBNAIL + SIZES.s,
    "class": SIZES.dot + SIZES.s,
    "notes": MARK + SIZES.s,
    "certificate": MARK + SIZES.xs,
}


class ColumnsFit:
    """The widths of a table whose last column holds notes. Widths drawn by hand stay; so does what somebody hid.

    `changed` is called when a column was hidden or shown.
    """

    def __init__(self, table: QTableView) -> None:
        self._table = table
        self._fitting: list[int] = []
        self._laying = False
        self.hidden: set[str] = set()
        self.shown: set[str] = set()
        self.changed: Callable[[], None] = lambda: None
        table.horizontalHeader().sectionResized.connect(self._resized)

    def fit(self) -> None:
        """Give every column the width of its first few hundred cells."""
        self._fitting = [self._fit(column) for column in self._model.columns]
        self.make_room()

    def is_hidden(self, column: Column) -> bool:
        """Whether a column is away, by itself or because somebody wished so."""
        return column.key in self.hidden or (column.spare and column.key not in self.shown)

    def show_column(self, column: Column, *, shown: bool) -> None:
        """Show a column, or hide it."""
        (self.shown if shown else self.hidden).add(column.key)
        (self.hidden if shown else self.shown).discard(column.key)
        self.fit()
        self.changed()

    def make_room(self) -> None:
        """Spread the columns over the table, the notes over what is left.

        Where all else fits but the notes do not, marks and tooltips tell them.
        """
        self._laying = True
        room, places = self._table.viewport().width(), self._places()
        for place, column in enumerate(self._model.columns):
            self._table.setColumnHidden(place, self.is_hidden(column))
        widths = self._giving_way(places, room)
        if widths:
            for place, width in zip(places, spread(widths, room - ROOM_FOR_NOTES), strict=True):
                self._table.setColumnWidth(place, width)
        self._place_notes(places)
        self._laying = False

    @property
    def _model(self) -> CohortModel:
        model = self._table.model()
        assert isinstance(model, CohortModel)
        return model

    def _places(self) -> list[int]:
        """Where the visible columns are, the notes apart."""
        columns = self._model.columns[:-1]
        return [place for place, column in enumerate(columns) if not self.is_hidden(column)]

    def _resized(self, *_: object) -> None:
        if not self._laying:
            self._fitting = []

    def _fit(self, column: Column) -> int:
        rows = [line for line in self._model.lines[:MEASURED] if not hasattr(line, "rows")]
        cells = max((self._width(column, row) for row in rows), default=0)
        return max(LEAST, self._head_width(column), min(cells, MOST))

    def _giving_way(self, places: Collection[int], room: int) -> list[int]:
        """The fitting widths without the notes; the roles, whose badges can be counted, give way to the others."""
        if not self._fitting:
            return []
        widths = {place: self._fitting[place] for place in places}
        roles = next((place for place in places if self._model.columns[place].kind == "roles"), None)
        if roles is not None:
            over = max(0, sum(widths.values()) - room)
            widths[roles] = max(min(LEAST_ROLES, widths[roles]), widths[roles] - over)
        return _shaved(list(widths.values()), room)

    def _place_notes(self, places: Sequence[int]) -> None:
        notes, room = len(self._model.columns) - 1, self._table.viewport().width()
        if notes < 0 or self.is_hidden(self._model.columns[notes]):
            return
        others = sum(self._table.columnWidth(place) for place in places)
        hidden = others <= room < others + ROOM_FOR_NOTES
        self._table.setColumnHidden(notes, hidden)
        if hidden:
            self._widen(places, room - others)
        self._table.setColumnWidth(notes, max(ROOM_FOR_NOTES, room - others))

    def _widen(self, places: Sequence[int], spare: int) -> None:
        """What is left goes to the roles, or to the last column."""
        roles = [place for place in places if self._model.columns[place].kind == "roles"]
        for place in (*roles, *places[-1:])[:1]:
            self._table.setColumnWidth(place, self._table.columnWidth(place) + spare)

    def _head_width(self, column: Column) -> int:
        font = caption_font(self._table.font())
        font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font).horizontalAdvance(column.title) + 2 * CELL_MARGIN + SIZES.xs

    def _width(self, column: Column, row: AnyRow) -> int:
        if column.kind == "roles":
            words = badges_width(self._table.font(), row.roles[:3])
        else:
            words = self._table.fontMetrics().horizontalAdvance(column.text(row))
        mark = MARK + SIZES.xs if column.kind == "patient" and row.vault else 0
        return words + mark + EXTRA.get(column.kind, 0) + 2 * CELL_MARGIN + SIZES.xs


def _shaved(widths: list[int], room: int) -> list[int]:
    """Without the little air that every column has, where that is all that is too much."""
    over = sum(widths) - room
    each = -(-over // max(1, len(widths)))
    return [width - each for width in widths] if 0 < each <= SIZES.xs else widths
