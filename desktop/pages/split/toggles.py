"""Some of several words, each on or off."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.theme import SIZES
from desktop.widgets.flow import Flow
from desktop.widgets.tiles import discard_all


class Toggles(QWidget):
    """`changed` when the user turns one on or off."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = Flow(self, SIZES.xs)
        self.buttons: dict[str, QPushButton] = {}

    def chosen(self) -> tuple[str, ...]:
        """Those that are on, in their order."""
        return tuple(name for name, button in self.buttons.items() if button.isChecked())

    def offer(self, names: Sequence[str], chosen: Sequence[str]) -> None:
        """Show these; no signal."""
        discard_all(self._flow)
        self.buttons = {name: self._button(name, name in chosen) for name in names}
        self.updateGeometry()

    def _button(self, name: str, on: bool) -> QPushButton:
        made = QPushButton(name.replace("&", "&&"), self)
        made.setProperty("kind", "chip")
        made.setCheckable(True)
        made.setChecked(on)
        made.setAccessibleName(name)
        made.toggled.connect(self.changed)
        self._flow.addWidget(made)
        made.show()
        return made
