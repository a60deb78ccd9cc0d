"""A label or covariate: its classes, their order, what it is used for, of which type; or away with it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from desktop.cohort_rows import counted
from desktop.pages.cohort.classes_list import ROW, ClassesList
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import glyph, push
from desktop.widgets.panel import Panel
from desktop.widgets.text import text

if TYPE_CHECKING:
    from engine.cohort.columns import Column

WIDTH, MOST_SHOWN = 420, 8
HINT = "Double click renames. Drag one onto another to merge them, or between two for another order."
USES = {"label": "Label: to predict", "covariate": "Covariate: known beforehand"}
TYPES = {
    "category": "Categories",
    "ordinal": "Ordered classes",
    "number": "Numbers",
    "date": "Dates",
    "text": "Free text",
}


class ColumnPanel(Panel):
    """Each change is one step of its own that can be undone; the panel follows the cohort."""

    def __init__(self, session: Session, name: str, parent: QWidget) -> None:
        super().__init__(name.capitalize(), parent)
        self._session, self.name = session, name
        self.classes = ClassesList(session, name)
        self.use, self.type = QComboBox(), QComboBox()
        self.count_label = text("", "caption", "muted")
        self.merge = push("Merge", self._merge, tip="Merge the selected classes into the first of them")
        self.remove = push("Remove the column", self._remove, tip="Take it from everybody; can be undone")
        body = self._body_of_it()
        session.cohort_changed.connect(self.refresh)
        self.refresh()
        self.show_body(body)
        self.classes.setFocus()

    def refresh(self) -> None:
        """Show the column as it is now; go where it has gone."""
        roster = self._session.roster
        column = roster.columns.get(self.name)
        if column is None:
            self.hide()
            return
        counts = roster.counts.get(self.name, ())
        names = roster.offered(column.use, self.name)
        self.classes.show_counts(names, counts)
        self.classes.setFixedHeight(max(2, min(len(names), MOST_SHOWN)) * ROW + SIZES.s)
        self.classes.setVisible(column.type in ("category", "ordinal"))
        self.count_label.setText(counted(len(names), "class", "classes") if names else "")
        _choose(self.use, column.use)
        _choose(self.type, column.type)
        self._enable()

    def event(self, event: QEvent) -> bool:
        """Esc is for the panel, before any command of the window that has this key."""
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escapes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def _merge(self) -> None:
        chosen = self.classes.chosen()
        if len(chosen) > 1:
            self._merged(chosen, chosen[0])

    def _merged(self, names: list[str], into: str) -> None:
        from engine.cohort.edits import RenameClasses

        self._session.editing.make(RenameClasses(self.name, tuple(names), into))

    def _renamed(self, old: str, new: str) -> None:
        from engine.cohort.edits import RenameClasses

        self._session.editing.make(RenameClasses(self.name, (old,), new))

    def _moved(self, names: list[str]) -> None:
        self._put(words=f"Order the classes of {self.name}", classes=tuple(names))

    def _put(self, words: str = "", **fields: object) -> None:
        from engine.cohort.edits import PutColumn

        column = self._session.roster.columns[self.name]
        if column.type == "ordinal" or fields.get("type") == "ordinal":
            fields = {"classes": tuple(self.classes.names()), **fields}
        wanted: Column = replace(column, **fields)  # type: ignore[arg-type]
        if wanted != column:
            self._session.editing.make(PutColumn(wanted), words=words)

    def _remove(self) -> None:
        from engine.cohort.edits import DropColumn

        self._session.editing.make(DropColumn(self.name))

    def _enable(self) -> None:
        self.merge.setEnabled(len(self.classes.chosen()) > 1)
        chosen = self.classes.chosen()
        self.merge.setText(f"Merge into {chosen[0]}" if len(chosen) > 1 else "Merge")

    def _body_of_it(self) -> QWidget:
        body = QWidget()
        body.setFixedWidth(WIDTH)
        column = column_box(body, gap=SIZES.s)
        column.addWidget(text(HINT, "caption", "muted", wrap=True))
        column.addWidget(self.classes)
        tools = row_box(gap=SIZES.s)
        tools.addWidget(self.count_label)
        tools.addStretch()
        tools.addWidget(self.merge)
        tools.addWidget(glyph("chevron-up", lambda: self.classes.move_chosen(-1), "Move up in the order"))
        tools.addWidget(glyph("chevron-down", lambda: self.classes.move_chosen(1), "Move down in the order"))
        column.addLayout(tools)
        column.addLayout(self._form())
        foot = row_box()
        foot.addWidget(self.remove)
        foot.addStretch()
        foot.addWidget(push("Done", self.hide, kind="primary"))
        column.addSpacing(SIZES.s)
        column.addLayout(foot)
        self._connect()
        return body

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(SIZES.l)
        for box, words, offered in ((self.use, "Used as", USES), (self.type, "Holds", TYPES)):
            for key, told in offered.items():
                box.addItem(told, key)
            box.setAccessibleName(words)
            form.addRow(text(words, tone="muted"), box)
        return form

    def _connect(self) -> None:
        self.classes.renamed.connect(self._renamed)
        self.classes.merged.connect(self._merged)
        self.classes.moved.connect(self._moved)
        self.classes.itemSelectionChanged.connect(self._enable)
        self.use.activated.connect(lambda _: self._put(use=self.use.currentData()))
        self.type.activated.connect(lambda _: self._put(type=self.type.currentData()))


def _choose(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
