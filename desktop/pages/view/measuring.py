"""On the view page: shapes drawn on scans, and what they measure."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent

from desktop.measuring.board import Board
from desktop.measuring.deeds import Deeds
from desktop.measuring.drawn import Drawn
from desktop.measuring.overview import Overview
from desktop.measuring.shapes_over import ShapesOver
from desktop.measuring.shown import Sight
from desktop.measuring.tool_actions import ToolActions
from desktop.measuring.tools import Tool
from desktop.measuring.values import Values
from desktop.pages.view.feature import Feature, Gesture
from desktop.pages.view.section import Section
from desktop.viewer.slice_view import SliceView
from engine.pictures.viewing import Viewing

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage

GESTURES = (
    ("Select a shape, move it or a point", "Click its line, drag"),
    ("Rename, copy or delete a shape", "Right click on it"),
)


class Measuring(Feature):
    """Joins the shapes in memory, over the pictures, and in the inspector."""

    title = "Measure"

    def __init__(self, page: "ViewPage") -> None:
        super().__init__(page)
        session = page.session
        self.board = Board(session, self)
        self.values = Values(session.bridge, self)
        self.sight = Sight(page.panes)
        self.shapes = ShapesOver(self.board, self.values, self.sight)
        self.tool_actions = ToolActions(self)
        self.deeds = Deeds(session, self.board, self.values, lambda: page.panes.front.scan, self)
        self.overview = Overview(page, self.board, self.values, self.sight, self.deeds)
        self._section = Section("Measurements")
        page.installEventFilter(self)
        self._connect()
        self.let_go()

    def actions(self) -> list[QAction]:
        return [*self.tool_actions.all(), *self.deeds.all()]

    def tools(self) -> list[QAction]:
        return self.tool_actions.all()

    def gestures(self) -> tuple[Gesture, ...]:
        return GESTURES

    def section(self) -> Section:
        return self._section

    def over(self) -> ShapesOver:
        return self.shapes

    def scan_changed(self) -> None:
        """What is drawn on all scans in sight is wanted."""
        self.values.let_go()
        scans = self.sight.scans()
        self.shapes.keep_to(scans)
        for scan in scans:
            self.board.of(scan)
        there = self.page.panes.front.loaded is not None
        self.tool_actions.enable(there)
        self.deeds.offer()
        self._section.fill(self.overview.panel if there else None)
        self.overview.refresh()

    def viewing_changed(self, viewing: Viewing) -> None:
        self.overview.follow(viewing)

    def let_go(self) -> None:
        self.values.let_go()
        self.shapes.keep_to(())
        self.overview.let_go()
        self.tool_actions.enable(False)
        self._section.fill(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc is meant for what is drawn, as long as that has something to end."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape or not self.shapes.busy:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and self.shapes.end()

    def _take_up(self, tool: Tool | None) -> None:
        """Keys are meant for the picture from here on."""
        self.shapes.take_up(tool)
        self.page.panes.front.view.setFocus()

    def _show_menu(self, drawn: Drawn, at: QPoint, view: SliceView) -> None:
        shown = self.sight.of_view(view)
        if shown is not None:
            self.deeds.menu(drawn, shown, view).popup(at)

    def _connect(self) -> None:
        self.tool_actions.taken_up.connect(self._take_up)
        self.shapes.put_away.connect(self.tool_actions.put_away)
        self.shapes.painted.connect(self.overview.look_again)
        self.shapes.menu_wanted.connect(self._show_menu)
        self.shapes.name_wanted.connect(self.deeds.name)
        self.page.session.workspace_changed.connect(self.values.forget)
