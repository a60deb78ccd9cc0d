"""The panel beside the pictures: window and histogram, what is known of the scan, what is doubtful."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from desktop.pages.view.certificate import Certificate
from desktop.pages.view.facts import FILE, FOLDER, NAME, Fact, doubts_of, facts_of
from desktop.theme import SIZES
from desktop.viewer.histogram import HistogramView
from desktop.viewer.scan_values import Loaded
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import Elided, text
from engine.cohort.cohort import Scan
from engine.pictures.viewing import Viewing
from engine.pictures.window import Preset, Window, presets

LIMIT = 1e12
OWN = "Own values"
LABEL_WIDTH = 76


class ViewInspector(QScrollArea):
    """Shows the scan in front. `window_wanted` tells the window set here."""

    window_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scan: Scan | None = None
        self._window: Window | None = None
        self._loaded: Loaded | None = None
        self._stale = False
        self._body, self._set, self._volume = QWidget(), QWidget(), QWidget()
        self._volume_column = column_box(self._volume, gap=SIZES.s, margins=(0, 0, 0, SIZES.l))
        self._strip: QWidget | None = None
        self.hint = text("The window and the facts of a scan stand here once one is shown.", tone="muted", wrap=True)
        self.presets = QComboBox()
        self.presets.setAccessibleName("Window")
        self.level, self.width_box = _number("Level"), _number("Width")
        self.histogram = HistogramView()
        self.facts = QFormLayout()
        self.certificate = Certificate()
        self._build()

    def show_scan(self, scan: Scan | None, loaded: Loaded | None) -> None:
        """Show what is known of a scan; all that can be said without its volume where that is None."""
        if not self._stale and (scan, loaded) == (self._scan, self._loaded):
            return
        self._scan, self._loaded, self._window, self._stale = scan, loaded, None, False
        volume = None if loaded is None else loaded.volume
        self._body.setVisible(scan is not None)
        self.hint.setVisible(scan is None)
        self._set.setVisible(loaded is not None)
        if scan is not None:
            self.certificate.certify(doubts_of(scan, volume), scan.excluded, scan.accepted)
        self._show_facts(facts_of(scan, volume) if scan is not None else ())
        self._fill_presets(() if loaded is None else presets(loaded.volume, loaded.sample))
        self.histogram.show_histogram(None, None)

    def show_strip(self, strip: QWidget | None) -> None:
        """Put what changes the volume's look here, or nothing."""
        if strip is self._strip:
            return
        if self._strip is not None:
            self._strip.setParent(None)
        self._strip = strip
        self._volume.setVisible(strip is not None)
        if strip is not None:
            self._volume_column.addWidget(strip)
            strip.show()

    def let_go(self) -> None:
        """Keep nothing of the scan but what stands here, until there is another."""
        self._scan, self._loaded, self._stale = None, None, True

    def show_viewing(self, viewing: Viewing) -> None:
        """Follow the window of what is on the screen."""
        if self._loaded is None or viewing.volume is not self._loaded.volume or viewing.window == self._window:
            return
        window = self._window = viewing.window
        self.histogram.show_histogram(self._loaded.histogram, window)
        for box, value in ((self.level, window.level), (self.width_box, window.width)):
            box.blockSignals(True)
            box.setDecimals(_decimals(window.width))
            box.setSingleStep(window.width / 20)
            box.setValue(value)
            box.blockSignals(False)
        self._choose_preset(window)

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for fact in facts:
            label = text(fact.label, tone="muted")
            label.setFixedWidth(LABEL_WIDTH)
            words = Elided(fact.words) if fact.label in (FILE, FOLDER, NAME) else text(fact.words, wrap=True)
            words.setToolTip(fact.tip)
            self.facts.addRow(label, words)

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
            self.window_wanted.emit(replace(chosen, inverted=self._window.inverted))

    def _typed(self) -> None:
        if self._window is not None and self.width_box.value() > 0:
            window = replace(self._window, level=self.level.value(), width=self.width_box.value())
            self.window_wanted.emit(window)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.presets.currentIndexChanged.connect(self._preset_chosen)
        self.histogram.wanted.connect(self.window_wanted)
        whole = QWidget()
        outer = column_box(whole, margins=(SIZES.l, SIZES.l, SIZES.l, SIZES.l))
        outer.addWidget(self.hint)
        outer.addWidget(self._body, 1)
        outer.addStretch()
        column = column_box(self._body, gap=SIZES.s)
        window = column_box(self._set, gap=SIZES.s, margins=(0, 0, 0, SIZES.l))
        window.addWidget(text("Window", "section"))
        window.addWidget(self.presets)
        window.addWidget(self.histogram)
        window.addLayout(self._numbers())
        column.addWidget(self.certificate)
        column.addWidget(self._set)
        self._volume_column.addWidget(text("Volume", "section"))
        self._volume.hide()
        column.addWidget(self._volume)
        column.addWidget(text("Scan", "section"))
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.facts.setVerticalSpacing(SIZES.s)
        column.addLayout(self.facts)
        column.addStretch()
        self.setWidget(whole)
        self._body.hide()

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


def _decimals(width: float) -> int:
    """Enough to set a hundredth of the window."""
    decimals = 0
    while width < 100 and decimals < 9:
        width, decimals = width * 10, decimals + 1
    return decimals
