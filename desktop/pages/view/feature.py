"""What the view page can do beside showing scans, each by itself: layers, comparing, measuring, taking pictures."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from desktop.pages.view.section import Section
from desktop.viewer.over import Over
from engine.pictures.viewing import Viewing

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage

Gesture = tuple[str, str]


class Feature(QObject):
    """`title` heads its commands in the menu. The page's `panes` exist when it is made.

    A feature keeps nothing of a scan once that is let go, and adds nothing to the time a picture takes.
    """

    title = ""

    def __init__(self, page: "ViewPage") -> None:
        super().__init__(page)
        self.page = page

    def actions(self) -> list[QAction]:
        """Its commands, for the menu and the panel of keys."""
        return []

    def tools(self) -> list[QAction]:
        """Those that also stand in the column beside the pictures."""
        return []

    def gestures(self) -> tuple[Gesture, ...]:
        """What else mouse and keys do, as (what, how)."""
        return ()

    def section(self) -> Section | None:
        """Its place in the inspector."""
        return None

    def over(self) -> Over | None:
        """What it lays over every picture."""
        return None

    def call_patients(self, named: Callable[[str], str]) -> None:
        """Call the patients of pseudonyms so in what is drawn over pictures, from now on."""

    def scan_changed(self) -> None:
        """Another scan is in front, all of one has come, or there is trouble with it: see `page.panes.front`."""

    def viewing_changed(self, viewing: Viewing) -> None:
        """The user moved in the picture in front, or changed it."""

    def let_go(self) -> None:
        """Nothing is shown any more."""
