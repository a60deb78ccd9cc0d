"""The frame that holds the pages, and nothing else: rail, cohort list, page area, tray, status line."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.actions import COMMANDS, MENUS, ActionInfo, Actions
from desktop.cohort_list import CohortList
from desktop.commands import Commands
from desktop.drop import DropVeil, meant_by
from desktop.job_tray import JobTray
from desktop.page_area import PageArea
from desktop.pages import PAGES
from desktop.rail import Rail
from desktop.session import Session
from desktop.status_line import StatusLine
from desktop.theme import SIZES
from desktop.title_bar import TitleBar
from desktop.widgets.banner import Banner
from desktop.widgets.import_offer import ImportOffer
from desktop.widgets.notices import Notices
from desktop.widgets.shortcuts import ShortcutPanel

DEFAULT_SIZE = (1280, 800)
SMALLEST = (960, 600)
GO = tuple(
    ActionInfo(f"go.{page.key}", page.label, f"Ctrl+{i}", page.icon, page.tip, "show_page", page.key)
    for i, page in enumerate(PAGES, 1)
)
ENGINE_NAME = "Isocenter"

MayClose = Callable[[], bool]


class Window(Commands, QMainWindow):
    """Built before the first paint, so it imports nothing heavy; pages come when they are first shown."""

    first_painted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.before_close: list[MayClose] = []
        self._painted = False
        self.actions_table = Actions(self, (*COMMANDS, *GO))
        self._menus = {name: self.menuBar().addMenu(name) for name in MENUS}
        self._build()
        self._fill_menus()
        self._connect()
        self._restore()
        self.show_page("start")

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)
        return handled

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Close unless one of `before_close` says no."""
        if not all(may_close() for may_close in tuple(self.before_close)):
            event.ignore()
            return
        self.session.settings.geometry = self.saveGeometry().toBase64().toStdString()
        self.session.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        drop = meant_by(event.mimeData())
        if drop is not None:
            event.acceptProposedAction()
            self.veil.announce(drop.promise)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.veil.announce("")

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.veil.announce("")
        drop = meant_by(event.mimeData())
        if drop is not None:
            event.acceptProposedAction()
            self.session.open_folder(drop.folder)

    def _build(self) -> None:
        self.setWindowTitle(ENGINE_NAME)
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.rail = Rail(PAGES, self._settings_menu())
        self.cohort_list = CohortList(self.session)
        self.title_bar = TitleBar()
        self.pages = PageArea(self.session)
        self.inspectors = QStackedWidget(objectName="inspector")
        self.inspectors.setFixedWidth(SIZES.inspector)
        self.tray = JobTray(self.session.bridge)
        self.status = StatusLine()
        area = QWidget(objectName="page_area")
        area.setLayout(_column(self.title_bar, self.pages))
        frame = QWidget(objectName="frame")
        across = QWidget()
        across.setLayout(_row(self.rail, self.cohort_list, area, self.inspectors))
        frame.setLayout(_column(across, self.tray, self.status, stretched=across))
        self.setCentralWidget(frame)
        self.notices = Notices(area, SIZES.title_bar + SIZES.s)
        self.banner = Banner()
        self.import_offer = ImportOffer()
        self.notices.add(self.banner)
        self.notices.add(self.import_offer)
        self.shortcut_panel = ShortcutPanel(frame)
        self.veil = DropVeil(frame)

    def _fill_menus(self) -> None:
        for name, keys in MENUS.items():
            self.actions_table.fill(self._menus[name], keys)
        self.actions_table.fill(self._menus["&Go"], tuple(info.key for info in GO))

    def _settings_menu(self) -> QMenu:
        menu = QMenu(self)
        self.actions_table.fill(menu, ("look.theme", "look.full", "", "look.bars", "look.inspector", "", "help.keys"))
        return menu

    def _connect(self) -> None:
        session = self.session
        session.failed.connect(self.banner.show_error)
        session.announced.connect(self.status.say)
        session.asked.connect(self.ask)
        session.import_offered.connect(self.import_offer.offer)
        session.workspace_changed.connect(self._workspace_changed)
        self.import_offer.accepted.connect(session.import_folder)
        self.rail.wanted.connect(self.show_page)
        self.pages.page_changed.connect(self._page_changed)

    def _restore(self) -> None:
        settings = self.session.settings
        self.resize(*DEFAULT_SIZE)
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))
        self._show_bars()
        theme.themed.connect(self._themed)

    def _workspace_changed(self) -> None:
        title = self.session.title
        self.setWindowTitle(f"{title} - {ENGINE_NAME}" if title else ENGINE_NAME)
        self._show_bars()
        if not title:
            self.show_page("start")
        elif self.pages.key == "start":
            self.show_page("cohort")

    def _page_changed(self, key: str) -> None:
        page = self.pages.page
        self.rail.mark(key)
        self.title_bar.show_page(page, self.pages.infos[key].label)
        menu = self._menus["&Page"]
        menu.clear()
        commands = page.actions() if page is not None else []
        menu.addActions(commands)
        menu.menuAction().setVisible(bool(commands))
        self._show_bars()


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for part in parts:
        row.addWidget(part, 1 if part.objectName() == "page_area" else 0)
    return row


def _column(*parts: QWidget, stretched: QWidget | None = None) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part, 1 if part is (stretched or parts[-1]) else 0)
    return column


