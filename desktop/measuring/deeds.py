"""What can be done with the shapes of a scan, as commands: delete, rename, copy, save as a table."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QCursor, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from desktop import icons
from desktop.actions import tip
from desktop.measuring.board import Board
from desktop.measuring.drawn import Drawn
from desktop.measuring.exporting import ask_and_export
from desktop.measuring.naming import NameField
from desktop.measuring.shown import Shown
from desktop.measuring.sizes import sizes_of
from desktop.measuring.values import Values
from desktop.measuring.wording import copied
from desktop.session import Session
from desktop.viewer.slice_view import SliceView
from engine.cohort.cohort import Scan
from engine.measure import Shape

Front = Callable[[], Scan | None]


class Deeds(QObject):
    """`front` tells the scan that is spoken of."""

    def __init__(self, session: Session, board: Board, values: Values, front: Front, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._board, self._values, self._front = session, board, values, front
        self.delete = self._action("remove", "Delete the selected shape", "Del", self._delete)
        self.delete.setShortcuts([QKeySequence("Del"), QKeySequence("Backspace")])
        self.delete_all = self._action("", "Delete all", "", self._delete_all)
        self.delete_all.setToolTip("Delete all measurements of this scan; Ctrl+Z brings them back")
        self.export_scan = self._action(
            "export", "Measurements of this scan as CSV…", "", lambda: self._export(front())
        )
        self.export_all = self._action("", "Measurements of the workspace as CSV…", "", lambda: self._export(None))
        board.selected_changed.connect(self.offer)
        board.listed.connect(self.offer)
        self.offer()

    def all(self) -> list[QAction]:
        return [self.delete, self.delete_all, self.export_scan, self.export_all]

    def offer(self) -> None:
        """Enable what there is something for."""
        scan = self._front()
        some = scan is not None and bool(self._board.of(scan.id))
        self.delete.setEnabled(self._board.chosen is not None)
        for action in (self.delete_all, self.export_scan):
            action.setEnabled(some)
        self.export_all.setEnabled(self._session.workspace is not None)

    def menu(self, drawn: Drawn, shown: Shown, view: SliceView) -> QMenu:
        """What a right click on a shape offers."""
        made = QMenu(view)
        made.addAction("Rename", lambda: self.name(drawn, view))
        made.addAction("Copy figures", lambda: self.copy(drawn, shown, view))
        made.addSeparator()
        made.addAction("Delete", lambda: self._board.delete((drawn,)))
        made.aboutToHide.connect(made.deleteLater)
        return made

    def name(self, drawn: Drawn, view: SliceView, at: QPoint | None = None) -> None:
        """Ask for another name, on the picture."""
        NameField(drawn.name, lambda name: self.rename(drawn.key, name), at or _beside_pointer(view), view)

    def rename(self, key: int, name: str) -> None:
        """Give a shape another name; an empty one changes nothing."""
        drawn = self._board.get(key)
        if drawn is not None and name:
            self._board.change(f"Rename {drawn.name}", drawn, drawn.called(name))

    def copy(self, drawn: Drawn, shown: Shown, view: SliceView) -> None:
        """Put the figures of a shape into the clipboard."""
        if view.viewing is None or not isinstance(drawn.shape, Shape):
            return
        found = self._values.of(drawn, shown.volume, view.viewing.frame)
        sizes = sizes_of(drawn.shape, found, shown.trust, view.viewing.plane)
        words = copied(drawn, sizes, found, view.viewing.volume.frame_axis)
        QGuiApplication.clipboard().setText(words)
        self._session.announced.emit(f"Copied the figures of {drawn.name}.")

    def _delete(self) -> None:
        chosen = self._board.chosen
        if chosen is not None:
            self._board.delete((chosen,))

    def _delete_all(self) -> None:
        scan = self._front()
        if scan is not None:
            self._board.delete(self._board.of(scan.id))

    def _export(self, scan: Scan | None) -> None:
        ask_and_export(self._session, self._board, scan, QApplication.activeWindow())

    def _action(self, icon: str, words: str, key: str, act: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(tip(words, key))
        action.triggered.connect(lambda: act())
        if icon:
            icons.assign(action, icon)
        return action


def _beside_pointer(view: SliceView) -> QPoint:
    return view.mapFromGlobal(QCursor.pos())
