"""The offer to import a folder of scans: into which workspace, with which labels."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box, row_box
from desktop.widgets.buttons import push
from desktop.widgets.text import Elided, set_tone, text

TABLES = "Label tables (*.csv *.tsv *.xlsx);;All files (*)"


def default_workspace(source: Path) -> Path:
    """Beside the source: "<name>-isocenter", numbered where that is taken."""
    folder = source.with_name(f"{source.name}-isocenter")
    number = 2
    while is_taken(folder):
        folder = source.with_name(f"{source.name}-isocenter-{number}")
        number += 1
    return folder


def is_taken(folder: Path) -> bool:
    """Whether something lies in the folder already, or nobody may look into it."""
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError:
        return True


class ImportOffer(QFrame):
    """Asks without stopping anybody; `accepted(source, workspace, labels | None)` when the user goes on."""

    accepted = Signal(object, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._source = Path()
        self.title = Elided("", "section")
        self.workspace = QLineEdit()
        self.labels = QLineEdit()
        self.labels.setPlaceholderText("Found in the folder, if there is one (*.csv, *.tsv)")
        self.begin = push("Import", self._accept, kind="primary", icon="import")
        self.workspace.textChanged.connect(self._check)
        self.workspace.returnPressed.connect(self._accept)
        self.labels.returnPressed.connect(self._accept)
        self._note = text("", tone="muted", wrap=True)
        self._build()
        self.hide()

    def offer(self, source: Path) -> None:
        """Offer to import `source`."""
        self._source = source
        self.title.setText(f"Import the scans of “{source.name}”?")
        self.workspace.setText(str(default_workspace(source)))
        self.labels.clear()
        self.show()
        self.begin.setFocus()

    def dismiss(self) -> None:
        self.hide()

    def _accept(self) -> None:
        if not self.begin.isEnabled():
            return
        labels = self.labels.text().strip()
        self.hide()
        self.accepted.emit(self._source, Path(self.workspace.text().strip()), Path(labels) if labels else None)

    def _check(self) -> None:
        folder = Path(self.workspace.text().strip())
        taken = is_taken(folder)
        usable = folder.is_absolute() and not taken
        self.begin.setEnabled(usable)
        self._note.setText(
            "Your scans stay where they are and are only read."
            if usable
            else "This folder is not empty, or cannot be used: choose a new one."
            if taken
            else "Give the whole path of a new folder."
        )
        set_tone(self._note, "muted" if usable else "warn")

    def _choose_workspace(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Workspace folder", str(self._source.parent))
        if chosen:
            self.workspace.setText(chosen)

    def _choose_labels(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Label table", str(self._source), TABLES)
        if chosen:
            self.labels.setText(chosen)

    def _build(self) -> None:
        form = grid_box(across=SIZES.m, down=SIZES.s)
        rows = (
            ("Workspace", self.workspace, self._choose_workspace),
            ("Labels", self.labels, self._choose_labels),
        )
        for line, (name, field, choose) in enumerate(rows):
            form.addWidget(text(name, tone="muted"), line, 0)
            form.addWidget(field, line, 1)
            form.addWidget(push("Choose…", choose), line, 2)
            field.setAccessibleName(name)
        buttons = row_box(gap=SIZES.s)
        buttons.addWidget(self._note, 1)
        buttons.addWidget(push("Not now", self.dismiss, kind="quiet"))
        buttons.addWidget(self.begin)
        whole = column_box(self, gap=SIZES.m, margins=(SIZES.l, SIZES.m, SIZES.l, SIZES.m))
        whole.addWidget(self.title)
        whole.addLayout(form)
        whole.addLayout(buttons)
