"""A panel over the middle of the window, which one looks at and puts away."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.buttons import glyph
from desktop.widgets.text import text


class Panel(QFrame):
    """Esc or the cross puts it away; then the keyboard is where it was before."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setObjectName("panel")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._body: QWidget | None = None
        self._before: QWidget | None = None
        head = row_box()
        head.addWidget(text(title, "section"), 1)
        head.addWidget(glyph("close", self.hide, "Close (Esc)"))
        self._whole = column_box(self, gap=SIZES.m, margins=(SIZES.xl, SIZES.l, SIZES.l, SIZES.xl))
        self._whole.addLayout(head)
        parent.installEventFilter(self)
        self.hide()

    def show_body(self, body: QWidget) -> None:
        """Show `body` in place of what was in the panel."""
        focused = QApplication.focusWidget()
        take_focus = self.isHidden() or (focused is not None and self.isAncestorOf(focused))
        if self._body is not None:
            self._whole.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = body
        self._whole.addWidget(body)
        body.show()
        if self.isHidden():
            self._before = focused
        self.show()
        self.place()
        self.raise_()
        if take_focus:
            self.setFocus()

    def place(self) -> None:
        """Take as much room as the body needs, in the middle of the window."""
        room = self._host.rect()
        self._whole.activate()
        self.resize(self.sizeHint().boundedTo(room.size()))
        self.move(room.center() - self.rect().center())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()
