"""A layout of equal columns, as many as there is room for; the rows are as high as their highest tile."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Tiles(QLayout):
    """Tiles of at least `narrowest` pixels, at most `columns` of them beside each other."""

    def __init__(self, narrowest: int, columns: int, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrowest = narrowest
        self._columns = columns
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take every tile away for good."""
        discard_all(self)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._arrange(area, move=True)

    def sizeHint(self) -> QSize:
        width = self._columns * (self._narrowest + self.spacing()) - self.spacing()
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        return QSize(self._narrowest, 0)

    def _arrange(self, area: QRect, *, move: bool) -> int:
        gap = self.spacing()
        fitting = (area.width() + gap) // (self._narrowest + gap)
        columns = max(1, min(self._columns, fitting))
        width = (area.width() - gap * (columns - 1)) // columns
        y = area.y()
        for start in range(0, len(self._items), columns):
            row = self._items[start : start + columns]
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
