"""A table of the cohort page with what it shows: which rows, in which order, under which headings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, is_
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop.bridge import Task
from desktop.cohort_arranging import Arranged, Wish, arranged
from desktop.cohort_table import AnyRow, Column
from desktop.pages.cohort.model import CohortModel
from desktop.pages.cohort.table import CohortTable
from desktop.roster import Roster
from desktop.session import Session

KEY = attrgetter("key")
AT_ONCE = 5000
"""As many rows are arranged on the spot; more of them elsewhere, while the window goes on."""


@dataclass(frozen=True)
class SheetInfo:
    """What a table shows of a roster; `noun` is what a row is."""

    name: str
    noun: str
    rows: Callable[[Roster], Sequence[AnyRow]]
    columns: Callable[[Roster], tuple[Column, ...]]
    many: Callable[[Roster], int]


class Sheet(QObject):
    """`changed` tells that it shows something else. Selection and place stay when values change."""

    changed = Signal()

    def __init__(self, session: Session, info: SheetInfo, parent: QObject) -> None:
        super().__init__(parent)
        self.info = info
        self.wish = Wish()
        self.rows: Sequence[AnyRow] = ()
        self.arranged = Arranged()
        self._session = session
        self._columns: tuple[Column, ...] = ()
        self._task: Task | None = None
        self._late = False
        self.model = CohortModel(session.class_color, session.thumbnails, self)
        self.table = CohortTable(self.model, info.name)
        self.table.cells.offer = lambda column: session.roster.offered(column.field, column.name)
        self.table.folding.connect(self.fold)
        self.table.editing_ended.connect(self._catch_up)
        self.model.sort_wanted.connect(self._sort)
        session.failed.connect(self._forget)

    def take(self, roster: Roster) -> None:
        """Show another state of the cohort."""
        if self.info.many(roster) <= AT_ONCE:
            self._become(*self._gathered(roster))
        else:
            self._elsewhere(lambda: self._gathered(roster), lambda answer: self._become(*answer))

    def ask(self, **fields: Any) -> None:
        """Show what is wished for now."""
        wish = replace(self.wish, **fields)
        if wish.group != self.wish.group:
            self.table.folded.clear()
        self.wish = wish
        self._arrange()

    def fold(self, value: str, folded: bool) -> None:
        """Show only the heading of a group, or its rows too."""
        (self.table.folded.add if folded else self.table.folded.discard)(value)
        self._show(self.arranged)

    def fold_all(self, *, folded: bool) -> None:
        """The same for every group."""
        self.table.folded = {heading.value for heading in self.arranged.headings} if folded else set()
        self._show(self.arranged)

    def mark_sort(self) -> None:
        """Have the head show by which column the rows are sorted, wherever that column is by now."""
        head, keys = self.table.horizontalHeader(), [column.key for column in self.model.columns]
        place = keys.index(self.wish.sort) if self.wish.sort in keys else 0
        descending = self.wish.descending and self.wish.sort in keys
        head.blockSignals(True)
        head.setSortIndicator(place, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        head.blockSignals(False)
        head.viewport().update()

    def column(self, key: str) -> Column | None:
        """A column of the table by its key."""
        return next((column for column in self.model.columns if column.key == key), None)

    def _gathered(self, roster: Roster) -> tuple[Sequence[AnyRow], tuple[Column, ...], Wish, Arranged]:
        rows, columns, wish = self.info.rows(roster), self.info.columns(roster), self.wish
        return rows, columns, wish, arranged(rows, columns, wish)

    def _become(self, rows: Sequence[AnyRow], columns: tuple[Column, ...], wish: Wish, made: Arranged) -> None:
        self.rows, self._columns = rows, columns
        if wish == self.wish:
            self._show(made)
        else:
            self._arrange()

    def _arrange(self) -> None:
        rows, columns, wish = self.rows, self._columns, self.wish
        if len(rows) <= AT_ONCE:
            self._show(arranged(rows, columns, wish))
        else:
            self._elsewhere(lambda: arranged(rows, columns, wish), self._show)

    def _elsewhere(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = self._session.bridge.submit(work, done, owner=self)

    def _show(self, made: Arranged) -> None:
        self.arranged = made
        lines, columns = made.lines(self.table.folded), self._columns
        if _alike(lines, self.model.lines) and [c.key for c in columns] == [c.key for c in self.model.columns]:
            self.model.renew(lines, columns)
        elif self.table.is_editing:
            self._late = True
            return
        else:
            self._show_others(lines, columns)
        self.changed.emit()

    def _show_others(self, lines: Sequence[Any], columns: tuple[Column, ...]) -> None:
        table = self.table
        selected, place = table.selected_keys(), table.verticalScrollBar().value()
        here = self.model.lines[row].key if 0 <= (row := table.currentIndex().row()) < len(self.model.lines) else None
        column = max(0, table.currentIndex().column())
        known = [each.key for each in self.model.columns]
        self.model.show_lines(lines, columns)
        if [each.key for each in columns] != known:
            table.fit_columns()
            self.mark_sort()
        table.selectionModel().blockSignals(True)
        table.select_keys(selected)
        table.hold(self.model.row_of(here), column)
        table.selectionModel().blockSignals(False)
        table.verticalScrollBar().setValue(place)

    def _catch_up(self) -> None:
        """What had to wait until nobody typed into a cell."""
        if self._late:
            self._late = False
            self._show(self.arranged)

    def _forget(self, *_: object) -> None:
        self.model.forget_typed()
        self.table.viewport().update()

    def _sort(self, place: int, descending: bool) -> None:
        if 0 <= place < len(self.model.columns):
            self.ask(sort=self.model.columns[place].key, descending=descending)


def _alike(lines: Sequence[Any], others: Sequence[Any]) -> bool:
    """Whether they are of the same patients or scans, in the same order."""
    if len(lines) != len(others):
        return False
    return all(map(is_, lines, others)) or list(map(KEY, lines)) == list(map(KEY, others))
