"""A form for the settings of a pydantic model: titles, bounds, errors beside the field, a way back."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop.forms.editors import editor
from desktop.forms.fold import Fold
from desktop.forms.spec import Spec, errors, specs
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box
from desktop.widgets.buttons import glyph
from desktop.widgets.text import set_tone, text

EDITOR_WIDTH = 132
MORE = "More settings"


class Form(QWidget):
    """Rows for the fields of `model`; `common` ones are open, the others folded (none named: all open)."""

    edited = Signal(str)

    def __init__(self, model: type[Any], common: Sequence[str] = (), without: Sequence[str] = ()) -> None:
        super().__init__()
        self._model = model
        fields = [spec for spec in specs(model) if spec.name not in without]
        self.rows = {spec.name: Row(spec) for spec in fields}
        self._kept: dict[str, Any] = {}
        column = column_box(self, gap=SIZES.xs)
        opened = [spec.name for spec in fields if not common or spec.name in common]
        folded = [spec.name for spec in fields if spec.name not in opened]
        column.addWidget(self._grid(opened))
        self.fold = Fold(MORE, self._grid(folded)) if folded else None
        if self.fold is not None:
            column.addWidget(self.fold)
        for row in self.rows.values():
            row.edited.connect(self._edited)

    def values(self) -> dict[str, Any]:
        """What the fields say; fields without a row keep what was shown."""
        return {**self._kept, **{name: row.editor.given() for name, row in self.rows.items()}}

    def show_values(self, values: Mapping[str, Any], usual: Mapping[str, Any]) -> None:
        """Fill the form; `usual` is what each field goes back to."""
        self._kept = {name: value for name, value in values.items() if name not in self.rows}
        for name, row in self.rows.items():
            row.show_value(values.get(name, row.spec.default), usual.get(name, row.spec.default))
        self.check()

    def check(self) -> bool:
        """Say beside each field what is wrong with it; whether all is well."""
        found = errors(self._model, self.values())
        for name, row in self.rows.items():
            row.show_error(found.get(name, ""))
        if self.fold is not None and any(row.wrong and not row.isVisibleTo(self) for row in self._folded()):
            self.fold.button.setChecked(True)
        return not found

    def _folded(self) -> list["Row"]:
        body = None if self.fold is None else self.fold.body
        return [row for row in self.rows.values() if body is not None and body.isAncestorOf(row.label)]

    def _edited(self, name: str) -> None:
        self.check()
        self.edited.emit(name)

    def _grid(self, names: Sequence[str]) -> QWidget:
        body = QWidget()
        grid = grid_box(across=SIZES.s, down=SIZES.xs)
        body.setLayout(grid)
        grid.setColumnStretch(0, 1)
        for number, name in enumerate(names):
            self.rows[name].place(grid, 2 * number)
        return body


class Row(QWidget):
    """A field: its title, its editor, the way back to what is usual, and what is wrong with it.

    The widget itself stays empty: its parts lie in the form's grid, so that they line up.
    """

    edited = Signal(str)

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.hide()
        self.spec = spec
        self.label = text(spec.title, tone="muted", wrap=True)
        self.editor = editor(spec)
        self.back = glyph("undo", self.go_back, "Back to the recipe's value")
        self.error: QLabel = text("", "caption", "bad", wrap=True)
        self._usual: Any = spec.default
        self.error.hide()
        self.label.setBuddy(self.editor)
        self.label.setToolTip(spec.description)
        self.editor.setToolTip(_tip(spec))
        self.editor.setAccessibleName(spec.title)
        self.editor.setFixedWidth(EDITOR_WIDTH)
        self.back.setSizePolicy(_keeping_room(self.back))
        self.editor.edited.connect(self._edited)

    @property
    def wrong(self) -> bool:
        """Whether there is an error to show."""
        return bool(self.error.text())

    def isVisibleTo(self, ancestor: QWidget) -> bool:
        return self.label.isVisibleTo(ancestor)

    def place(self, grid: QGridLayout, line: int) -> None:
        """Lie in two lines of a grid."""
        grid.addWidget(self.label, line, 0)
        grid.addWidget(self.back, line, 1)
        grid.addWidget(self.editor, line, 2)
        grid.addWidget(self.error, line + 1, 0, 1, 3, Qt.AlignmentFlag.AlignTop)

    def show_value(self, value: Any, usual: Any) -> None:
        """Show a value without telling that it was edited."""
        self._usual = usual
        self.editor.blockSignals(True)
        self.editor.show_value(value)
        self.editor.blockSignals(False)
        self._mark()

    def show_error(self, words: str) -> None:
        """Say what is wrong, or nothing."""
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def go_back(self) -> None:
        """Take the usual value again."""
        self.editor.show_value(self._usual)
        self._edited()

    def _edited(self) -> None:
        self._mark()
        self.edited.emit(self.spec.name)

    def _mark(self) -> None:
        changed = not _same(self.editor.given(), self._usual)
        self.back.setVisible(changed)
        set_tone(self.label, "text" if changed else "muted")


def _keeping_room(widget: QWidget) -> QSizePolicy:
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    return policy


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list):
        return one == list(other or ())
    return bool(one == other)


def _tip(spec: Spec) -> str:
    low = "" if spec.low in (float("-inf"), -(2**31)) else f"from {spec.low:g}"
    high = "" if spec.high in (float("inf"), 2**31 - 1) else f"to {spec.high:g}"
    ends = " ".join(part for part in (low, high) if part)
    return "\n".join(part for part in (spec.description, f"Allowed: {ends}" if ends else "") if part)
