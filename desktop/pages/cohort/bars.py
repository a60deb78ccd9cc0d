"""The strip of head counts: a bar per class; a click shows only that class in the table."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from desktop import theme
from desktop.cohort_rows import NO_LABEL, Filter, HeadCount, counted
from desktop.roster import Roster
from desktop.session import Session
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.card import Card
from desktop.widgets.chips import dot_icon
from desktop.widgets.text import Elided, restyle, text
from desktop.widgets.tiles import Tiles

NARROWEST = 140
FEWEST, MOST = 4, 8
BAR = 6
HIGHEST = 176


class Bars(QScrollArea):
    """All targets below one another, a tile per class. `toggled(target, class)` when one is clicked.

    As high as its tiles, up to a height at which it scrolls, so that the table keeps its room.
    """

    toggled = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.tiles: dict[tuple[str, str], ClassTile] = {}
        self._counts: Mapping[str, Sequence[HeadCount]] | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_roster(self, roster: Roster) -> None:
        """Show its head counts, where they are others than before."""
        if roster.counts == self._counts:
            return
        self._counts = roster.counts
        self.tiles = {}
        body = QWidget()
        column = column_box(body, gap=SIZES.xs)
        counts = roster.counts
        beside = min(MOST, max((FEWEST, *(len(classes) for classes in counts.values()))))
        for target, classes in counts.items():
            column.addWidget(text(target.capitalize(), "caption", "muted"))
            column.addLayout(self._tiles_of(target, classes, beside))
            column.addSpacing(SIZES.xs)
        column.addStretch()
        self.setWidget(body)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if body := self.widget():
            self.setFixedHeight(min(HIGHEST, max(0, body.heightForWidth(self.viewport().width()))))

    def show_filter(self, wanted: Filter) -> None:
        """Frame the classes that are chosen."""
        for (target, name), tile in self.tiles.items():
            restyle(tile, on=name in wanted.classes.get(target, frozenset()))

    def _tiles_of(self, target: str, counts: Sequence[HeadCount], beside: int) -> Tiles:
        tiles = Tiles(NARROWEST, beside, SIZES.s)
        total = sum(count.patients for count in counts)
        for count in counts:
            tile = ClassTile(count, total, self._session.class_color(target, count.name))
            tile.clicked.connect(lambda target=target, name=count.name: self.toggled.emit(target, name))
            self.tiles[target, count.name] = tile
            tiles.addWidget(tile)
        return tiles


class ClassTile(Card):
    """A class: dot, name, patients, a bar of its share, scans."""

    def __init__(self, count: HeadCount, total: int, color: str) -> None:
        super().__init__(f"Show only {count.name}")
        share = count.patients / total if total else 0.0
        idle = f"\n{count.idle} of them take part in nothing" if count.idle else ""
        told = f"{count.name}: {counted(count.patients, 'patient')}, {counted(count.scans, 'scan')}"
        self.setToolTip(f"{told}{idle}\nClick: only these")
        dot = QLabel()
        dot.setPixmap(dot_icon(color, count.name == NO_LABEL).pixmap(SIZES.dot, SIZES.dot))
        head = row_box(gap=SIZES.s)
        head.addWidget(dot)
        head.addWidget(Elided(count.name, "strong"), 1)
        out = f", {count.idle} out" if count.idle else ""
        self._patients = text(counted(count.patients, "patient") + out, "caption")
        self._scans = text(counted(count.scans, "scan"), "caption", "muted")
        foot = row_box(gap=SIZES.xs)
        foot.addWidget(self._patients)
        foot.addStretch()
        foot.addWidget(self._scans)
        self.column.setContentsMargins(SIZES.m, SIZES.s, SIZES.m, SIZES.s)
        self.column.setSpacing(6)
        self.column.addLayout(head)
        self.column.addWidget(ShareBar(share, color))
        self.column.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the scans to the tooltip where there is no room for both counts."""
        super().resizeEvent(event)
        needed = self._patients.sizeHint().width() + SIZES.xs + self._scans.sizeHint().width()
        self._scans.setVisible(needed <= self.column.contentsRect().width())


class ShareBar(QWidget):
    """The part of the patients that are of a class, 0 to 1."""

    def __init__(self, share: float, color: str) -> None:
        super().__init__()
        self._share = share
        self._color = color
        self.setFixedHeight(BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for width, color in ((1.0, theme.current().line), (self._share, self._color)):
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * width, BAR), BAR / 2, BAR / 2)
