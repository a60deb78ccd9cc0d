"""The scans of a finding as thumbnails; only those in sight are read."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.session import Session
from desktop.theme import SIZES
from desktop.thumbnails import Thumbnails
from desktop.widgets.marks import caption_font, draw_thumbnail
from engine.cohort import Scan

SIDE = 104
SCAN = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Called = Callable[[Scan], tuple[str, str]]
NOWHERE = QModelIndex()


class TileModel(QAbstractListModel):
    """A row per scan; `called` gives the two lines under its picture."""

    def __init__(self, called: Called, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scans: Sequence[Scan] = ()
        self._called = called

    def show_scans(self, scans: Sequence[Scan]) -> None:
        """Show other scans."""
        self.beginResetModel()
        self.scans = scans
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.scans)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        scan = self.scans[index.row()]
        if role == SCAN:
            return scan
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(self._called(scan))
        if role == Qt.ItemDataRole.ToolTipRole:
            excluded = (f"Excluded: {scan.excluded}",) if scan.excluded else ()
            return "\n".join((*self._called(scan), str(scan.path), *excluded))
        return None


class Tiles(QListView):
    """`pointed(scan)` when one becomes the current one, `opened(scan)` when it is double-clicked."""

    pointed = Signal(object)
    opened = Signal(object)
    marked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._model = TileModel(lambda scan: called(session, scan), self)
        self.setModel(self._model)
        self.setItemDelegate(TilePainter(session.thumbnails, self))
        self.setAccessibleName("Scans of the finding")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(SIZES.xs)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        session.thumbnails.arrived.connect(self.viewport().update)
        self.selectionModel().selectionChanged.connect(self._mark)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._model.scans[index.row()]))

    @property
    def scans(self) -> Sequence[Scan]:
        """What is shown."""
        return self._model.scans

    def show_scans(self, scans: Sequence[Scan]) -> None:
        """Show other scans; where they are the same ones as they are now, what is selected stays so."""
        selected = {scan.id for scan in self.selected()}
        place = self.currentIndex().row()
        same = [scan.id for scan in scans] == [scan.id for scan in self._model.scans]
        self._model.show_scans(scans)
        if same and 0 <= place < len(scans):
            self.selectionModel().setCurrentIndex(
                self._model.index(place), self.selectionModel().SelectionFlag.NoUpdate
            )
            for row, scan in enumerate(scans):
                if scan.id in selected:
                    self.selectionModel().select(self._model.index(row), self.selectionModel().SelectionFlag.Select)

    def selected(self) -> list[Scan]:
        """Those that are selected, in their order."""
        return [self._model.scans[row] for row in sorted(index.row() for index in self.selectedIndexes())]

    def _mark(self, *_: object) -> None:
        """A scan is pointed at once it is selected too: the focus alone makes one the current one."""
        index = self.currentIndex()
        if index.isValid() and self.selectionModel().isSelected(index):
            self.pointed.emit(self._model.scans[index.row()])
        self.marked.emit()


class TilePainter(QStyledItemDelegate):
    """A picture over two lines: whose it is, and what it is called."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(SIDE + 2 * SIZES.xs, SIDE + 2 * SIZES.xs + 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.current()
        scan: Scan = index.data(SCAN)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.chosen))
            painter.drawRoundedRect(box, SIZES.corner, SIZES.corner)
        square = QRect(box.left() + SIZES.xs, box.top() + SIZES.xs, SIDE, SIDE)
        picture = self._thumbnails.request(scan.source, scan.digest)
        draw_thumbnail(painter, square, picture, faint=bool(scan.excluded))
        name, word = str(index.data()).split("\n")
        painter.setFont(caption_font(option.font))
        cut = painter.fontMetrics().elidedText
        for line, words, tone in ((0, name, tokens.text), (1, word, tokens.muted)):
            painter.setPen(QColor(tokens.muted if scan.excluded else tone))
            place = QRect(square.left(), square.bottom() + 4 + line * 15, SIDE, 15)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, cut(words, Qt.TextElideMode.ElideRight, SIDE))
        painter.restore()


def called(session: Session, scan: Scan) -> tuple[str, str]:
    """Whose a scan is, and its labels; where it takes part in nothing, that."""
    cohort = session.cohort
    patient = cohort.by_key.get(scan.patient) if cohort is not None else None
    if scan.excluded:
        return session.patient_name(scan.patient), "excluded"
    labels = {} if patient is None else {**patient.labels, **scan.labels}
    words = [scan.role, *labels.values()] if not labels or scan.role != "image" else list(labels.values())
    return session.patient_name(scan.patient), ", ".join(words)
