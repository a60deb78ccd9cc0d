"""The figures of the selected area on the layer over its scan."""

from PySide6.QtWidgets import QWidget

from desktop.measuring.figure_table import VALUES, FigureTable, note_of, words_of
from desktop.measuring.values import at_frame
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import text
from engine.measure import Figures


class LayerFigures(QWidget):
    """Says whose values they are, then tells them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.whose = text("", "caption", "muted", wrap=True)
        self.table = FigureTable(VALUES)
        self.note = text("", "caption", "muted", wrap=True)
        column = column_box(self, gap=SIZES.xs)
        for part in (self.whose, self.table, self.note):
            column.addWidget(part)

    def show_figures(self, whose: str, found: Figures | None, frame: int) -> None:
        """Show what is known by now of a frame of the layer."""
        self.whose.setText(whose)
        nothing = found is not None and not found.frames
        self.table.show_words(dict.fromkeys(VALUES, "-") if nothing else words_of(at_frame(found, frame)))
        note = note_of(found, at_frame(found, frame))
        self.note.setText(note.replace("the scan", "the layer"))
        self.note.setVisible(bool(note))
