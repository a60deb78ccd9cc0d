"""The commands of the view page: for the title bar, the menu and the keys."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from desktop import icons
from desktop.actions import tip
from desktop.viewer.gestures import fitted
from desktop.viewer.viewing import Viewing

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage

AUTO = "Window from the values of the scan"
BESIDE = "All scans of the patient"


class Commands:
    """QActions of the page, in the order of its title bar."""

    def __init__(self, page: "ViewPage") -> None:
        self._page = page
        beside, smooth = page.set_side_by_side, page.panes.set_smooth
        self.fit = self._action("fit", "Fit", "F", "Show the whole picture", self._changing(fitted))
        self.auto = self._action("window-auto", "Automatic window", "A", AUTO, self._auto_window)
        self.invert = self._action("invert", "Invert", "I", "Exchange black and white", self._changing(_inverted))
        self.smooth = self._switch("smooth", "Smooth", "B", "Blend between voxels", smooth, True)
        self.play = self._action("play", "Play", "C", "Play the frames, or the slices", self._play)
        self.beside = self._switch("side-by-side", "Side by side", "S", BESIDE, beside, page.side_by_side)
        self.auto.setIconText("Auto")

    def all(self) -> list[QAction]:
        return [self.fit, self.auto, self.invert, self.smooth, self.play, self.beside]

    def enable(self, able: bool) -> None:
        """Whether there is a picture to do something with."""
        for action in (self.fit, self.auto, self.invert, self.smooth, self.play):
            action.setEnabled(able)

    def _changing(self, change: Callable[[Viewing], Viewing]) -> Callable[[], None]:
        def act() -> None:
            viewing = self._page.panes.front.viewing
            if viewing is not None:
                self._page.become(change(viewing))

        return act

    def _auto_window(self) -> None:
        loaded = self._page.panes.front.loaded
        if loaded is not None:
            self._changing(lambda viewing: replace(viewing, window=loaded.auto))()

    def _play(self) -> None:
        self._page.panes.front.cine.toggle()

    def _action(self, icon: str, words: str, key: str, what: str, act: Callable[[], None]) -> QAction:
        action = self._named(icon, words, key, what)
        action.triggered.connect(lambda: act())
        return action

    def _switch(self, icon: str, words: str, key: str, what: str, act: Callable[[bool], None], on: bool) -> QAction:
        action = self._named(icon, words, key, what)
        action.setCheckable(True)
        action.setChecked(on)
        action.toggled.connect(act)
        return action

    def _named(self, icon: str, words: str, key: str, what: str) -> QAction:
        action = QAction(words, self._page)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(tip(what, key))
        action.setProperty("words", True)
        icons.assign(action, icon)
        return action


def _inverted(viewing: Viewing) -> Viewing:
    return replace(viewing, window=viewing.window.turned())
