"""Where the pages stand: each is built when first shown; one that fails takes no other with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.pages import PAGES, PageInfo, build
from desktop.pages.page import Page
from desktop.session import Session
from desktop.widgets.failure import Failure


class PageArea(QStackedWidget):
    """A stack of pages by key. `page_changed` says which page is in front."""

    page_changed = Signal(str)
    inspector_changed = Signal()

    def __init__(self, session: Session, pages: tuple[PageInfo, ...] = PAGES) -> None:
        super().__init__()
        self.setObjectName("pages")
        self._session = session
        self.infos = {info.key: info for info in pages}
        self._built: dict[str, QWidget] = {}
        self.key = ""
        self._begun = False

    @property
    def page(self) -> Page | None:
        """The page in front; None where it could not be built."""
        widget = self.currentWidget()
        return widget if isinstance(widget, Page) else None

    def show_page(self, key: str) -> None:
        """Bring a page to the front, building it if need be."""
        if key not in self._built:
            self._place(key, self._make(self.infos[key]))
        self.setCurrentWidget(self._built[key])
        self.key = key
        self.page_changed.emit(key)
        self._tell_page()

    def begin(self) -> None:
        """The window has painted: from now on pages are told when they are shown, and may start work."""
        self._begun = True
        self._tell_page()

    def _tell_page(self) -> None:
        if self._begun and self.page is not None:
            self.page.shown()

    def _make(self, info: PageInfo) -> QWidget:
        try:
            page = build(info, self._session)
            page.inspector_changed.connect(self.inspector_changed)
            return page
        except Exception as error:
            return Failure(info.label, error, lambda: self._again(info.key))

    def _again(self, key: str) -> None:
        failed = self._built.pop(key)
        self.removeWidget(failed)
        failed.deleteLater()
        self.show_page(key)

    def _place(self, key: str, widget: QWidget) -> None:
        self._built[key] = widget
        self.addWidget(widget)
        if isinstance(widget, Page):
            for _, actions in widget.menu():
                QWidget.addActions(widget, actions)
