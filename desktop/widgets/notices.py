"""The place for messages: it floats over the top of the page, so nothing below it jumps."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme import SIZES

WIDEST = 760


class Notices(QWidget):
    """Follows the width of `host`, below `offset` pixels; takes no room when all its messages are hidden."""

    def __init__(self, host: QWidget, offset: int) -> None:
        super().__init__(host)
        self._offset = offset
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(SIZES.s)
        host.installEventFilter(self)

    def add(self, notice: QWidget) -> None:
        self._stack.addWidget(notice)
        notice.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        kinds = (QEvent.Type.Resize, QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest)
        if event.type() in kinds:
            self._place()
        return False

    def _place(self) -> None:
        host = self.parentWidget()
        width = min(WIDEST, host.width() - 2 * SIZES.l)
        shown = any(not self._stack.itemAt(i).widget().isHidden() for i in range(self._stack.count()))
        self.setVisible(shown)
        if shown and width > 0:
            height = self._stack.totalHeightForWidth(width)
            height = self._stack.totalSizeHint().height() if height < 0 else height
            self.setGeometry((host.width() - width) // 2, self._offset, width, height)
            self.raise_()
