"""Two pictures beside each other, and where they differ."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.bridge import Task
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import Elided
from engine.cohort import Scan

if TYPE_CHECKING:
    from engine.audit.comparing import Compared
    from engine.audit.thumbnail import Bytes
    from engine.errors import IsocenterError

LEAST, MOST = 120, 420
BRIGHTER = 4


class Comparison(QWidget):
    """Of one pair at a time; what is asked for last is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._task: Task | None = None
        self._pair: tuple[int, int] | None = None
        self.panels = tuple(Panel() for _ in range(3))
        row = row_box(self, gap=SIZES.s)
        for panel in self.panels:
            row.addWidget(panel, 1)

    def show_pair(self, one: Scan | None, other: Scan | None) -> None:
        """Compare two scans; hidden where there are no two."""
        self.setVisible(one is not None and other is not None)
        if one is None or other is None or self._pair == (one.id, other.id):
            return
        self._pair = (one.id, other.id)
        if self._task is not None:
            self._task.cancel()
        for panel in self.panels:
            panel.show_picture(None, "")
        self._task = self._session.bridge.submit(
            partial(_compared, one, other), partial(self._show, one, other), self._miss, owner=self
        )

    def forget(self) -> None:
        """Look anew at the next pair, also where it is the same."""
        self._pair = None

    def _show(self, one: Scan, other: Scan, found: "Compared") -> None:
        first, second, difference = self.panels
        first.show_picture(image(found.first), f"{self._session.patient_name(one.patient)}, {one.path.name}")
        turned = ", turned" if found.turned else ""
        name = f"{self._session.patient_name(other.patient)}, {other.path.name}{turned}"
        second.show_picture(image(found.second), name)
        bright = np.minimum(found.difference.astype(np.uint16) * BRIGHTER, 255).astype(np.uint8)
        difference.show_picture(image(bright), f"Difference × {BRIGHTER} · {found.off:.1f} %")

    def _miss(self, error: "IsocenterError") -> None:
        self.panels[0].show_picture(None, f"No picture: {error.what}")


class Panel(QWidget):
    """A picture on black, as large as there is room, over a caption."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = Picture()
        self.caption = Elided("", "caption", "muted", Qt.TextElideMode.ElideMiddle)
        column = column_box(self, gap=SIZES.xs)
        column.addWidget(self._picture, 1)
        column.addWidget(self.caption)

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._picture.image

    def show_picture(self, picture: QImage | None, words: str) -> None:
        """Show another picture, or none."""
        self._picture.image = picture
        self.caption.setText(words)
        self._picture.update()


class Picture(QWidget):
    """A picture on black in its own proportions."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(LEAST, LEAST)
        self.setMaximumHeight(MOST)

    def sizeHint(self) -> QSize:
        return QSize(MOST, MOST)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return min(width, MOST)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(QColor(tokens.image))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), SIZES.xs, SIZES.xs)
        if self.image is None:
            return
        inner = self.rect().adjusted(1, 1, -1, -1)
        size = QSize(self.image.size()).scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(inner).center())
        painter.drawImage(place, self.image)


def image(grey: "Bytes") -> QImage:
    """Grey levels (y, x) as an image of its own."""
    rows, columns = grey.shape
    return QImage(np.ascontiguousarray(grey).tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8).copy()


def _compared(one: Scan, other: Scan) -> "Compared":
    from engine.audit.comparing import compared

    return compared(one, other)
