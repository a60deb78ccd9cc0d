"""A list that drops down, to be searched by typing: everything a scan can be compared with."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from desktop.comparing.candidates import Candidate
from desktop.comparing.comparison import Other
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.search_box import SearchBox

WIDTH, HEIGHT = 280, 380
HIGH = 26
MOST = 400
HINT = "Find a scan, frame or patient"
ROOMY = f"QListView::item {{ padding: 0 {SIZES.s}px; }} QListView::item:selected {{ background: palette(highlight); }}"
STEERING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ChoiceList(QFrame):
    """A popup with a line to search with; arrows move in the list while one types, Return takes, Esc closes."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("panel")
        self.search = SearchBox(HINT)
        self.rows = QListWidget()
        self.rows.setUniformItemSizes(True)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.rows.setStyleSheet(ROOMY)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.itemClicked.connect(self._take)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.setFocusProxy(self.search)
        self._candidates: tuple[Candidate, ...] = ()
        self._chosen: Other | None = None
        column = column_box(self, gap=SIZES.s, margins=(SIZES.s, SIZES.s, SIZES.s, SIZES.s))
        column.addWidget(self.search)
        column.addWidget(self.rows)

    def offer(self, candidates: tuple[Candidate, ...], chosen: Other | None) -> None:
        """Have these to choose from; the search begins anew."""
        self._candidates, self._chosen = candidates, chosen
        self.search.clear()
        self._fill()

    def drop(self, at: QPoint) -> None:
        """Show below a point of the screen, as far as that has room."""
        self.resize(WIDTH, HEIGHT)
        free = self.screen().availableGeometry()
        self.move(min(at.x(), free.right() - WIDTH), min(at.y(), free.bottom() - HEIGHT))
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in STEERING:
            self.rows.keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.rows.currentItem())
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        found = [each for each in self._candidates if all(word in each.name.casefold() for word in words)]
        self.rows.clear()
        group = ""
        for each in found[:MOST]:
            if each.group != group:
                group = each.group
                self.rows.addItem(_heading(group))
            self.rows.addItem(_row(each))
            if each.other == self._chosen:
                self.rows.setCurrentRow(self.rows.count() - 1)
        if len(found) > MOST:
            self.rows.addItem(_heading(f"and {len(found) - MOST} more: type to find one"))
        if not found:
            self.rows.addItem(_heading("Nothing of that name"))
        elif self.rows.currentRow() < 0:
            self.rows.setCurrentRow(1)

    def _take(self, item: QListWidgetItem | None) -> None:
        other = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        if other is not None:
            self.wanted.emit(other)


def _heading(words: str) -> QListWidgetItem:
    made = QListWidgetItem(words)
    made.setFlags(Qt.ItemFlag.NoItemFlags)
    font = QFont()
    font.setPixelSize(SIZES.caption)
    font.setWeight(QFont.Weight.DemiBold)
    made.setFont(font)
    made.setSizeHint(QSize(0, HIGH))
    return made


def _row(candidate: Candidate) -> QListWidgetItem:
    made = QListWidgetItem(f"{candidate.name} · excluded" if candidate.excluded else candidate.name)
    made.setData(Qt.ItemDataRole.UserRole, candidate.other)
    made.setToolTip(f"{candidate.name}\nExcluded: {candidate.excluded}" if candidate.excluded else candidate.name)
    made.setSizeHint(QSize(0, HIGH))
    return made
