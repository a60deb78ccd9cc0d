"""The mean of an area from frame to frame, with its spread and what it tells of T1 or T2."""

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.plots.themed import pen
from desktop.viewer.signal import Curve, fit_of
from desktop.viewer.signal_curve import SignalPlot
from desktop.widgets.boxes import column_box
from desktop.widgets.text import text
from engine.imaging.volume import FrameAxis
from engine.measure import Figures
from engine.pictures.wording import axis_title, in_unit

HEIGHT = 150


@dataclass(frozen=True)
class Course:
    """The means over the frames, and the standard deviation of each; nan where there is none."""

    curve: Curve
    spread: tuple[float, ...]


def course_of(found: Figures, axis: FrameAxis) -> Course:
    """The course of an area's mean, over the frames' numbers where they have no values."""
    means = tuple(float("nan") if frame.mean is None else frame.mean for frame in found.frames)
    spread = tuple(float("nan") if frame.sd is None else frame.sd for frame in found.frames)
    numbers = tuple(float(frame.frame + 1) for frame in found.frames)
    positions = tuple(in_unit(value, axis) for value in axis.values) or numbers
    return Course(Curve(axis_title(axis), positions, means, fit_of(axis, means)), spread)


class CoursePlot(QWidget):
    """Shows a course with the present frame marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.course: Course | None = None
        self.plot = SignalPlot()
        self.bars = pg.ErrorBarItem(x=np.zeros(1), y=np.zeros(1), height=np.zeros(1))
        self.bars.setVisible(False)
        self.plot.addItem(self.bars)
        self.told = text("", "caption", wrap=True)
        self.plot.setFixedHeight(HEIGHT)
        self.plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = column_box(self)
        column.addWidget(text("Mean ± SD over the frames", "caption", "muted"))
        column.addWidget(self.plot)
        column.addWidget(self.told)

    def show_course(self, course: Course, frame: int) -> None:
        """Show a course and which frame is on the screen."""
        if course != self.course:
            self.course = course
            self.plot.name_across(course.curve.title)
            # Another text alone does not put the label into the middle.
            self.plot.getAxis("bottom").resizeEvent()
            self._draw(course)
        curve = course.curve
        self.plot.present.setData(curve.positions[frame : frame + 1], curve.values[frame : frame + 1])

    def _draw(self, course: Course) -> None:
        curve, fit = course.curve, course.curve.fit
        fitted = fit is not None and bool(fit.positions)
        there = np.isfinite(curve.values)
        x, y = np.array(curve.positions)[there], np.array(curve.values)[there]
        spread = np.nan_to_num(np.array(course.spread)[there])
        self.plot.joined = not fitted
        self.plot.recolour()
        self.plot.line.setData(x, y)
        self.plot.fitted.setData(fit.positions if fit else (), fit.values if fit else ())
        self.bars.setData(x=x, y=y, height=2 * spread, pen=pen(theme.current().muted))
        self.bars.setVisible(bool(there.any()))
        self.told.setText(fit.told if fit else "")
        self.told.setVisible(fit is not None)
