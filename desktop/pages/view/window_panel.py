"""Window and level in the inspector: presets, histogram and numbers."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QSizePolicy, QWidget

from desktop.theme import SIZES
from desktop.viewer.histogram import HistogramView
from desktop.viewer.scan_values import Loaded
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import text
from engine.pictures.presets import Preset
from engine.pictures.window import Window
from engine.pictures.wording import decimals_for

LIMIT = 1e12
OWN = "Own values"


class WindowPanel(QWidget):
    """Mirrors the window of a scan. `wanted` tells the one set here."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window: Window | None = None
        self.offered: tuple[Preset, ...] = ()
        self.presets = QComboBox()
        self.presets.setAccessibleName("Window")
        self.presets.currentIndexChanged.connect(self._preset_chosen)
        self.level, self.width_box = _number("Level"), _number("Width")
        self.histogram = HistogramView()
        self.histogram.wanted.connect(self.wanted)
        column = column_box(self, gap=SIZES.s)
        column.addWidget(self.presets)
        column.addWidget(self.histogram)
        column.addLayout(self._numbers())

    def show_scan(self, loaded: Loaded | None) -> None:
        """Offer what suits a scan; its window is shown once it is told."""
        self._window = None
        self.offered = () if loaded is None else loaded.presets
        self._fill_presets(self.offered)
        self.histogram.show_histogram(None, None)

    def show_window(self, window: Window, loaded: Loaded) -> None:
        """Follow the window of what is on the screen."""
        if window == self._window:
            return
        self._window = window
        self.histogram.show_histogram(loaded.histogram, window)
        for box, value in ((self.level, window.level), (self.width_box, window.width)):
            box.blockSignals(True)
            box.setDecimals(decimals_for(window.width))
            box.setSingleStep(window.width / 20)
            box.setValue(value)
            box.blockSignals(False)
        self._choose_preset(window)

    def _fill_presets(self, offered: tuple[Preset, ...]) -> None:
        self.presets.blockSignals(True)
        self.presets.clear()
        for preset in offered:
            self.presets.addItem(preset.name, preset.window)
        if offered:
            self.presets.addItem(OWN, None)
        self.presets.blockSignals(False)

    def _choose_preset(self, window: Window) -> None:
        plain = replace(window, inverted=False)
        windows = [self.presets.itemData(i) for i in range(self.presets.count() - 1)]
        index = windows.index(plain) if plain in windows else len(windows)
        self.presets.blockSignals(True)
        self.presets.setCurrentIndex(index)
        self.presets.blockSignals(False)

    def _preset_chosen(self) -> None:
        chosen = self.presets.currentData()
        if chosen is not None and self._window is not None:
            self.wanted.emit(replace(chosen, inverted=self._window.inverted))

    def _typed(self) -> None:
        if self._window is not None and self.width_box.value() > 0:
            window = replace(self._window, level=self.level.value(), width=self.width_box.value())
            self.wanted.emit(window)

    def _numbers(self) -> QHBoxLayout:
        row = row_box(gap=SIZES.s)
        for name, box in (("W", self.width_box), ("L", self.level)):
            box.valueChanged.connect(self._typed)
            row.addWidget(text(name, tone="muted"))
            row.addWidget(box, 1)
        return row


def _number(name: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(-LIMIT, LIMIT)
    box.setKeyboardTracking(False)
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.lineEdit().setTextMargins(SIZES.xs + 2, 0, 0, 0)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return box
