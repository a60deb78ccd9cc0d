"""Which frame of a layer is shown: the one that belongs to the scan's, or a fixed one."""

from PySide6.QtCore import QSignalBlocker, Signal

from desktop.layers.choice_box import ChoiceBox
from desktop.layers.entry import Entry
from engine.pictures.wording import frame_words

FOLLOW = "Follow the scan"


class FrameChoice(ChoiceBox):
    """Mirrors an entry. `wanted` tells the frame that was chosen, None for the scan's."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Frame", "The frame that belongs to the one of the scan, or always the same")
        self._words: list[str] = []
        self.activated.connect(lambda: self.wanted.emit(self.currentData()))

    def show_entry(self, entry: Entry) -> None:
        """Show what there is and which it is now."""
        assert entry.layer is not None
        volume, layer = entry.layer.overlay.volume, entry.layer
        words = [FOLLOW] * entry.can_follow + [frame_words(volume.frame_axis, i) for i in range(volume.frames)]
        with QSignalBlocker(self):
            if words != self._words:
                self._fill(words, int(entry.can_follow))
            follows = entry.can_follow and layer.follows
            self.setCurrentIndex(0 if follows else entry.can_follow + layer.overlay.frame)

    def _fill(self, words: list[str], first: int) -> None:
        self._words = words
        self.clear()
        for place, word in enumerate(words):
            self.addItem(word, place - first if place >= first else None)
