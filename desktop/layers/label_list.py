"""The labels of a mask with their colours and voxels; each can be hidden."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import text
from engine.pictures.labels import Label
from engine.pictures.layer import Layer

MOST = 24
SWATCH = QSize(12, 12)


class LabelList(QWidget):
    """Mirrors a mask. `wanted` tells which labels are to be hidden from now on."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[int, QCheckBox] = {}
        self.more = text("", "caption", "muted", wrap=True)
        self._hidden: frozenset[int] = frozenset()
        self._column = column_box(self, gap=SIZES.xs)
        self._column.addWidget(self.more)

    def show_mask(self, layer: Layer, frame: int) -> None:
        """Show its labels, with the voxels that they have in a frame."""
        self._hidden = layer.overlay.hidden
        listed = {label.number: label for label in layer.labels[:MOST]}
        if list(listed) != list(self.boxes):
            self._fill([*listed.values()])
        for number, box in self.boxes.items():
            count = listed[number].voxels[frame]
            with QSignalBlocker(box):
                box.setChecked(number not in self._hidden)
            box.setText(f"{number} · {count:,} {'voxel' if count == 1 else 'voxels'}")
        left = len(layer.labels) - len(listed)
        self.more.setText(f"and {left:,} more" if left else "" if listed else "It has no labels")
        self.more.setVisible(bool(self.more.text()))

    def _fill(self, labels: list[Label]) -> None:
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {label.number: self._box(label) for label in labels}

    def _box(self, label: Label) -> QCheckBox:
        swatch = QPixmap(SWATCH)
        swatch.fill(QColor(label.colour))
        made = QCheckBox()
        made.setIcon(QIcon(swatch))
        made.setIconSize(SWATCH)
        made.setToolTip(f"Show or hide label {label.number}")
        made.setAccessibleName(f"Label {label.number}")
        made.toggled.connect(partial(self._tell, label.number))
        self._column.insertWidget(self._column.count() - 1, made)
        return made

    def _tell(self, number: int, shown: bool) -> None:
        self.wanted.emit(self._hidden - {number} if shown else self._hidden | {number})
