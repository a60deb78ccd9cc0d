"""The frame that holds the pages, and nothing else: rail, cohort list, page area, tray, status line."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from desktop import icons
from desktop.actions import COMMANDS, MENUS, ActionInfo, Actions
from desktop.commands import Commands
from desktop.drop import DropVeil, meant_by
from desktop.job_tray import JobTray
from desktop.page_area import PageArea
from desktop.pages import PAGES
from desktop.rail import Rail
from desktop.recent_menu import RecentMenu
from desktop.run_farewell import Farewell
from desktop.session import Session
from desktop.settings_panel import SettingsPanel
from desktop.side_bars import SideBars
from desktop.sources.care import SourcesCare
from desktop.sources.notice import SourceNotice
from desktop.sources.panel import SourcesPanel
from desktop.status_line import StatusLine
from desktop.theme import SIZES
from desktop.title_bar import TitleBar
from desktop.widgets.banner import Banner
from desktop.widgets.boxes import column_box, named, row_box
from desktop.widgets.notices import Notices
from desktop.widgets.shortcuts import ShortcutPanel

if TYPE_CHECKING:
    from desktop.cohort_list import CohortList

DEFAULT_SIZE = (1280, 800)
SMALLEST = (1100, 640)
GO = tuple(
    ActionInfo(f"go.{page.key}", page.label, f"Ctrl+{i}", page.icon, page.tip, "show_page", page.key)
    for i, page in enumerate(PAGES, 1)
)
ENGINE_NAME = "Isocenter"
FOUND = "found"

MayClose = Callable[[], bool]


class Window(QMainWindow):
    """Built before the first paint, so it imports nothing heavy; pages come when they are first shown."""

    first_painted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.before_close: list[MayClose] = []
        self._painted = False
        self.commands = Actions(self, Commands(self), (*COMMANDS, *GO))
        self.menus = {name: self.menuBar().addMenu(name) for name in MENUS}
        self._build()
        self._fill_menus()
        self._connect()
        self._restore()
        self.show_page("start")

    @cached_property
    def cohort_list(self) -> "CohortList":
        """Made when it is first needed: the start page has none beside it."""
        from desktop.cohort_list import CohortList

        made = CohortList(self.session)
        self._across.insertWidget(1, made)
        return made

    def show_page(self, key: str) -> None:
        """Bring a page to the front by its key."""
        self.pages.show_page(key)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._first_paint_done)
        return handled

    def _first_paint_done(self) -> None:
        self.first_painted.emit()
        if self.isVisible():
            icons.recolour_all()
            self.pages.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close unless one of `before_close` says no."""
        if not all(may_close() for may_close in tuple(self.before_close)):
            event.ignore()
            return
        self.session.settings.geometry = self.saveGeometry().toBase64().toStdString()
        self.session.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        drop = meant_by(event.mimeData())
        if drop is not None:
            event.acceptProposedAction()
            self.veil.announce(drop.promise)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.veil.announce("")

    def dropEvent(self, event: QDropEvent) -> None:
        self.veil.announce("")
        drop = meant_by(event.mimeData())
        if drop is not None:
            event.acceptProposedAction()
            self.session.open_places(drop.places)

    def _build(self) -> None:
        self.setWindowTitle(ENGINE_NAME)
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.rail = Rail(PAGES)
        self.title_bar = TitleBar()
        self.pages = PageArea(self.session)
        self.side_bars = SideBars(self.session, self.pages, self.rail, lambda: self.cohort_list)
        self.tray = JobTray(self.session.bridge)
        self.status = StatusLine()
        area = named(QWidget(), "page_area")
        area.setLayout(_column(self.title_bar, self.pages))
        frame = named(QWidget(), "frame")
        across = QWidget()
        self._across = row_box(across)
        self._across.addWidget(self.rail)
        self._across.addWidget(area, 1)
        self._across.addWidget(self.side_bars.inspectors)
        frame.setLayout(_column(across, self.tray, self.status, stretched=across))
        self.setCentralWidget(frame)
        self.notices = Notices(area, SIZES.title_bar + SIZES.s)
        self.banner = Banner()
        self.notices.add(self.banner)
        self.shortcut_panel = ShortcutPanel(frame)
        self.settings_panel = SettingsPanel(self.session, self.commands, frame)
        self.sources = SourcesCare(self.session)
        self.sources_panel = SourcesPanel(self.sources, frame)
        self.source_notice = SourceNotice(self.sources_panel.find_folder, self.commands["workspace.sources"].trigger)
        self.notices.add(self.source_notice)
        self.panels = (self.shortcut_panel, self.settings_panel, self.sources_panel)
        self.veil = DropVeil(frame)

    def _fill_menus(self) -> None:
        for name, keys in MENUS.items():
            self.commands.fill(self.menus[name], keys)
        self.recent_menu = RecentMenu(self.session, self)
        self.menus["&Workspace"].insertMenu(self.commands["workspace.demo"], self.recent_menu)
        self.commands.fill(self.menus["&Go"], tuple(info.key for info in GO))

    def _connect(self) -> None:
        session = self.session
        session.failed.connect(self.banner.show_error)
        session.announced.connect(self.status.say)
        session.asked.connect(lambda key: self.commands[key].trigger())
        session.intake.changed.connect(self._found_changed)
        session.intake.added.connect(self._leave_found)
        session.workspace_changed.connect(self._workspace_changed)
        self.sources.lost.connect(self.source_notice.show_missing)
        self.rail.wanted.connect(self.show_page)
        self.rail.settings_wanted.connect(self.commands["look.settings"].trigger)
        self.status.follow(session.runs)
        for key, possible in (("edit.undo", session.edits.canUndoChanged), ("edit.redo", session.edits.canRedoChanged)):
            self.commands[key].setEnabled(False)
            possible.connect(self.commands[key].setEnabled)
        self.before_close.append(Farewell(self, session.runs).may_close)
        self.pages.page_changed.connect(self._page_changed)
        self.pages.inspector_changed.connect(self.side_bars.refresh)
        self._found_changed()

    def _restore(self) -> None:
        settings = self.session.settings
        self.resize(*DEFAULT_SIZE)
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))

    def _workspace_changed(self) -> None:
        title = self.session.title
        self.setWindowTitle(f"{title} - {ENGINE_NAME}" if title else ENGINE_NAME)
        self.side_bars.refresh()
        if not title and self.pages.key != FOUND:
            self.show_page("start")
        elif self.pages.key in ("start", FOUND):
            self.show_page("cohort")

    def _found_changed(self) -> None:
        """The way to what was found is there as long as something is."""
        there = self.session.intake.there
        self.rail.offer(FOUND, there=there)
        self.commands[f"go.{FOUND}"].setEnabled(there)
        if not there:
            self._leave_found()
        elif self.pages.key == FOUND:
            self.side_bars.refresh()

    def _leave_found(self) -> None:
        if self.pages.key == FOUND:
            self.show_page("cohort" if self.session.workspace is not None else "start")

    def _fill_page_menu(self, groups: Sequence[tuple[str, list[QAction]]]) -> None:
        """What stands under a heading goes into a menu of its own."""
        menu = self.menus["P&age"]
        for child in menu.findChildren(QMenu):
            child.deleteLater()
        menu.clear()
        for title, actions in groups:
            (menu.addMenu(title) if title and actions else menu).addActions(actions)
        menu.menuAction().setVisible(not menu.isEmpty())

    def _page_changed(self, key: str) -> None:
        page = self.pages.page
        self.rail.mark(key)
        self.title_bar.show_page(page, self.pages.infos[key].label)
        self._fill_page_menu(() if page is None else tuple(page.menu()))
        self.side_bars.refresh()


def _column(*parts: QWidget, stretched: QWidget | None = None) -> QVBoxLayout:
    column = column_box()
    for part in parts:
        column.addWidget(part, 1 if part is (stretched or parts[-1]) else 0)
    return column
