"""The place for messages: it floats over the top of the page, so nothing below it jumps."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box

WIDEST = 760


class Notices(QWidget):
    """Follows the width of `host`, below `offset` pixels; takes no room when all its messages are hidden."""

    def __init__(self, host: QWidget, offset: int) -> None:
        super().__init__(host)
        self._host = host
        self._offset = offset
        self._notices: list[QWidget] = []
        self._stack = column_box(self, gap=SIZES.s)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._place)
        host.installEventFilter(self)

    def add(self, notice: QWidget) -> None:
        self._notices.append(notice)
        self._stack.addWidget(notice)
        notice.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (
            QEvent.Type.Resize,
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
            QEvent.Type.LayoutRequest,
        )
        if event.type() in kinds:
            self._soon.start(0)
        return False

    def _place(self) -> None:
        host = self._host
        width = min(WIDEST, host.width() - 2 * SIZES.l)
        shown = any(not notice.isHidden() for notice in self._notices)
        self.setVisible(shown)
        self._stack.activate()
        if shown and width > 0:
            height = self._stack.totalHeightForWidth(width)
            height = self._stack.totalSizeHint().height() if height < 0 else height
            self.setGeometry((host.width() - width) // 2, self._offset, width, height)
            self.raise_()
