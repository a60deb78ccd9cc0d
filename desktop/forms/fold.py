"""What is rarely needed, behind one line that opens it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from desktop import icons
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box


class Fold(QWidget):
    """A line with an arrow over a body that is hidden until it is opened."""

    def __init__(self, words: str, body: QWidget) -> None:
        super().__init__()
        self.body = body
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setProperty("kind", "quiet")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setText(words)
        self.button.toggled.connect(self._turn)
        column = column_box(self, gap=SIZES.xs)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(body)
        self._turn(False)

    def set_words(self, words: str) -> None:
        """Change what the line says."""
        self.button.setText(words)

    def _turn(self, opened: bool) -> None:
        self.body.setVisible(opened)
        icons.assign(self.button, "chevron-down" if opened else "chevron-right", "muted")
