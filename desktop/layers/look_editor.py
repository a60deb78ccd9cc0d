"""How one layer looks: kind, frame, opacity, colours, range, threshold; of a mask, its labels and rims."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from desktop.layers.choice_box import ChoiceBox
from desktop.layers.entry import Entry
from desktop.layers.frame_choice import FrameChoice
from desktop.layers.gradients import SIZE, choices, icon_of, words_of
from desktop.layers.label_list import LabelList
from desktop.layers.range_boxes import RangeBoxes
from desktop.theme import SIZES
from desktop.viewer.track import Track
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.text import text
from engine.pictures.layer import KINDS, Layer

PERCENT = 100


class LookEditor(QWidget):
    """Mirrors an entry and keeps nothing of its layer.

    `wanted` tells what of the overlay was changed, by name, `kind_wanted` what else the layer is to be.
    """

    wanted = Signal(dict)
    kind_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = ChoiceBox("Kind", "What this layer is, where it was taken for something else")
        self.frame = FrameChoice()
        self.opacity = Track(Qt.Orientation.Horizontal, "Opacity")
        self.percent = text("", "caption", "muted")
        self.colours = ChoiceBox("Colours")
        self.range = RangeBoxes()
        self.low, self.high, self.threshold = self.range.low, self.range.high, self.range.threshold
        self.labels = LabelList()
        self.outline = QCheckBox("Outline only")
        self.outline.setToolTip("Draw the rims of the labels, so that what is beneath can be seen")
        self._grid = grid_box(across=SIZES.s, down=SIZES.xs)
        self._captions: dict[QWidget, QLabel] = {}
        self._build()
        self._connect()

    def show_entry(self, entry: Entry) -> None:
        """Show how its layer looks now."""
        layer = entry.layer
        assert layer is not None
        overlay, mask = layer.overlay, layer.kind == "mask"
        self.opacity.show_position(round(PERCENT * overlay.opacity), PERCENT + 1)
        self.percent.setText(f"{round(PERCENT * overlay.opacity)} %")
        self.kind.show_choice(layer.kind)
        self.colours.show_choice(overlay.colour_map)
        self.range.show_overlay(overlay)
        with QSignalBlocker(self.outline):
            self.outline.setChecked(overlay.outline)
        self._show_parts(entry, layer, mask)

    def _show_parts(self, entry: Entry, layer: Layer, mask: bool) -> None:
        """Only what its kind has."""
        several = layer.overlay.volume.frames > 1
        if several:
            self.frame.show_entry(entry)
        if mask:
            self.labels.show_mask(layer, entry.frame or 0)
        there = {self.kind: entry.kind_is_open, self.frame: several, self.labels: mask}
        there |= dict.fromkeys((self.colours, self.range, self.threshold), not mask)
        for part, shown in there.items():
            part.setVisible(shown)
            self._captions[part].setVisible(shown)
        self.outline.setVisible(mask)

    def _tell_opacity(self, percent: int) -> None:
        self.percent.setText(f"{percent} %")
        self.wanted.emit({"opacity": percent / PERCENT})

    def _connect(self) -> None:
        self.kind.activated.connect(lambda: self.kind_wanted.emit(self.kind.currentData()))
        self.opacity.valueChanged.connect(self._tell_opacity)
        self.colours.activated.connect(lambda: self.wanted.emit({"colour_map": self.colours.currentData()}))
        self.range.wanted.connect(self.wanted)
        self.labels.wanted.connect(lambda hidden: self.wanted.emit({"hidden": hidden}))
        self.outline.toggled.connect(lambda on: self.wanted.emit({"outline": on}))

    def _build(self) -> None:
        for kind in KINDS:
            self.kind.addItem(kind.capitalize(), kind)
        self.colours.setIconSize(SIZE)
        for name in choices():
            self.colours.addItem(icon_of(name), words_of(name), name)
        slider = QWidget()
        along = row_box(slider, gap=SIZES.xs)
        along.addWidget(self.opacity, 1)
        self.percent.setFixedWidth(self.fontMetrics().horizontalAdvance("100 %"))
        along.addWidget(self.percent)
        self._lay_out(slider)
        column_box(self, margins=(0, SIZES.xs, 0, SIZES.s)).addLayout(self._grid)

    def _lay_out(self, slider: QWidget) -> None:
        parts: tuple[tuple[str, QWidget], ...] = (
            ("Kind", self.kind),
            ("Frame", self.frame),
            ("Opacity", slider),
            ("Colours", self.colours),
            ("Range", self.range),
            ("Threshold", self.threshold),
            ("Labels", self.labels),
        )
        for row, (words, part) in enumerate(parts):
            self._captions[part] = text(words, "caption", "muted")
            place = Qt.AlignmentFlag.AlignTop if part is self.labels else Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(self._captions[part], row, 0, place)
            self._grid.addWidget(part, row, 1)
        self._grid.addWidget(self.outline, len(parts), 1)
        self._grid.setColumnStretch(1, 1)
