"""Groups of scans, a strip of slices each, which may be ticked."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import icons, theme
from desktop.session import Session
from desktop.theme import SIZES
from desktop.thumbnails import Thumbnails
from desktop.widgets.marks import caption_font, draw_thumbnail
from engine.audit.finding import counted
from engine.cohort import Scan

SIDE, TICK, NAME = 52, 16, 74
GROUP, TICKED = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.CheckStateRole
Index = QModelIndex | QPersistentModelIndex
Group = tuple[Scan, ...]
NOWHERE = QModelIndex()


class StripModel(QAbstractListModel):
    """A row per group; ticked, where they can be, until somebody unticks them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups: Sequence[Group] = ()
        self.tickable = False
        self.left_out: set[int] = set()

    def show_groups(self, groups: Sequence[Group], *, tickable: bool) -> None:
        """Show other groups, all ticked."""
        self.beginResetModel()
        self.groups, self.tickable, self.left_out = groups, tickable, set()
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        group = self.groups[index.row()]
        if role == GROUP:
            return group
        if role == TICKED and self.tickable:
            return index.row() not in self.left_out
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return counted(len(group), "scan")
        return None


class Strips(QListView):
    """`ticks_changed` when one is ticked or unticked, `pointed(scan)` when a picture is clicked."""

    ticks_changed = Signal()
    pointed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._model = StripModel(self)
        self.setModel(self._model)
        self.setItemDelegate(StripPainter(session.thumbnails, self))
        self.setAccessibleName("Groups of scans")
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        session.thumbnails.arrived.connect(self.viewport().update)
        self.clicked.connect(self._clicked)

    @property
    def tickable(self) -> bool:
        """Whether groups can be chosen."""
        return self._model.tickable

    def show_groups(self, numbers: Sequence[Sequence[int]], scans: Mapping[int, Scan], *, tickable: bool) -> None:
        """Show groups of scans by id; the same ones once more keep their ticks."""
        groups = [tuple(scans[number] for number in group if number in scans) for group in numbers]
        before = [[scan.id for scan in group] for group in self._model.groups]
        left_out = set(self._model.left_out)
        self._model.show_groups(groups, tickable=tickable)
        if before == [[scan.id for scan in group] for group in groups]:
            self._model.left_out = left_out
        self.ticks_changed.emit()

    def ticked(self) -> tuple[tuple[int, ...], ...]:
        """The ticked groups, as scans by id."""
        groups = enumerate(self._model.groups)
        left_out = self._model.left_out
        return tuple(tuple(scan.id for scan in group) for place, group in groups if place not in left_out)

    def tick_all(self, *, on: bool) -> None:
        """Tick all groups, or none."""
        self._model.left_out = set() if on else set(range(len(self._model.groups)))
        self.viewport().update()
        self.ticks_changed.emit()

    def toggle(self, place: int) -> None:
        """Tick a group, or untick it."""
        if self._model.tickable:
            self._model.left_out ^= {place}
            self.viewport().update()
            self.ticks_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        across = self.viewport().mapFromGlobal(self.cursor().pos()).x() - pictures_from(tickable=self.tickable)
        group = self._model.groups[index.row()]
        if across < 0:
            self.toggle(index.row())
        elif across // (SIDE + SIZES.xs) < len(group):
            self.pointed.emit(group[across // (SIDE + SIZES.xs)])


class StripPainter(QStyledItemDelegate):
    """A tick, how many scans, and as many pictures as there is room for."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), SIDE + SIZES.s)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.current()
        group: Group = index.data(GROUP)
        ticked = index.data(TICKED)
        box: QRect = option.rect
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(box, QColor(tokens.hover))
        left, middle = box.left() + SIZES.m, box.center().y() + 1
        if ticked is not None:
            _draw_tick(painter, QRect(left, middle - TICK // 2, TICK, TICK), on=bool(ticked))
            left += TICK + SIZES.s
        painter.setFont(caption_font(option.font))
        painter.setPen(QColor(tokens.text if ticked in (None, True) else tokens.muted))
        painter.drawText(QRect(left, box.top(), NAME, box.height()), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        self._pictures(painter, box, group, faint=ticked is False)
        painter.restore()

    def _pictures(self, painter: QPainter, box: QRect, group: Group, *, faint: bool) -> None:
        left = box.left() + pictures_from(tickable=faint or self._tickable())
        fitting = max(1, (box.right() - left - SIZES.m) // (SIDE + SIZES.xs))
        shown = group if len(group) <= fitting else group[: fitting - 1]
        for place, scan in enumerate(shown):
            square = QRect(left + place * (SIDE + SIZES.xs), box.top() + SIZES.xs, SIDE, SIDE)
            picture = self._thumbnails.request(scan.source, scan.digest)
            draw_thumbnail(painter, square, picture, faint=faint or bool(scan.excluded))
        if rest := len(group) - len(shown):
            painter.setPen(QColor(theme.current().muted))
            more = QRect(left + len(shown) * (SIDE + SIZES.xs), box.top(), SIDE, box.height())
            painter.drawText(more, Qt.AlignmentFlag.AlignVCenter, f"+{rest:,}")

    def _tickable(self) -> bool:
        strips = self.parent()
        return isinstance(strips, Strips) and strips.tickable


def pictures_from(*, tickable: bool) -> int:
    """Where the pictures of a strip begin."""
    return SIZES.m + NAME + (TICK + SIZES.s if tickable else 0)


def _draw_tick(painter: QPainter, box: QRect, *, on: bool) -> None:
    tokens = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(tokens.accent if on else tokens.muted))
    painter.setBrush(QColor(tokens.accent if on else tokens.ground))
    painter.drawRoundedRect(box, 3, 3)
    if on:
        painter.drawPixmap(box.adjusted(1, 1, -1, -1), icons.mark("check", tokens.on_accent, TICK - 2, 2.0))
