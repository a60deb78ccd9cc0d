"""The panel beside the pictures, in sections: layers, window and histogram, what is known of the scan and what is
doubtful."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QScrollArea, QWidget

from desktop.pages.view.certificate import Certificate
from desktop.pages.view.facts import FILE, FOLDER, NAME, Fact, doubts_of, facts_of
from desktop.pages.view.section import Section
from desktop.pages.view.window_panel import WindowPanel
from desktop.theme import SIZES
from desktop.viewer.scan_values import Loaded
from desktop.widgets.boxes import column_box
from desktop.widgets.text import Elided, text
from engine.cohort.cohort import Scan
from engine.pictures.viewing import Viewing

LABEL_WIDTH = 76


class ViewInspector(QScrollArea):
    """Shows the scan in front; `sections` stand over the window's. `window_wanted` tells the window set here."""

    window_wanted = Signal(object)

    def __init__(self, sections: tuple[Section, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scan: Scan | None = None
        self._loaded: Loaded | None = None
        self._stale = False
        self._body = QWidget()
        self.hint = text("The window and the facts of a scan stand here once one is shown.", tone="muted", wrap=True)
        self.certificate = Certificate()
        self.window_panel = WindowPanel()
        self.window_panel.wanted.connect(self.window_wanted)
        self._set = Section("Window", self.window_panel)
        self._volume = Section("Volume")
        self.facts = QFormLayout()
        self._build(sections)

    def show_scan(self, scan: Scan | None, loaded: Loaded | None) -> None:
        """Show what is known of a scan; all that can be said without its volume where that is None."""
        if not self._stale and (scan, loaded) == (self._scan, self._loaded):
            return
        self._scan, self._loaded, self._stale = scan, loaded, False
        volume = None if loaded is None else loaded.volume
        self._body.setVisible(scan is not None)
        self.hint.setVisible(scan is None)
        self._set.setVisible(loaded is not None)
        if scan is not None:
            self.certificate.certify(doubts_of(scan, volume), scan.excluded, scan.accepted)
        self._show_facts(facts_of(scan, volume) if scan is not None else ())
        self.window_panel.show_scan(loaded)

    def show_strip(self, strip: QWidget | None) -> None:
        """Put what changes the volume's look here, or nothing."""
        self._volume.fill(strip)

    def let_go(self) -> None:
        """Keep nothing of the scan but what stands here, until there is another."""
        self._scan, self._loaded, self._stale = None, None, True

    def show_viewing(self, viewing: Viewing) -> None:
        """Follow the window of what is on the screen."""
        if self._loaded is not None and viewing.volume is self._loaded.volume:
            self.window_panel.show_window(viewing.window, self._loaded)

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for fact in facts:
            label = text(fact.label, tone="muted")
            label.setFixedWidth(LABEL_WIDTH)
            words = Elided(fact.words) if fact.label in (FILE, FOLDER, NAME) else text(fact.words, wrap=True)
            words.setToolTip(fact.tip)
            self.facts.addRow(label, words)

    def _build(self, sections: tuple[Section, ...]) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QWidget()
        outer = column_box(whole, margins=(SIZES.l, SIZES.l, SIZES.l, SIZES.l))
        outer.addWidget(self.hint)
        outer.addWidget(self._body, 1)
        outer.addStretch()
        column = column_box(self._body, gap=SIZES.s)
        for part in (self.certificate, *sections, self._set, self._volume):
            column.addWidget(part)
        column.addWidget(text("Scan", "section"))
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.facts.setVerticalSpacing(SIZES.s)
        column.addLayout(self.facts)
        column.addStretch()
        self.setWidget(whole)
        self._body.hide()
