"""How the scans are added: into which workspace, from what source, how patients are told apart, with which labels."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop.pages.found.forecast import AUTO, Forecast
from desktop.pages.found.new_folder import default_workspace, objection
from desktop.pages.found.ways import WIDTH, Ways
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import Elided, set_tone, text

TABLES = "Label tables (*.csv *.tsv *.xlsx *.xls *.ods);;All files (*)"
NEW, OPEN = "new", "open"
SAME = "Its patient ids are those of the workspace"
SAME_TIP = (
    "Ticked: a patient with an id that the workspace has already is the same person.\n"
    "Not ticked: everybody found here is somebody new, whatever they are called."
)


class AddForm(QFrame):
    """Says `changed` when the scans would be added in another way; `options_wanted` to see those of the layout."""

    changed = Signal()
    way_chosen = Signal()
    options_wanted = Signal()
    columns_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._places: tuple[Path, ...] = ()
        self.into = QComboBox()
        self.folder = QLineEdit()
        self.source = QLineEdit()
        self.same_people = QCheckBox(SAME)
        self.ways = Ways()
        self.labels = QLineEdit()
        self.why = Elided("", tone="muted")
        self.told = Elided("", tone="muted")
        self.note = Elided("", "caption", "muted")
        self.options = push("Options", self.options_wanted.emit, kind="link", tip="What can be chosen of this way")
        self.columns = push("Columns", self.columns_wanted.emit, kind="link", tip="What each column is used as")
        self._choose_folder = push("Choose…", self._ask_folder, tip="The folder around the new workspace")
        self._build()
        self._connect()

    @property
    def destination(self) -> Path | None:
        """The folder of the new workspace; None where the scans go into the open one."""
        return None if self.into.currentData() == OPEN else Path(self.folder.text().strip())

    @property
    def layout_key(self) -> str:
        return self.ways.key

    @property
    def label_table(self) -> Path | None:
        words = self.labels.text().strip()
        return Path(words) if words else None

    @property
    def source_name(self) -> str:
        """What the source is called in the cohort."""
        return self.source.text().strip()

    @property
    def objection(self) -> str:
        """Why nothing can be added there; empty where it can."""
        folder = self.destination
        return "" if folder is None else objection(folder, self._places)

    def begin(self, places: tuple[Path, ...], opened: str) -> None:
        """Ask anew, for the scans of some places; `opened` is the open workspace's name, if there is one."""
        self._places = places
        self._silent(True)
        self._offer_open(opened)
        self.into.setCurrentIndex(0)
        self.folder.setText(str(default_workspace(places[0])))
        self.source.clear()
        self.same_people.setChecked(True)
        self.ways.begin()
        self.labels.clear()
        self._silent(False)
        self.options.hide()
        self.columns.hide()
        self._show_folder()

    def offer_open(self, opened: str) -> None:
        """Another workspace is open, or none."""
        kept = self.into.currentData()
        self.into.blockSignals(True)
        self._offer_open(opened)
        self.into.setCurrentIndex(max(0, self.into.findData(kept)))
        self.into.blockSignals(False)
        self._show_folder()

    def show_forecast(self, made: Forecast, *, options: bool) -> None:
        """Say what was recognised, and what the labels give; `options` where the way has any."""
        self.ways.show_ways(made)
        recognised = "Recognised: " if self.ways.key == AUTO else ""
        self.why.setText(f"{recognised}{made.way.reason}" if made.way is not None else "")
        self.told.setText(made.labels)
        self.source.setPlaceholderText(made.name)
        self.options.setVisible(options)
        self.columns.setVisible(bool(made.columns))

    def say(self, words: str, tone: str = "muted") -> None:
        """A line under the form."""
        self.note.setText(words)
        set_tone(self.note, tone)
        self.note.setVisible(bool(words))

    def _silent(self, silent: bool) -> None:
        for field in (self.into, self.folder, self.source, self.same_people, self.ways, self.labels):
            field.blockSignals(silent)

    def _offer_open(self, opened: str) -> None:
        self.into.clear()
        self.into.addItem("A new workspace", NEW)
        if opened:
            self.into.addItem(f"Add to {opened}", OPEN)

    def _show_folder(self) -> None:
        new = self.destination is not None
        self.folder.setVisible(new)
        self._choose_folder.setVisible(new)
        self.same_people.setVisible(not new)

    def _into_changed(self) -> None:
        self._show_folder()
        self.changed.emit()

    def _way_changed(self) -> None:
        self.way_chosen.emit()
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

    def _connect(self) -> None:
        self.into.currentIndexChanged.connect(self._into_changed)
        self.ways.currentIndexChanged.connect(self._way_changed)
        self.same_people.toggled.connect(self.changed)
        for field in (self.folder, self.source, self.labels):
            field.textChanged.connect(self.changed)

    def _build(self) -> None:
        self.labels.setPlaceholderText("Found in the folder, if any")
        self.same_people.setToolTip(SAME_TIP)
        for field, name, tip in (
            (self.into, "Into", "Which workspace the scans go into"),
            (self.folder, "Folder of the new workspace", "Folder of the new workspace"),
            (self.source, "Name of the source", "What this source is called in head counts and reports"),
            (self.ways, "How patients are told apart", "How patients are told apart"),
            (self.labels, "Label table", "Label table: csv, tsv, Excel or OpenDocument"),
        ):
            field.setAccessibleName(name)
            field.setToolTip(tip)
        for field in (self.into, self.source, self.labels):
            field.setFixedWidth(WIDTH)
        form = grid_box(across=SIZES.m, down=SIZES.s)
        choose_labels = push("Choose…", self._ask_labels, tip="A table with a row per patient or per file")
        rows: dict[str, QHBoxLayout] = {
            "Into": _row(self.into, self.folder, self._choose_folder),
            "Source": _row(self.source, self.same_people, None),
            "Patients": _row(self.ways, self.why, self.options),
            "Labels": _row(self.labels, choose_labels, self.told, self.columns),
        }
        rows["Into"].addStretch()
        for line, (name, row) in enumerate(rows.items()):
            form.addWidget(text(name, tone="muted"), line, 0)
            form.addLayout(row, line, 1)
        form.setColumnStretch(1, 1)
        whole = column_box(self, gap=SIZES.s, margins=(SIZES.l, SIZES.m, SIZES.l, SIZES.m))
        whole.addLayout(form)
        whole.addWidget(self.note)
        self.note.hide()


def _row(*parts: QWidget | None) -> QHBoxLayout:
    """Side by side; lines of text and paths take what room there is, None is room."""
    row = row_box(gap=SIZES.s)
    for part in parts:
        if part is None:
            row.addStretch()
        else:
            row.addWidget(part, 1 if isinstance(part, Elided) or part.accessibleName().startswith("Folder") else 0)
    return row
