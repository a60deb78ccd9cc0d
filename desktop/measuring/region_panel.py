"""The figures of the selected area: in the present frame, how its values are spread, and their course."""

from PySide6.QtWidgets import QWidget

from desktop.measuring.course_plot import CoursePlot, course_of
from desktop.measuring.figure_table import VALUES, FigureTable, note_of, words_of
from desktop.measuring.layer_figures import LayerFigures
from desktop.measuring.region_histogram import RegionHistogram
from desktop.measuring.sizes import Sizes
from desktop.measuring.values import at_frame
from desktop.measuring.wording import size_words
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box
from desktop.widgets.text import text
from engine.imaging.volume import FrameAxis
from engine.measure import Figures

NAMES = (*VALUES, "Area")


class RegionPanel(QWidget):
    """Figures of the scan, those of the layer over it, then pictures of the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = FigureTable(NAMES)
        self.figures = self.table.figures
        self.layer = LayerFigures()
        self.histogram = RegionHistogram()
        self.course = CoursePlot()
        self.note = text("", "caption", "muted", wrap=True)
        self._whole: Figures | None = None
        column = column_box(self, gap=SIZES.s)
        for part in (self.table, self.note, self.layer, self.histogram, self.course):
            column.addWidget(part)

    def show_figures(self, found: Figures | None, sizes: Sizes, frame: int, axis: FrameAxis, frames: int) -> None:
        """Show what is known by now of an area of a scan that has so many frames."""
        here = at_frame(found, frame)
        self.table.show_words(words_of(here) | {"Area": size_words(sizes) or "…"})
        note = note_of(found, here)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.histogram.setVisible(here is not None and here.count > 0)
        if here is not None:
            self.histogram.show_histogram(here.histogram)
        self._show_course(found, frame, axis, frames)

    def _show_course(self, found: Figures | None, frame: int, axis: FrameAxis, frames: int) -> None:
        self.course.setVisible(frames > 1 and (found is None or bool(found.frames)))
        if frames == 1 or found is None or len(found.frames) != frames:
            return
        if found is not self._whole or self.course.course is None:
            self._whole = found
            self.course.show_course(course_of(found, axis), frame)
        else:
            self.course.show_course(self.course.course, frame)
