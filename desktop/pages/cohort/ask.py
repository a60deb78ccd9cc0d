"""A small question under a button: a value, and where there are several, which column it is for."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from desktop.pages.cohort.cells import value_box
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import text

WIDTH = 260


class Ask(QFrame):
    """`answered(name, value)`; Enter answers, Esc or a click elsewhere leaves everything as it is.

    `offers` are the known values by column; where `new` is said, another column can be named too.
    """

    answered = Signal(str, str)

    def __init__(
        self, title: str, verb: str, offers: Mapping[str, tuple[str, ...]], parent: QWidget, *, new: str = ""
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("panel")
        self.setAccessibleName(title)
        self._offers = dict(offers)
        self._new = new
        self.name = QComboBox()
        self.value = value_box(())
        self.answer = push(verb, self._answer, kind="primary")
        self._build(title)
        self._fill()

    def open_under(self, button: QWidget) -> None:
        """Show it at a button, within the screen, ready to type into."""
        self.setFixedWidth(WIDTH)
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(0, button.height() + SIZES.xs))
        room = button.screen().availableGeometry()
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        if corner.y() + self.height() > room.bottom():
            corner.setY(max(room.top(), button.mapToGlobal(QPoint(0, 0)).y() - self.height() - SIZES.xs))
        self.move(corner)
        self.show()
        self.value.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._answer()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return False

    def _answer(self) -> None:
        name = self.name.currentText().strip()
        if self._new and not name:
            self.name.setFocus()
            return
        value = self.value.currentText().strip()
        self.close()
        self.answered.emit(name, value)

    def _fill(self) -> None:
        self.value.clear()
        self.value.addItems(list(self._offers.get(self.name.currentText(), ())))
        self.value.setCurrentIndex(-1)

    def _build(self, title: str) -> None:
        self.name.addItems(list(self._offers))
        self.name.setEditable(bool(self._new))
        self.name.setVisible(len(self._offers) > 1 or bool(self._new))
        self.name.setAccessibleName("Column")
        self.value.setAccessibleName(title)
        line = self.name.lineEdit()
        if isinstance(line, QLineEdit):
            line.setPlaceholderText(self._new)
        self.name.currentTextChanged.connect(lambda _: self._fill())
        self.value.installEventFilter(self)
        self.name.installEventFilter(self)
        column = column_box(self, gap=SIZES.s, margins=(SIZES.m, SIZES.m, SIZES.m, SIZES.m))
        column.addWidget(text(title, "strong"))
        column.addWidget(self.name)
        column.addWidget(self.value)
        foot = row_box(gap=SIZES.s)
        foot.addWidget(text("Esc leaves it", "caption", "muted"), 1)
        foot.addWidget(self.answer)
        column.addLayout(foot)
