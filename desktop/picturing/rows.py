"""The rows of a panel that saves: a size, and a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QSpinBox, QWidget

from desktop.picturing.wish import NARROWEST, SIZES
from desktop.theme import SIZES as LENGTHS
from desktop.widgets.boxes import row_box
from desktop.widgets.buttons import push
from engine.pictures.drawing import LARGEST

OWN = ""


class SizeRow(QWidget):
    """How many times as on the screen, or how many pixels wide."""

    changed = Signal()

    def __init__(self, saved: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = QComboBox()
        self.choice.setAccessibleName("Size")
        for key, words in SIZES.items():
            self.choice.addItem(words, key)
        self.width_box = QSpinBox()
        self.width_box.setAccessibleName("Width in pixels")
        self.width_box.setRange(NARROWEST, LARGEST)
        self.width_box.setSuffix(" px")
        self.width_box.lineEdit().setTextMargins(LENGTHS.xs + 2, 0, 0, 0)
        self.width_box.setValue(int(saved) if saved.isdigit() and saved not in SIZES else 1600)
        self.choice.setCurrentIndex(self.choice.findData(saved if saved in SIZES else OWN))
        row = row_box(self, gap=LENGTHS.s)
        row.addWidget(self.choice, 1)
        row.addWidget(self.width_box)
        self.choice.currentIndexChanged.connect(self._follow)
        self.width_box.valueChanged.connect(self.changed)
        self._follow()

    @property
    def by_width(self) -> bool:
        return bool(self.choice.currentData() == OWN)

    @property
    def value(self) -> float:
        """Times, or pixels."""
        return float(self.width_box.value() if self.by_width else self.choice.currentData())

    @property
    def saved(self) -> str:
        """What to remember of it."""
        return str(self.width_box.value()) if self.by_width else str(self.choice.currentData())

    def _follow(self) -> None:
        self.width_box.setVisible(self.by_width)
        self.changed.emit()


class FileRow(QWidget):
    """A path that can be typed or chosen; its ending goes with the format."""

    changed = Signal()

    def __init__(self, filters: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setAccessibleName("File")
        self._filters = filters
        row = row_box(self, gap=LENGTHS.s)
        row.addWidget(self.line, 1)
        row.addWidget(push("Choose…", self._choose, tip="Choose folder and name"))
        self.line.textChanged.connect(self.changed)

    @property
    def path(self) -> Path:
        return Path(self.line.text().strip()).expanduser()

    def show_path(self, path: Path) -> None:
        self.line.setText(str(path))
        self.line.setCursorPosition(len(str(path)))

    def _choose(self) -> None:
        options = QFileDialog.Option.DontConfirmOverwrite
        chosen, _ = QFileDialog.getSaveFileName(self, "Save as", str(self.path), self._filters(), options=options)
        if chosen:
            self.show_path(Path(chosen))
