"""The options of a layout as a form; of file-name patterns, what matches as one types."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.bridge import Bridge
from desktop.forms import Form
from desktop.pages.found.forecast import AUTO, PATTERN, Forecast
from desktop.pages.found.pattern_view import PatternView
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import text

if TYPE_CHECKING:
    from engine.cohort.intake.layout import Layout

FORM_WIDTH = 280


class OptionsView(QWidget):
    """Shows the way that is in force; `changed` as one of its options is. `key` is whose options are shown."""

    changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._chosen: dict[str, dict[str, Any]] = {}
        self._layout: Layout | None = None
        self.form: Form | None = None
        self.pattern = PatternView(bridge)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFixedWidth(FORM_WIDTH)
        row = row_box(self, gap=SIZES.xl)
        row.addWidget(self._area)
        row.addWidget(self.pattern, 1)
        row.addStretch()
        self.pattern.edited.connect(self._edited)

    @property
    def key(self) -> str:
        return AUTO if self._layout is None else self._layout.info.key

    @property
    def has_any(self) -> bool:
        """Whether there is anything to choose."""
        return self._layout is not None and bool(self._layout.options.model_fields)

    @property
    def _by_pattern(self) -> bool:
        """Whether names of files are matched with a pattern."""
        return self._layout is not None and PATTERN in self._layout.options.model_fields

    def begin(self) -> None:
        """Nothing is chosen any more."""
        self._chosen, self._layout = {}, None

    def chosen(self, key: str) -> dict[str, Any]:
        """The options the user chose for a layout; none of those that are left to it."""
        return self._chosen.get(key, {})

    def show_forecast(self, made: Forecast) -> None:
        """Show the options as they are in force; what is being typed stays as it is."""
        if made.layout is None or made.options is None:
            return
        if made.layout is not self._layout:
            self._layout = made.layout
            self._draw()
        values = made.options.model_dump()
        if self.form is not None and self.key not in self._chosen:
            self.form.show_values(values, values)
        self.pattern.show_places(made.places)
        self.pattern.show_pattern(str(values.get(PATTERN, "")))

    def _draw(self) -> None:
        body = QWidget()
        column = column_box(body, gap=SIZES.m, margins=(0, 0, SIZES.m, 0))
        self.form = None
        self.pattern.setVisible(self._by_pattern)
        if self.has_any and self._layout is not None:
            column.addWidget(text(self._layout.info.summary, tone="muted", wrap=True))
            self.form = Form(self._layout.options, without=(PATTERN,) if self._by_pattern else ())
            self.form.edited.connect(self._edited)
            column.addWidget(self.form)
        column.addStretch()
        self._area.setWidget(body)

    def _edited(self, *_: object) -> None:
        if self.form is None:
            return
        typed = {PATTERN: self.pattern.pattern} if self._by_pattern else {}
        self._chosen[self.key] = {**self.form.values(), **typed}
        if self.form.check() or typed:
            self.changed.emit()
