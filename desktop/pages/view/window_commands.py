"""The windows of the scan in front as commands: full range and the presets of its modality, each with a key."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from desktop.actions import tip
from engine.pictures.presets import AUTOMATIC, FULL, Preset
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window, auto_window, sampled

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage

KEYS = 9
SLICE = "Window from the values of this slice alone"


class WindowCommands:
    """A preset that the scan in front does not have is out of sight."""

    def __init__(self, page: "ViewPage") -> None:
        self._page = page
        self._offered: tuple[Preset, ...] = ()
        self._full: Window | None = None
        self.of_slice = self._action("Automatic, of this slice", "Shift+A", self._to_slice, SLICE)
        self.full = self._action(FULL, "Shift+0", self._to_full, "Window from the least to the greatest value")
        self.presets = [
            self._action(f"Preset {number}", f"Shift+{number}", partial(self._to_preset, number - 1))
            for number in range(1, KEYS + 1)
        ]
        self.offer(())

    def all(self) -> list[QAction]:
        return [self.of_slice, self.full, *self.presets]

    def offer(self, presets: tuple[Preset, ...]) -> None:
        """These are the windows of the scan in front."""
        self._full = next((preset.window for preset in presets if preset.name == FULL), None)
        self._offered = tuple(preset for preset in presets if preset.name not in (AUTOMATIC, FULL))
        self.of_slice.setEnabled(bool(presets))
        self.full.setEnabled(bool(presets))
        for number, action in enumerate(self.presets):
            there = number < len(self._offered)
            action.setVisible(there)
            action.setEnabled(there)
            if there:
                name = self._offered[number].name
                action.setText(name)
                action.setToolTip(tip(f"Window: {name}", action.shortcut().toString()))

    def _to_preset(self, number: int) -> None:
        self._become(self._offered[number].window)

    def _to_full(self) -> None:
        if self._full is not None:
            self._become(self._full)

    def _to_slice(self) -> None:
        viewing = self._page.panes.front.viewing
        if viewing is not None and viewing.volume.colour is None:
            self._become(window_of_slice(viewing))

    def _become(self, window: Window) -> None:
        viewing = self._page.panes.front.viewing
        if viewing is not None:
            self._page.become(replace(viewing, window=replace(window, inverted=viewing.window.inverted)))

    def _action(self, words: str, key: str, act: Callable[[], None], what: str = "") -> QAction:
        action = QAction(words, self._page)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(tip(what or words, key))
        action.triggered.connect(lambda: act())
        self._page.addAction(action)
        return action


def window_of_slice(viewing: Viewing) -> Window:
    """The automatic window of what is on the screen."""
    return auto_window(sampled(viewing.picture()))
