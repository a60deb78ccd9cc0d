"""Labels in the type sizes and tones of the look."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def text(
    words: str, kind: str = "body", tone: str = "text", *, wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """A label; `kind` is body, caption, section or title, `tone` a token's name."""
    label = QLabel(words, parent)
    label.setProperty("type", kind)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", tone)
    return label


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour the widget by another token."""
    restyle(widget, tone=tone)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties the style sheet asks about, and have it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Elided(QLabel):
    """One line that gives way where there is no room; then the whole text is in the tooltip."""

    def __init__(
        self,
        words: str = "",
        kind: str = "body",
        tone: str = "text",
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self.setProperty("type", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setProperty("tone", tone)
        self._cut = cut

    def setText(self, words: str) -> None:
        super().setText(words)
        self._explain()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.contentsRect(), self.alignment(), self.shown_text())

    def shown_text(self) -> str:
        """What there is room for; where that is not even a letter, nothing."""
        words = self.fontMetrics().elidedText(self.text(), self._cut, self.contentsRect().width())
        return "" if words == "…" else words

    def _explain(self) -> None:
        self.setToolTip(self.text() if self.shown_text() != self.text() else "")
