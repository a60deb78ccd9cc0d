"""How the scans are added: into which workspace, how patients are told apart, with which labels."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QLineEdit, QWidget

from desktop.pages.found.forecast import AUTO, Forecast
from desktop.pages.found.new_folder import default_workspace, objection
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import Elided, set_tone, text

TABLES = "Label tables (*.csv *.tsv);;All files (*)"
CHOICE_WIDTH = 268
NEW, OPEN = "new", "open"


class AddForm(QFrame):
    """Says `changed` when the scans would be added in another way."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._places: tuple[Path, ...] = ()
        self.into = QComboBox()
        self.folder = QLineEdit()
        self.ways = QComboBox()
        self.labels = QLineEdit()
        self.why = Elided("", tone="muted")
        self.told = Elided("", tone="muted")
        self.note = text("", "caption", "muted", wrap=True)
        self._choose_folder = push("Choose…", self._ask_folder, tip="The folder around the new workspace")
        self._build()

    @property
    def destination(self) -> Path | None:
        """The folder of the new workspace; None where the scans go into the open one."""
        return None if self.into.currentData() == OPEN else Path(self.folder.text().strip())

    @property
    def layout_key(self) -> str:
        return str(self.ways.currentData() or AUTO)

    @property
    def label_table(self) -> Path | None:
        words = self.labels.text().strip()
        return Path(words) if words else None

    @property
    def objection(self) -> str:
        """Why nothing can be added there; empty where it can."""
        folder = self.destination
        return "" if folder is None else objection(folder, self._places)

    def begin(self, places: tuple[Path, ...], opened: str) -> None:
        """Ask anew, for the scans of some places; `opened` is the open workspace's name, if there is one."""
        self._places = places
        for field in (self.into, self.folder, self.ways, self.labels):
            field.blockSignals(True)
        self._offer_open(opened)
        self.into.setCurrentIndex(0)
        self.folder.setText(str(default_workspace(places[0])))
        self.ways.clear()
        self.ways.addItem("Recognise", AUTO)
        self.labels.clear()
        for field in (self.into, self.folder, self.ways, self.labels):
            field.blockSignals(False)
        self._show_folder()

    def offer_open(self, opened: str) -> None:
        """Another workspace is open, or none."""
        kept = self.into.currentData()
        self.into.blockSignals(True)
        self._offer_open(opened)
        self.into.setCurrentIndex(max(0, self.into.findData(kept)))
        self.into.blockSignals(False)
        self._show_folder()

    def show_forecast(self, made: Forecast) -> None:
        """Say what was recognised, and what the labels give."""
        if made.ways:
            self._show_ways(made)
        self.why.setText(made.way.reason if made.way is not None else "")
        self.told.setText(made.labels)

    def say(self, words: str, tone: str = "muted") -> None:
        """A line under the form."""
        self.note.setText(words)
        set_tone(self.note, tone)
        self.note.setVisible(bool(words))

    def _show_ways(self, made: Forecast) -> None:
        kept = self.layout_key
        self.ways.blockSignals(True)
        self.ways.clear()
        recognised = made.way if kept == AUTO else None
        self.ways.addItem("Recognise" if recognised is None else f"{recognised.label} (recognised)", AUTO)
        for way in made.ways:
            self.ways.addItem(way.label, way.key)
            self.ways.setItemData(self.ways.count() - 1, way.reason, Qt.ItemDataRole.ToolTipRole)
        self.ways.setCurrentIndex(max(0, self.ways.findData(kept)))
        self.ways.blockSignals(False)

    def _offer_open(self, opened: str) -> None:
        self.into.clear()
        self.into.addItem("A new workspace", NEW)
        if opened:
            self.into.addItem(f"Add to {opened}", OPEN)

    def _show_folder(self) -> None:
        new = self.destination is not None
        self.folder.setVisible(new)
        self._choose_folder.setVisible(new)

    def _into_changed(self) -> None:
        self._show_folder()
        self.changed.emit()

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Where to make the workspace", str(self._places[0].parent))
        if chosen:
            name = default_workspace(self._places[0]).name
            self.folder.setText(str(Path(chosen) / name) if any(Path(chosen).iterdir()) else chosen)

    def _ask_labels(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Label table", str(self._places[0].parent), TABLES)
        if chosen:
            self.labels.setText(chosen)

    def _build(self) -> None:
        self.labels.setPlaceholderText("Found in the folder, if any")
        for field, name in (
            (self.into, "Into"),
            (self.folder, "Folder of the new workspace"),
            (self.ways, "How patients are told apart"),
            (self.labels, "Label table"),
        ):
            field.setAccessibleName(name)
            field.setToolTip(name)
        for combo in (self.into, self.ways):
            combo.setFixedWidth(CHOICE_WIDTH)
        self.labels.setFixedWidth(CHOICE_WIDTH)
        form = grid_box(across=SIZES.m, down=SIZES.s)
        into = row_box(gap=SIZES.s)
        into.addWidget(self.into)
        into.addWidget(self.folder, 1)
        into.addWidget(self._choose_folder)
        into.addStretch()
        ways = row_box(gap=SIZES.m)
        ways.addWidget(self.ways)
        ways.addWidget(self.why, 1)
        labels = row_box(gap=SIZES.s)
        labels.addWidget(self.labels)
        labels.addWidget(push("Choose…", self._ask_labels, tip="A table with a column 'patient' or 'file'"))
        labels.addWidget(self.told, 1)
        for line, (name, row) in enumerate((("Into", into), ("Patients", ways), ("Labels", labels))):
            form.addWidget(text(name, tone="muted"), line, 0)
            form.addLayout(row, line, 1)
        form.setColumnStretch(1, 1)
        whole = column_box(self, gap=SIZES.s, margins=(SIZES.l, SIZES.m, SIZES.l, SIZES.m))
        whole.addLayout(form)
        whole.addWidget(self.note)
        self.note.hide()
        self.into.currentIndexChanged.connect(self._into_changed)
        self.ways.currentIndexChanged.connect(self.changed)
        self.folder.textChanged.connect(self.changed)
        self.labels.textChanged.connect(self.changed)
