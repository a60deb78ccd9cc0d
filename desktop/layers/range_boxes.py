"""The values that the colours of a layer span, and those that are not drawn, as numbers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.layers.number_box import NumberBox
from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from engine.pictures.overlay import Overlay

NO_THRESHOLD = "None"


class RangeBoxes(QWidget):
    """Mirrors an overlay; `wanted` tells what of it was changed, by name. `threshold` finds its place elsewhere."""

    wanted = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.low = NumberBox("Lowest value", "The value of the first colour; of a signed map as far from 0 as the last")
        self.high = NumberBox("Highest value", "The value of the last colour")
        self.threshold = NumberBox("Threshold", "What is below is not drawn; of a signed map, what is nearer to 0")
        self.threshold.setMinimum(0)
        self.threshold.setSpecialValueText(NO_THRESHOLD)
        self._signed = False
        ends = row_box(self, gap=SIZES.xs)
        ends.addWidget(self.low, 1)
        ends.addWidget(self.high, 1)
        self.low.valueChanged.connect(lambda low: self._tell(low, -low if self._signed else self.high.value()))
        self.high.valueChanged.connect(lambda high: self._tell(-high if self._signed else self.low.value(), high))
        self.threshold.valueChanged.connect(lambda value: self.wanted.emit({"threshold": value}))

    def show_overlay(self, overlay: Overlay) -> None:
        """Show the numbers of this."""
        self._signed = overlay.signed
        span = max(abs(overlay.high - overlay.low), 1e-9)
        self.low.show_number(overlay.low, span)
        self.high.show_number(overlay.high, span)
        self.threshold.show_number(overlay.threshold, span)

    def _tell(self, low: float, high: float) -> None:
        if low < high:
            self.wanted.emit({"low": low, "high": high})
