"""How one layer looks: opacity, colours, range, threshold; of a mask, whether only its rims are drawn."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from desktop.layers.gradients import SIZE, choices, icon_of, words_of
from desktop.layers.number_box import NumberBox
from desktop.theme import SIZES
from desktop.viewer.track import Track
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.text import text
from engine.pictures.layer import Layer

PERCENT = 100
NO_THRESHOLD = "None"


class LookEditor(QWidget):
    """Mirrors a layer and keeps nothing of it. `wanted` tells what of its overlay was changed, by name."""

    wanted = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opacity = Track(Qt.Orientation.Horizontal, "Opacity")
        self.percent = text("", "caption", "muted")
        self.colours = QComboBox()
        self.low = NumberBox("Lowest value", "The value of the first colour")
        self.high = NumberBox("Highest value", "The value of the last colour")
        self.threshold = NumberBox("Threshold", "What is below is not drawn; of a signed map, what is nearer to 0")
        self.outline = QCheckBox("Outline only")
        self.outline.setToolTip("Draw the rims of the labels, so that what is beneath can be seen")
        self._grid = grid_box(across=SIZES.s, down=SIZES.xs)
        self._labels: dict[QWidget, QLabel] = {}
        self._build()
        self._connect()

    def show_layer(self, layer: Layer) -> None:
        """Show how it looks now."""
        overlay, mask = layer.overlay, layer.kind == "mask"
        scale = max(abs(overlay.high - overlay.low), 1e-9)
        self.opacity.show_position(round(PERCENT * overlay.opacity), PERCENT + 1)
        self.percent.setText(f"{round(PERCENT * overlay.opacity)} %")
        self._show_colours(overlay.colour_map)
        self.low.show_number(overlay.low, scale)
        self.high.show_number(overlay.high, scale)
        self.threshold.show_number(overlay.threshold, scale)
        with QSignalBlocker(self.outline):
            self.outline.setChecked(overlay.outline)
        for part in (self.colours, self._range, self.threshold):
            part.setVisible(not mask)
            self._labels[part].setVisible(not mask)
        self.outline.setVisible(mask)

    def _show_colours(self, name: str) -> None:
        with QSignalBlocker(self.colours):
            self.colours.setCurrentIndex(self.colours.findData(name))

    def _tell_range(self) -> None:
        if self.low.value() < self.high.value():
            self.wanted.emit({"low": self.low.value(), "high": self.high.value()})

    def _tell_opacity(self, percent: int) -> None:
        self.percent.setText(f"{percent} %")
        self.wanted.emit({"opacity": percent / PERCENT})

    def _tell_colours(self) -> None:
        self.wanted.emit({"colour_map": self.colours.currentData()})

    def _connect(self) -> None:
        self.opacity.valueChanged.connect(self._tell_opacity)
        self.colours.activated.connect(self._tell_colours)
        self.low.valueChanged.connect(self._tell_range)
        self.high.valueChanged.connect(self._tell_range)
        self.threshold.valueChanged.connect(lambda value: self.wanted.emit({"threshold": value}))
        self.outline.toggled.connect(lambda on: self.wanted.emit({"outline": on}))

    def _build(self) -> None:
        self.threshold.setMinimum(0)
        self.threshold.setSpecialValueText(NO_THRESHOLD)
        self.colours.setAccessibleName("Colours")
        self.colours.setIconSize(SIZE)
        for name in choices():
            self.colours.addItem(icon_of(name), words_of(name), name)
        self._range = QWidget()
        ends = row_box(self._range, gap=SIZES.xs)
        ends.addWidget(self.low, 1)
        ends.addWidget(self.high, 1)
        slider = QWidget()
        along = row_box(slider, gap=SIZES.xs)
        along.addWidget(self.opacity, 1)
        self.percent.setFixedWidth(self.fontMetrics().horizontalAdvance("100 %"))
        along.addWidget(self.percent)
        parts = (("Opacity", slider), ("Colours", self.colours), ("Range", self._range), ("Threshold", self.threshold))
        for row, (words, part) in enumerate(parts):
            self._labels[part] = text(words, "caption", "muted")
            self._grid.addWidget(self._labels[part], row, 0)
            self._grid.addWidget(part, row, 1)
        self._grid.addWidget(self.outline, len(parts), 1)
        self._grid.setColumnStretch(1, 1)
        column_box(self, margins=(0, SIZES.xs, 0, SIZES.s)).addLayout(self._grid)
