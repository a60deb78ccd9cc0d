"""A number that may be typed, of any size."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QSizePolicy

from desktop.theme import SIZES
from engine.pictures.wording import decimals_for

LIMIT = 1e12


class NumberBox(QDoubleSpinBox):
    """Shows as many digits as its `scale` needs, and steps by a fiftieth of it."""

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self.setRange(-LIMIT, LIMIT)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.lineEdit().setTextMargins(SIZES.xs, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to what it lies in, unless it has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def show_number(self, value: float, scale: float) -> None:
        """Show this without telling anyone."""
        if self.hasFocus() and abs(self.value() - value) < 10.0 ** -self.decimals():
            return
        with QSignalBlocker(self):
            self.setDecimals(decimals_for(scale))
            self.setSingleStep(scale / 50)
            self.setValue(value)
