"""The list of findings: the gravest first, done and dismissed ones folded away."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.pages.audit.painter import FindingPainter
from desktop.pages.audit.rows import Row, rows_of
from desktop.pages.audit.standing import Standing
from desktop.session import Session
from desktop.widgets.card import PRESSES
from engine.audit.finding import Finding

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class FindingModel(QAbstractListModel):
    """A row per heading and finding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.words} ({row.count})" if row.finding is None else row.finding.reason
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.rows[index.row()]
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if row.finding is not None or row.fold else Qt.ItemFlag.NoItemFlags


class FindingList(QListView):
    """`chosen(finding)` when one becomes the current one, None where none is left."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._model = FindingModel(self)
        self._standing = Standing()
        self._opened: set[str] = set()
        self._key = ""
        self._place = 0
        self.setModel(self._model)
        self.setItemDelegate(FindingPainter(session, self))
        self.setObjectName("finding_list")
        self.setAccessibleName("Findings")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._follow)
        self.clicked.connect(self._clicked)

    @property
    def finding(self) -> Finding | None:
        """The current finding."""
        rows, place = self._model.rows, self.currentIndex().row()
        return rows[place].finding if 0 <= place < len(rows) else None

    @property
    def rows(self) -> list[Row]:
        """What is listed."""
        return self._model.rows

    def show_standing(self, standing: Standing) -> None:
        """Show the findings as they stand; the current one stays so, or the one that came after it takes its place."""
        self._standing = standing
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex()
        if event.key() in PRESSES and place.isValid() and self._model.rows[place.row()].fold:
            self._clicked(place)
        else:
            super().keyPressEvent(event)

    def choose(self, key: str) -> None:
        """Make a finding the current one."""
        place = self._place_of(key)
        if place is not None:
            self.setCurrentIndex(self._model.index(place))

    def _fill(self) -> None:
        key, place = self._key, self._place
        self._model.show_rows(rows_of(self._standing, self._opened))
        there = self._place_of(key)
        wanted = there if there is not None else self._next_to(place)
        if wanted is None:
            self._key = ""
            self.chosen.emit(None)
            return
        self.setCurrentIndex(self._model.index(wanted))

    def _place_of(self, key: str) -> int | None:
        rows = enumerate(self._model.rows)
        return next((place for place, row in rows if row.finding is not None and row.finding.key == key), None)

    def _next_to(self, place: int) -> int | None:
        """The open finding at a place or after it, else the last before it."""
        open_ones = [n for n, row in enumerate(self._model.rows) if row.finding is not None and not row.faint]
        return next((n for n in open_ones if n >= place), open_ones[-1] if open_ones else None)

    def _follow(self, current: QModelIndex, _: QModelIndex) -> None:
        finding = self.finding
        if finding is not None:
            self._key, self._place = finding.key, current.row()
            self.chosen.emit(finding)

    def _clicked(self, index: QModelIndex) -> None:
        fold = self._model.rows[index.row()].fold
        if fold:
            self._opened ^= {fold}
            self._fill()
