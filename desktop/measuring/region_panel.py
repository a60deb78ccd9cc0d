"""The figures of the selected area: in the present frame, how its values are spread, and their course."""

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.measuring.course_plot import CoursePlot, course_of
from desktop.measuring.region_histogram import RegionHistogram
from desktop.measuring.sizes import Sizes
from desktop.measuring.values import at_frame
from desktop.measuring.wording import size_words
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, grid_box
from desktop.widgets.text import text
from engine.imaging.volume import FrameAxis
from engine.measure import Figures, RegionFigures
from engine.pictures.wording import value_words

NAMES = ("Mean", "SD", "Minimum", "Maximum", "Median", "Voxels", "Area")


class RegionPanel(QWidget):
    """Two figures in a row, then the pictures of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = {name: text("", parent=self) for name in NAMES}
        self.histogram = RegionHistogram()
        self.course = CoursePlot()
        self.note = text("", "caption", "muted", wrap=True)
        self._whole: Figures | None = None
        column = column_box(self, gap=SIZES.s)
        column.addLayout(self._table())
        for part in (self.note, self.histogram, self.course):
            column.addWidget(part)

    def show_figures(self, found: Figures | None, sizes: Sizes, frame: int, axis: FrameAxis, frames: int) -> None:
        """Show what is known by now of an area of a scan that has so many frames."""
        here = at_frame(found, frame)
        for name, words in _words(here, sizes).items():
            self.figures[name].setText(words)
        note = "" if found is None else "; ".join(found.notes[:1] if found.way != "voxels" else ())
        self.note.setText(note[:1].upper() + note[1:])
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

    def _table(self) -> QGridLayout:
        table = grid_box(across=SIZES.s, down=SIZES.xs)
        for place, name in enumerate(NAMES):
            row, column = divmod(place, 2)
            label: QLabel = text(name, tone="muted")
            table.addWidget(label, row, 2 * column)
            table.addWidget(self.figures[name], row, 2 * column + 1)
        table.setColumnStretch(1, 1)
        table.setColumnStretch(3, 1)
        return table


def _words(frame: RegionFigures | None, sizes: Sizes) -> dict[str, str]:
    area = {"Area": size_words(sizes) or "…"}
    if frame is None:
        return dict.fromkeys(NAMES, "…") | area
    values = (frame.mean, frame.sd, frame.minimum, frame.maximum, frame.median)
    told = ["-" if value is None else value_words(value) for value in values]
    left_out = f" ({frame.left_out} left out)" if frame.left_out else ""
    return dict(zip(NAMES, (*told, f"{frame.count}{left_out}"), strict=False)) | area
