"""The rows of a panel that saves: a size, and a file."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QSpinBox, QWidget

from desktop.picturing.wish import NARROWEST, SIZES
from desktop.theme import SIZES as LENGTHS
from desktop.widgets.boxes import row_box
from desktop.widgets.buttons import push
from engine.pictures.drawing import LARGEST

OWN = ""
LONGEST_NAME = 240
"""In bytes: what is allowed to most, less what the name of a half-written file has more."""
State = Literal["none", "impossible", "there", "free"]


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

    def _follow(self) -> None:
        self.width_box.setVisible(self.by_width)
        self.changed.emit()


class FileRow(QWidget):
    """A path that can be typed or chosen; its ending goes with the format. A bare name is one in `folder`."""

    changed = Signal()

    def __init__(self, filters: Callable[[], str], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setAccessibleName("File")
        self._filters, self._folder = filters, folder
        row = row_box(self, gap=LENGTHS.s)
        row.addWidget(self.line, 1)
        row.addWidget(push("Choose…", self._choose, tip="Choose folder and name"))
        self.line.textChanged.connect(self.changed)

    @property
    def path(self) -> Path:
        typed = Path(self.line.text().strip())
        try:
            return self._folder / typed.expanduser()
        except RuntimeError:  # the home of somebody who is not known here
            return self._folder / typed

    @property
    def state(self) -> State:
        """Whether a file can be made there, as far as can be told before."""
        path = self.path
        try:
            if not self.line.text().strip() or path.is_dir():
                return "none"
            if len(os.fsencode(path.name)) > LONGEST_NAME:
                return "impossible"
            return "there" if path.exists() else "free"
        except OSError:
            return "impossible"

    def show_ending(self, ending: str) -> None:
        """Have the name end so, where there is one."""
        if self.state != "none" and self.path.suffix.lower() != ending:
            self.show_path(self.path.with_suffix(ending))

    def show_path(self, path: Path) -> None:
        self.line.setText(str(path))
        self.line.setCursorPosition(len(str(path)))

    def _choose(self) -> None:
        options = QFileDialog.Option.DontConfirmOverwrite
        chosen, _ = QFileDialog.getSaveFileName(self, "Save as", str(self.path), self._filters(), options=options)
        if chosen:
            self.show_path(Path(chosen))
