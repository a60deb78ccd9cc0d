"""A number that may be typed, of any size."""

from math import floor, log10

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QDoubleSpinBox, QSizePolicy

from desktop.theme import SIZES

LIMIT = 1e12
DIGITS = 3


class NumberBox(QDoubleSpinBox):
    """Shows as many digits as its `scale` needs, and steps by a fiftieth of it."""

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self.setRange(-LIMIT, LIMIT)
        self.setKeyboardTracking(False)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.lineEdit().setTextMargins(SIZES.xs, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_number(self, value: float, scale: float) -> None:
        """Show this without telling anyone."""
        if self.hasFocus() and abs(self.value() - value) < 10.0 ** -self.decimals():
            return
        with QSignalBlocker(self):
            self.setDecimals(decimals_for(scale))
            self.setSingleStep(scale / 50)
            self.setValue(value)


def decimals_for(scale: float) -> int:
    """Enough to tell a thousandth of it."""
    if scale <= 0:
        return DIGITS
    return min(max(DIGITS - 1 - floor(log10(scale)), 0), 9)
