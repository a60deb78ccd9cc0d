"""The files that are no scan, each with the reason and what to do; other kinds of files are only counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.cohort_rows import counted
from desktop.pages.found.model import UNDER
from desktop.pages.found.painter import LinesPainter
from desktop.pages.found.rows import below
from desktop.pages.found.wording import kinds_of
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import text

if TYPE_CHECKING:
    from engine.imaging import Discovery

Index = QModelIndex | QPersistentModelIndex
HEADS = ("File", "Why it is left out, and what to do")
ROW_HEIGHT = 44
PATH_SHARE = 0.42


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that could not be read, its path as the user knows it, or files that are left out for one reason.

    `scans` are so many as could have come in; `wanted` where an option says so.
    """

    path: str
    reason: str
    hint: str
    scans: int = 0
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class FilesFound:
    """The files that are no scan: those that could not be read, and a sentence each about the others and about all."""

    lines: tuple[LeftOut, ...] = ()
    others: str = ""
    seen: str = ""


def files_of(discovery: "Discovery", source: Path) -> FilesFound:
    """What is no scan in what was found; takes a while where there is much of it."""
    home = source if source.is_dir() else source.parent
    lines, others = [], []
    for item in discovery.unreadable:
        shown = discovery.shown(item.path)
        if item.foreign:
            others.append(shown.name)
        else:
            lines.append(LeftOut(below(shown, home), item.error, item.hint))
    verb = "is" if len(others) == 1 else "are"
    told = f"{counted(len(others), 'more file')} {verb} of other kinds: {kinds_of(others)}." if others else ""
    names = [item.path.name for item in discovery.unreadable]
    damaged = f" {counted(len(lines), 'file')} could not be read: see “Left out”." if lines else ""
    seen = f"It holds {counted(len(names), 'file')}: {kinds_of(names)}.{damaged}" if names else "It holds no files."
    return FilesFound(tuple(lines), told, seen)


class FilesLeftOut(QWidget):
    """A line for every damaged file, and one sentence for all that were never pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.model = FilesModel()
        self.table = FilesTable(self.model)
        self.foreign = text("", tone="muted", wrap=True)
        self.none = text("Every file that seemed to be a scan could be read, and is taken in.", tone="muted", wrap=True)
        column = column_box(self, gap=SIZES.m)
        column.addWidget(self.table, 1)
        column.addWidget(self.none)
        column.addWidget(self.foreign)
        column.addStretch()

    def show_files(self, files: "FilesFound", passed_over: Sequence[LeftOut] = ()) -> None:
        """Show what could not be read, and what else is left out."""
        lines = [*files.lines, *passed_over]
        if lines != self.model.lines:
            self.model.show_lines(lines)
        self.table.setVisible(bool(lines))
        self.none.setVisible(not lines)
        self.foreign.setVisible(bool(files.others))
        self.foreign.setText(files.others)


class FilesModel(QAbstractTableModel):
    """The path, and the reason over what to do."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[LeftOut] = []

    def show_lines(self, lines: list[LeftOut]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, is_path = self.lines[index.row()], index.column() == 0
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.path if is_path else line.reason
            case Qt.ItemDataRole.ToolTipRole:
                return line.path if is_path else f"{line.reason}\n{line.hint}".strip()
        return line.hint if role == UNDER and not is_path else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None


class FilesTable(QTableView):
    """`chosen(line | None)` as another file becomes the one that is looked at."""

    chosen = Signal(object)

    def __init__(self, model: FilesModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(LinesPainter(self))
        self.setObjectName("cohort_table")
        self.setAccessibleName("Files that are left out")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.selectionModel().currentRowChanged.connect(self._tell)

    @property
    def current(self) -> LeftOut | None:
        """The file that is looked at."""
        index = self.currentIndex()
        return self._model.lines[index.row()] if index.isValid() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(0, round(PATH_SHARE * self.viewport().width()))

    def _tell(self, *_: object) -> None:
        self.viewport().update()
        self.chosen.emit(self.current)
