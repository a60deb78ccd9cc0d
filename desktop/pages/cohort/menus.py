"""The menus of the cohort tables: of the selected rows, and of a column's head."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.cohort_table import Column, Field
from desktop.pages.cohort.bulk import Bulk
from desktop.pages.cohort.sheet import Sheet
from desktop.roster import Roster
from desktop.widgets.chips import dot_icon

Colors = Callable[[str, str], str]
MOST = 12


def rows_menu(bulk: Bulk, roster: Roster, colors: Colors, at: QWidget, others: list[QAction]) -> QMenu:
    """What can be done with the selected rows."""
    menu = QMenu(at)
    for target in roster.targets:
        _values(menu.addMenu(f"{target.capitalize()}"), bulk, roster, "label", target, colors)
    menu.addAction("Other label…").triggered.connect(lambda: bulk.ask_label(at))
    covariates = menu.addMenu("Covariate")
    for name in roster.covariates:
        if len(roster.offered("covariate", name)) <= MOST:
            _values(covariates.addMenu(name.capitalize()), bulk, roster, "covariate", name)
    covariates.addAction("Other…").triggered.connect(lambda: bulk.ask_covariate(at))
    roles = menu.addMenu("Role")
    for role in roster.offered("role")[:MOST]:
        roles.addAction(role).triggered.connect(partial(_set, bulk, "role", "", role))
    roles.addAction("Other…").triggered.connect(lambda: bulk.ask_role(at))
    menu.addAction("Visit…").triggered.connect(lambda: bulk.ask_visit(at))
    menu.addSeparator()
    _judging(menu, bulk, roster, at)
    menu.addSeparator()
    menu.addActions(others)
    return menu


def head_menu(sheet: Sheet, column: Column, at: QWidget, edit: Callable[[str], None]) -> QMenu:
    """What can be done with a column: its classes, groups, order, and which columns are shown."""
    menu = QMenu(at)
    if column.field in ("label", "covariate"):
        words = "Classes: rename, merge, order…" if column.field == "label" else "Type and use…"
        menu.addAction(words).triggered.connect(lambda: edit(column.name))
        menu.addSeparator()
    menu.addAction("Sort upwards").triggered.connect(partial(_sort, sheet, column, False))
    menu.addAction("Sort downwards").triggered.connect(partial(_sort, sheet, column, True))
    if column.field:
        grouped = sheet.wish.group == column.key
        words = "Group no more" if grouped else f"Group by {column.title.lower()}"
        menu.addAction(words).triggered.connect(lambda: sheet.ask(group="" if grouped else column.key))
    menu.addSeparator()
    if column.kind != "patient":
        menu.addAction(f"Hide {column.title.lower()}").triggered.connect(
            lambda: sheet.table.fitting.show_column(column, shown=False)
        )
    columns = menu.addMenu("Columns")
    fill_columns(columns, sheet)
    return menu


def fill_columns(menu: QMenu, sheet: Sheet) -> None:
    """A tick per column."""
    menu.clear()
    for column in sheet.model.columns:
        if column.kind == "patient":
            continue
        action = menu.addAction(column.title)
        action.setCheckable(True)
        action.setChecked(not sheet.table.fitting.is_hidden(column))
        action.toggled.connect(partial(_show, sheet, column))


def fill_groups(menu: QMenu, sheet: Sheet) -> None:
    """A choice per column that makes groups, and folding of all of them."""
    menu.clear()
    for key, title in (("", "No groups"), *((c.key, c.title) for c in sheet.model.columns if c.field)):
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(sheet.wish.group == key)
        action.triggered.connect(partial(_group, sheet, key))
    if sheet.wish.group:
        menu.addSeparator()
        menu.addAction("Fold all").triggered.connect(lambda: sheet.fold_all(folded=True))
        menu.addAction("Unfold all").triggered.connect(lambda: sheet.fold_all(folded=False))


def _values(menu: QMenu, bulk: Bulk, roster: Roster, field: Field, name: str, colors: Colors | None = None) -> None:
    for value in roster.offered(field, name):
        action = menu.addAction(value)
        if colors is not None:
            action.setIcon(dot_icon(colors(name, value)))
        action.triggered.connect(partial(_set, bulk, field, name, value))
    menu.addSeparator()
    menu.addAction("None").triggered.connect(partial(_set, bulk, field, name, ""))


def _judging(menu: QMenu, bulk: Bulk, roster: Roster, at: QWidget) -> None:
    exclude = menu.addMenu("Exclude")
    for reason in roster.reasons:
        exclude.addAction(reason).triggered.connect(partial(_exclude, bulk, reason))
    exclude.addAction("Other reason…").triggered.connect(lambda: bulk.ask_reason(at))
    menu.addAction("Include").triggered.connect(lambda: bulk.exclude(""))
    menu.addAction("Accept what failed").triggered.connect(lambda: bulk.accept())
    menu.addAction("Group as one patient").triggered.connect(bulk.group)


def _set(bulk: Bulk, field: Field, name: str, value: str, *_: object) -> None:
    bulk.set_value(field, name, value)


def _exclude(bulk: Bulk, reason: str, *_: object) -> None:
    bulk.exclude(reason)


def _sort(sheet: Sheet, column: Column, descending: bool, *_: object) -> None:
    from PySide6.QtCore import Qt

    place = next(i for i, each in enumerate(sheet.model.columns) if each.key == column.key)
    order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
    sheet.table.sortByColumn(place, order)


def _group(sheet: Sheet, key: str, *_: object) -> None:
    sheet.ask(group=key)


def _show(sheet: Sheet, column: Column, shown: bool) -> None:
    sheet.table.fitting.show_column(column, shown=shown)
