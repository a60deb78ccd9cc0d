"""The classes of a target: which take part, and with how many patients."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from desktop import theme
from desktop.theme import SIZES
from desktop.widgets.boxes import grid_box
from desktop.widgets.chips import dot_icon
from desktop.widgets.text import set_tone, text
from desktop.widgets.tiles import discard_all

BAR = 6


class ClassRows(QWidget):
    """A line per class: tick, dot, name, bar, head count. `changed` when a tick is set or taken."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[str, QCheckBox] = {}
        self._bars: dict[str, Bar] = {}
        self._grid = grid_box(across=SIZES.s, down=SIZES.xs)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)

    def offer(self, names: Sequence[str], chosen: Sequence[str], colors: Mapping[str, str]) -> None:
        """Show these classes, ticked where chosen."""
        discard_all(self._grid)
        self.ticks, self._bars = {}, {}
        for line, name in enumerate(names):
            self.ticks[name] = self._tick(name, name in chosen, colors[name])
            self._bars[name] = Bar(colors[name])
            self._grid.addWidget(self.ticks[name], line, 0)
            self._grid.addWidget(self._bars[name], line, 1)
            self._grid.addWidget(self._bars[name].words, line, 2)

    def chosen(self) -> list[str]:
        """The ticked classes, in their order."""
        return [name for name, tick in self.ticks.items() if tick.isChecked()]

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many patients of each class take part."""
        most = max(counts.values(), default=0)
        for name, bar in self._bars.items():
            bar.show_count(counts.get(name, 0), most, wanted=self.ticks[name].isChecked())

    def _tick(self, name: str, on: bool, color: str) -> QCheckBox:
        tick = QCheckBox(name)
        tick.setIcon(dot_icon(color))
        tick.setIconSize(QSize(SIZES.dot, SIZES.dot))
        tick.setChecked(on)
        tick.setToolTip("Whether patients of this class take part")
        tick.toggled.connect(self.changed)
        return tick


class Bar(QWidget):
    """A head count as a bar; its number is a label of its own, so that numbers line up."""

    def __init__(self, color: str) -> None:
        super().__init__()
        self._color, self._part = color, 0.0
        self.words = text("")
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(SIZES.xl)

    def show_count(self, count: int, most: int, *, wanted: bool) -> None:
        """`most` is the longest bar's count."""
        self._part = count / most if most and wanted else 0.0
        self.words.setText(str(count) if wanted else "left out")
        set_tone(self.words, "bad" if wanted and not count else "text" if wanted else "muted")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        lane = QRectF(0, (self.height() - BAR) / 2, self.width(), BAR)
        painter.setBrush(QColor(theme.current().raised))
        painter.drawRoundedRect(lane, BAR / 2, BAR / 2)
        if self._part:
            lane.setWidth(max(BAR, self.width() * self._part))
            painter.setBrush(QColor(self._color))
            painter.drawRoundedRect(lane, BAR / 2, BAR / 2)
