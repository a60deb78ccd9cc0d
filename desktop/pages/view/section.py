"""A part of the inspector: a heading with what stands under it."""

from PySide6.QtWidgets import QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import text


class Section(QWidget):
    """Hidden while it has nothing under its heading; what stands there may change."""

    def __init__(self, title: str, content: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content: QWidget | None = None
        self._column = column_box(self, gap=SIZES.s, margins=(0, 0, 0, SIZES.l))
        self._column.addWidget(text(title, "section"))
        self.hide()
        self.fill(content)

    def fill(self, content: QWidget | None) -> None:
        """Put this under the heading, or nothing; what stood there is let go, not destroyed."""
        if content is self.content:
            return
        if self.content is not None:
            self.content.setParent(None)
        self.content = content
        self.setVisible(content is not None)
        if content is not None:
            self._column.addWidget(content)
            content.show()
