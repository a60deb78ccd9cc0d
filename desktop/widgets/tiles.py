"""A layout of equal columns, as many as there is room for; the rows are as high as their highest tile."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desktop.widgets.arranged import Arranged


class Tiles(Arranged):
    """Tiles of at least `narrowest` pixels, at most `columns` of them beside each other."""

    def __init__(self, narrowest: int, columns: int, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(gap, parent)
        self._narrowest = narrowest
        self._columns = columns

    def clear(self) -> None:
        """Take every tile away for good."""
        discard_all(self)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        width = self._columns * (self._narrowest + self.spacing()) - self.spacing()
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        return QSize(self._narrowest, 0)

    def arrange(self, area: QRect, *, move: bool) -> int:
        gap = self.spacing()
        fitting = (area.width() + gap) // (self._narrowest + gap)
        columns = max(1, min(self._columns, fitting))
        width = (area.width() - gap * (columns - 1)) // columns
        y = area.y()
        for start in range(0, len(self.items), columns):
            row = self.items[start : start + columns]
            height = max(_height(item, width) for item in row)
            for column, item in enumerate(row):
                if move:
                    item.setGeometry(QRect(area.x() + column * (width + gap), y, width, height))
            y += height + gap
        return max(0, y - gap - area.y())


def discard_all(layout: QLayout) -> None:
    """Take every widget out of a layout, for good."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
