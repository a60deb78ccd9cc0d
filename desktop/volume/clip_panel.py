"""Six planes that cut a volume, as a bar for each of its axes."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.theme import SIZES
from desktop.volume.clip import Clip
from desktop.volume.span_bar import SpanBar
from desktop.widgets.boxes import grid_box
from desktop.widgets.buttons import push
from desktop.widgets.text import text
from engine.pictures.plane import OPPOSITE


class ClipPanel(QWidget):
    """`wanted` tells the clip as pulled."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clip = Clip()
        self.bars = [SpanBar(f"Cut along {axis}") for axis in ("columns", "rows", "slices")]
        self.ends = [(text("", "caption", "muted"), text("", "caption", "muted")) for _ in self.bars]
        self.whole = push("Show all", self._show_all, kind="link", tip="Take all cuts back")
        grid = grid_box(across=SIZES.s, down=SIZES.xs)
        for row, (bar, (low, high)) in enumerate(zip(self.bars, self.ends, strict=True)):
            bar.moved.connect(partial(self._pull, row))
            for column, part in enumerate((low, bar, high)):
                grid.addWidget(part, row, column)
        grid.addWidget(self.whole, len(self.bars), 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        self.setLayout(grid)
        self.show_clip(Clip(), "???")

    def show_clip(self, clip: Clip, orientation: str) -> None:
        """Show a clip along axes that lead where the letters say."""
        self.clip = clip
        for axis, (bar, (low, high)) in enumerate(zip(self.bars, self.ends, strict=True)):
            low.setText(OPPOSITE[orientation[axis]])
            high.setText(orientation[axis])
            bar.show_places(clip.low[axis], clip.high[axis])
        self.whole.setEnabled(not clip.whole)

    def _pull(self, axis: int, side: int, place: float) -> None:
        self.wanted.emit(self.clip.moved(axis, side, place))

    def _show_all(self) -> None:
        self.wanted.emit(Clip())
