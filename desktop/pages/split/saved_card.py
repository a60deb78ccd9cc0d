"""The divisions that are kept in the workspace."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QToolButton, QWidget

from desktop import icons
from desktop.cohort_rows import counted
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import Elided, text
from desktop.widgets.titled_card import TitledCard
from engine.cohort.dividing.division import protocols

if TYPE_CHECKING:
    from engine.cohort.dividing.saved_divisions import Division

NONE = "None yet. A saved division can be used by several runs, so that they are tested on the same patients."


class SavedCard(TitledCard):
    """Tells what is wanted by name: `save` the shown one, `show`, `rename` (from, to), `export`, `drop`, `train`."""

    save_wanted = Signal(str)
    show_wanted = Signal(str)
    rename_wanted = Signal(str, str)
    export_wanted = Signal(str)
    drop_wanted = Signal(str)
    train_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Saved divisions")
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name")
        self.name.setAccessibleName("Name of the division")
        self.name.returnPressed.connect(self._save)
        self.name.textChanged.connect(self._judge_name)
        self.save = push("Save", self._save, tip="Keep the division that is shown under this name")
        row = row_box(gap=SIZES.s)
        row.addWidget(self.name, 1)
        row.addWidget(self.save)
        self.none = text(NONE, "caption", "muted", wrap=True)
        self._place = QWidget()
        self.rows: dict[str, SavedRow] = {}
        self.column.addLayout(row)
        self.column.addWidget(self.none)
        self.column.addWidget(self._place)
        self._place.hide()

    def show_divisions(self, found: "Sequence[tuple[Division, tuple[str, ...]]]") -> None:
        """List these, each with what changed since."""
        place = QWidget()
        column = column_box(place, gap=SIZES.xs)
        self.rows = {division.name: SavedRow(division, changes, self) for division, changes in found}
        for row in self.rows.values():
            column.addWidget(row)
        self.column.replaceWidget(self._place, place)
        self._place.hide()
        self._place.deleteLater()
        self._place = place
        self.none.setVisible(not self.rows)
        place.setVisible(bool(self.rows))
        self._judge_name()

    def suggest(self, name: str) -> None:
        """What the shown division would be called; a name that another one has gets a number."""
        names = (name, *(f"{name} ({number})" for number in range(2, len(self.rows) + 3)))
        self.name.setPlaceholderText(next(one for one in names if one not in self.rows))

    def chosen_name(self) -> str:
        """What was typed, or what is suggested."""
        return self.name.text().strip() or self.name.placeholderText()

    def name_of(self, division: "Division") -> str:
        """Under which name just this division is kept, if it is."""
        same = (name for name, row in self.rows.items() if row.division == replace(division, name=name))
        return division.name or next(same, "")

    def _judge_name(self) -> None:
        """Say where saving would take the place of another one."""
        self.save.setText("Replace" if self.name.text().strip() in self.rows else "Save")

    def _save(self) -> None:
        self.save_wanted.emit(self.chosen_name())
        self.name.clear()


class SavedRow(QFrame):
    """One division: a click shows it, its menu does everything else; a double click on the name renames."""

    def __init__(self, division: "Division", changes: tuple[str, ...], card: SavedCard) -> None:
        super().__init__()
        self._card, self.division = card, division
        self.button = push(division.name, lambda: card.show_wanted.emit(division.name), kind="link", tip="Show it")
        self.edit = QLineEdit(division.name)
        self.edit.setAccessibleName("New name")
        self.edit.hide()
        self.edit.editingFinished.connect(self._renamed)
        self.menu = self._menu()
        more = QToolButton()
        more.setProperty("kind", "quiet")
        more.setAccessibleName(f"What can be done with {division.name}")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self.menu)
        icons.assign(more, "more", "muted")
        head = row_box(gap=SIZES.xs)
        head.addWidget(self.button)
        head.addWidget(self.edit, 1)
        head.addStretch()
        head.addWidget(more)
        column = column_box(self)
        column.addLayout(head)
        column.addWidget(Elided(described(division), "caption", "muted"))
        self.changes = text(" ".join(changes), "caption", "warn", wrap=True)
        self.changes.setVisible(bool(changes))
        column.addWidget(self.changes)

    def begin_rename(self) -> None:
        """Let the user type another name."""
        self.button.hide()
        self.edit.show()
        self.edit.setFocus()
        self.edit.selectAll()

    def _renamed(self) -> None:
        if self.edit.isHidden():
            return
        self.edit.hide()
        self.button.show()
        into = self.edit.text().strip()
        if into and into != self.division.name:
            self._card.rename_wanted.emit(self.division.name, into)

    def _menu(self) -> QMenu:
        menu, card, name = QMenu(self), self._card, self.division.name
        menu.addAction("Show", partial(card.show_wanted.emit, name))
        menu.addAction("Use for training", partial(card.train_wanted.emit, name))
        menu.addAction("Rename", self.begin_rename)
        menu.addAction("Export as a table…", partial(card.export_wanted.emit, name))
        menu.addAction("Delete", partial(card.drop_wanted.emit, name))
        return menu


def described(division: "Division") -> str:
    """Protocol, folds, patients, level, and when it was made."""
    key = division.protocol.key
    label = protocols.get(key).info.label if key in protocols else "From a table"
    level = {"image": "image level"}.get(division.level, "")
    level = f"{level}, likely patients" if level and division.likely else level
    parts = (label, counted(len(division.folds), "fold"), counted(len(division.patients), "patient"), level)
    return " · ".join([*filter(None, parts), division.made[:10]])
