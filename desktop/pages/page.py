"""What a page is: a widget with a title and commands that the window's title bar shows."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.session import Session


class Page(QWidget):
    """Built when first shown, kept until the window closes, never told anything but through `session`.

    `beside_list` is whether the cohort list belongs beside it.
    """

    title = ""
    beside_list = True
    heading_changed = Signal()
    inspector_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session

    def actions(self) -> list[QAction]:
        """The page's commands, in the order of the title bar; with shortcuts, kept by the page."""
        return []

    def menu(self) -> list[tuple[str, list[QAction]]]:
        """Its commands in the menu, in groups with a heading each; those without one stand first."""
        return [("", self.actions())]

    def gestures(self) -> tuple[tuple[str, str], ...]:
        """What else mouse and keys do on the page, as (what, how); for the panel of shortcuts."""
        return ()

    def primary(self) -> QAction | None:
        """The one command most people come here for; drawn as the accented button."""
        return None

    def caption(self) -> str:
        """A muted line beside the title, such as a head count; emit `heading_changed` when it changes."""
        return ""

    def badge(self) -> str:
        """A warning that belongs to everything on the page, such as "Image level"."""
        return ""

    def inspector(self) -> QWidget | None:
        """The panel at the right that folds away with the key for it, if the page has one just now; emit
        `inspector_changed` when it is another.
        """
        return None

    def shown(self) -> None:
        """The page has become the visible one, in a window that has painted: the moment to start work."""
