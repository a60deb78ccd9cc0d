"""The commands about layers, for the menu and the keys."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from desktop import icons
from desktop.actions import tip

SHOW = "Show the layers over the scans, or hide them for now"
ADD = "Lay a scan, a map or a file over this scan"
FILE = "Lay a mask, a heatmap or a scan of any readable format over this scan"
MAP = "Compute the relaxation time of every voxel, and show it over the scan"
SAVE = "Write the relaxation time, its rate, M0 and the goodness of fit of this scan as NIfTI"
CLEAR = "Take all layers of this scan away"


class LayerCommands:
    """`shown` is a switch; what the others do is given by their owner."""

    def __init__(
        self,
        owner: QObject,
        show: Callable[[bool], None],
        add: Callable[[], None],
        file: Callable[[], None],
        map_: Callable[[], None],
        save: Callable[[], None],
        clear: Callable[[], None],
    ) -> None:
        self.shown = _action(owner, "eye", "Show layers", "Space", SHOW)
        self.shown.setCheckable(True)
        self.shown.setChecked(True)
        self.shown.toggled.connect(show)
        self.add = _action(owner, "stack", "Add a layer…", "Shift+L", ADD, add)
        self.file = _action(owner, "open", "Add a layer from a file…", "", FILE, file)
        self.map = _action(owner, "chart", "T1 or T2 map", "T", MAP, map_)
        self.save = _action(owner, "export", "Save maps…", "", SAVE, save)
        self.clear = _action(owner, "remove", "Remove all layers", "", CLEAR, clear)

    def all(self) -> list[QAction]:
        return [self.shown, self.add, self.file, self.map, self.save, self.clear]

    def enable(self, there: bool, layers: bool, map_words: str, refused: str) -> None:
        """Whether there is a scan and has layers; what its map is called, and why there is none if so."""
        for action in (self.add, self.file):
            action.setEnabled(there)
        for action in (self.map, self.save):
            action.setEnabled(there and not refused)
        for action in (self.shown, self.clear):
            action.setEnabled(there and layers)
        self.map.setText(map_words)
        self.map.setToolTip(refused or tip(MAP, "T"))
        self.save.setToolTip(refused or SAVE)


def _action(
    owner: QObject, icon: str, words: str, key: str, what: str, act: Callable[[], None] | None = None
) -> QAction:
    action = QAction(words, owner)
    action.setShortcut(QKeySequence(key))
    action.setToolTip(tip(what, key))
    icons.assign(action, icon)
    if act is not None:
        action.triggered.connect(lambda: act())
    return action
