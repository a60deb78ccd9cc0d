"""Filters by class: small buttons with the class's dot, several may be on."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.cohort_rows import NO_LABEL
from desktop.theme import SIZES
from desktop.widgets.flow import Flow
from desktop.widgets.marks import draw_dot
from desktop.widgets.tiles import discard_all

WIDEST = 190


class Chips(QWidget):
    """Says which classes are wanted; none chosen means all."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self, SIZES.xs)
        self.buttons: dict[str, QPushButton] = {}

    def chosen(self) -> list[str]:
        return [name for name, button in self.buttons.items() if button.isChecked()]

    def offer(self, colors: dict[str, str]) -> None:
        """Show a chip per class; what was chosen and is still there stays chosen."""
        kept = self.chosen()
        discard_all(self._flow)
        self.buttons = {name: self._chip(name, color, name in kept) for name, color in colors.items()}
        self.updateGeometry()

    def _chip(self, name: str, color: str, checked: bool) -> QPushButton:
        chip = QPushButton(dot_icon(color, name == NO_LABEL, SIZES.xs), "", self)
        shown = chip.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, WIDEST)
        chip.setText(shown.replace("&", "&&"))
        chip.setAccessibleName(name)
        chip.setProperty("kind", "chip")
        chip.setIconSize(QSize(SIZES.dot + SIZES.xs, SIZES.dot))
        chip.setCheckable(True)
        chip.setChecked(checked)
        chip.setToolTip(f"Only {name}; choose several to see them together")
        chip.toggled.connect(self.changed)
        self._flow.addWidget(chip)
        return chip


def dot_icon(color: str, hollow: bool = False, gap: int = 0) -> QIcon:
    """A class dot as an icon, sharp on dense screens, with a `gap` at its right."""
    image = QPixmap(2 * (SIZES.dot + gap), 2 * SIZES.dot)
    image.setDevicePixelRatio(2)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_dot(painter, QPointF(SIZES.dot / 2, SIZES.dot / 2), color, hollow)
    painter.end()
    return QIcon(image)
