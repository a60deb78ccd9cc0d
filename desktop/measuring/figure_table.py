"""Figures with their names, two in a row."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QLabel, QWidget

from desktop.theme import SIZES
from desktop.widgets.boxes import grid_box
from desktop.widgets.text import text
from engine.measure import Figures, RegionFigures, plain

VALUES = ("Mean", "SD", "Minimum", "Maximum", "Median", "Voxels")


class FigureTable(QWidget):
    """Mirrors figures by their names."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = {name: text("", parent=self) for name in names}
        table = grid_box(across=SIZES.s, down=SIZES.xs)
        for place, name in enumerate(names):
            row, column = divmod(place, 2)
            label: QLabel = text(name, tone="muted")
            table.addWidget(label, row, 2 * column)
            table.addWidget(self.figures[name], row, 2 * column + 1)
        table.setColumnStretch(1, 1)
        table.setColumnStretch(3, 1)
        self.setLayout(table)

    def show_words(self, words: Mapping[str, str]) -> None:
        """Show these, as far as they have a place."""
        for name, label in self.figures.items():
            label.setText(words.get(name, ""))


def words_of(frame: RegionFigures | None) -> dict[str, str]:
    """The figures of a frame in words."""
    if frame is None:
        return dict.fromkeys(VALUES, "…")
    values = (frame.mean, frame.sd, frame.minimum, frame.maximum, frame.median)
    told = ["-" if value is None else plain(value) for value in values]
    return dict(zip(VALUES, (*told, str(frame.count)), strict=True))


def note_of(found: Figures | None, frame: RegionFigures | None) -> str:
    """What has to be known of figures: how they were taken, where that is special, and what was left out."""
    told = found.notes[0] if found is not None and found.notes and found.way != "voxels" else ""
    notes = [told[:1].upper() + told[1:]] if told else []
    if frame is not None and frame.left_out:
        notes.append(f"Left out without a value: {frame.left_out}")
    return ". ".join(notes)
