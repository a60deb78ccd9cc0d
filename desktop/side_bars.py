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
        """Show and hide; there is no list where nothing is open and the doors of the start page say so."""
        settings = self._session.settings
        self._rail.setVisible(settings.rail_shown)
        needed = self._session.cohort is not None or self._pages.key != "start"
        self._show_list(settings.list_shown and needed)
        panel = self._pages.page.inspector() if self._pages.page is not None else None
        if panel is not None:
            if self.inspectors.indexOf(panel) < 0:
                self.inspectors.addWidget(panel)
            self.inspectors.setCurrentWidget(panel)
        self.inspectors.setVisible(settings.inspector_shown and panel is not None)
