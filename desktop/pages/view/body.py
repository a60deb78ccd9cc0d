"""How the view page lies while there is something to see: choices above, tools beside, the curve below the pictures."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.viewer.signal_curve import HEIGHT
from desktop.widgets.boxes import column_box, row_box


def body_of(choices: QWidget, tools: QWidget, panes: QWidget, curve: QWidget) -> QWidget:
    """All of it in one widget; the height of the curve can be changed with the mouse."""
    over_curve = QSplitter(Qt.Orientation.Vertical)
    over_curve.setChildrenCollapsible(False)
    over_curve.addWidget(panes)
    over_curve.addWidget(curve)
    over_curve.setStretchFactor(0, 1)
    over_curve.setSizes([4 * HEIGHT, HEIGHT])
    body = QWidget()
    column = column_box(body)
    column.addWidget(choices)
    across = row_box()
    across.addWidget(tools)
    across.addWidget(over_curve, 1)
    column.addLayout(across, 1)
    return body
