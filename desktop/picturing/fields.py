"""The smaller fields of a panel that saves."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import row_box
from engine.pictures.movie import FASTEST, SLOWEST


def choice(name: str) -> QComboBox:
    """A list to choose from, empty yet."""
    made = QComboBox()
    made.setAccessibleName(name)
    return made


def switch(words: str, tip: str = "") -> QCheckBox:
    """A box that is ticked to begin with."""
    made = QCheckBox(words)
    made.setChecked(True)
    made.setToolTip(tip)
    return made


def speed_box() -> QDoubleSpinBox:
    """How many pictures there are in a second."""
    made = QDoubleSpinBox(minimum=SLOWEST, maximum=FASTEST, value=10.0, decimals=1)
    made.setSuffix(" pictures / s")
    made.setAccessibleName("Speed")
    made.lineEdit().setTextMargins(SIZES.xs + 2, 0, 0, 0)
    return made


def beside(*parts: QWidget) -> QWidget:
    """Fields in a row, from the left."""
    whole = QWidget()
    row = row_box(whole, gap=SIZES.l)
    for part in parts:
        row.addWidget(part)
    row.addStretch()
    return whole
