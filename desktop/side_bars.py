"""What stands left and right of the page, and folds away: rail, cohort list, inspector."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.page_area import PageArea
from desktop.session import Session
from desktop.theme import SIZES


class SideBars:
    """Shows them as the settings have them and the page in front needs them."""

    def __init__(self, session: Session, pages: PageArea, rail: QWidget, cohort_list: Callable[[], QWidget]) -> None:
        self._session = session
        self._pages = pages
        self._rail = rail
        self._list = cohort_list
        self._list_made = False
        self.inspectors = QStackedWidget()
        self.inspectors.setObjectName("inspector")
        self.inspectors.setFixedWidth(SIZES.inspector)

    def _show_list(self, wanted: bool) -> None:
        self._list_made = self._list_made or wanted
        if self._list_made:
            self._list().setVisible(wanted)

    def refresh(self) -> None:
        """Show and hide; there is no list beside the start page where nothing is open, nor where a page wants none."""
        settings = self._session.settings
        self._rail.setVisible(settings.rail_shown)
        page = self._pages.page
        beside = page is None or page.beside_list
        needed = beside and (self._session.cohort is not None or self._pages.key != "start")
        self._show_list(settings.list_shown and needed)
        panel = page.inspector() if page is not None else None
        if panel is not None:
            if self.inspectors.indexOf(panel) < 0:
                self.inspectors.addWidget(panel)
            self.inspectors.setCurrentWidget(panel)
        self.inspectors.setVisible(settings.inspector_shown and panel is not None)
