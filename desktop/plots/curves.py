"""A measure over the epochs: a thin line per fold, a thick mean, training beside inner validation."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QFrame, QWidget

from desktop import theme
from desktop.plots.legend import Legend, Sample
from desktop.plots.themed import ThemedPlot, pen
from desktop.theme import SIZES
from desktop.widgets.boxes import column_box, row_box
from desktop.widgets.text import text

if TYPE_CHECKING:
    from engine.runs.curves import Curve, Points
    from engine.runs.progress import RunProgress

THIN, NOW, THICK = 1.0, 1.4, 2.6
FAINT = 90
FEWEST_EPOCHS = 5
ROOM = 0.06


class CurveCard(QFrame):
    """The plot of one measure under its name and legend; `share` measures run from 0 to 100 %."""

    def __init__(self, title: str, measure: str, *, share: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.plot = CurvePlot(measure, share=share)
        self.legend = Legend()
        head = row_box(gap=SIZES.m)
        head.addWidget(text(title, "section"))
        head.addStretch(1)
        head.addWidget(self.legend)
        column = column_box(self, margins=(SIZES.m, SIZES.s, SIZES.s, SIZES.xs))
        column.addLayout(head)
        column.addWidget(self.plot, 1)

    def show_progress(self, progress: "RunProgress") -> None:
        """Draw where the run stands."""
        self.plot.show_progress(progress)
        self.legend.show_samples(samples(progress, watched=self.plot.watched))


def samples(progress: "RunProgress", *, watched: bool) -> tuple[Sample, ...]:
    """What the legend explains: only what is drawn."""
    several = progress.folds != 1
    made = [Sample("mean" if several else "training", "accent", THICK)]
    if several:
        made.append(Sample("folds", "accent", THIN, faint=True))
    if several and progress.at_work:
        made.append(Sample("this fold", "text", NOW))
    if watched:
        made.append(Sample("inner validation", "warn", THICK, dashed=True))
    return tuple(made)


class CurvePlot(ThemedPlot):
    """Redrawing sets five lines, whatever the number of folds."""

    def __init__(self, measure: str, *, share: bool = False, parent: QWidget | None = None) -> None:
        self._measure, self._share = measure, share
        self._top = 0.0
        self._run = ""
        self._spanned = (0.0, 0)
        self.watched = False
        names = ("watched_folds", "folds", "now", "watched_mean", "mean")
        self.lines = {name: pg.PlotCurveItem(connect="finite") for name in names}
        super().__init__("epoch", parent)
        for line in self.lines.values():
            self.addItem(line)
        if share:
            self.getAxis("left").setTicks([[(value / 100, f"{value} %") for value in range(0, 101, 25)], []])
        self._span(1, FEWEST_EPOCHS)

    def show_progress(self, progress: "RunProgress") -> None:
        """Draw the curves of a run."""
        if progress.run != self._run:
            self._run, self._top = progress.run, 0.0
        seen, watched = progress.curves[self._measure], progress.curves[f"validation_{self._measure}"]
        self.watched = bool(watched.by_fold)
        several = len(seen.by_fold) > 1
        now = progress.fold if progress.at_work else 0
        self._draw("folds", seen.lines(but=now) if several else None)
        self._draw("now", seen.line(now) if several else None)
        self._draw("mean", seen.mean())
        self._draw("watched_folds", watched.lines() if several else None)
        self._draw("watched_mean", watched.mean())
        self._span(self._highest(seen, watched), max(progress.epochs, FEWEST_EPOCHS))

    def recolour(self) -> None:
        tokens = theme.current()
        self.lines["folds"].setPen(pen(tokens.accent, THIN, alpha=FAINT))
        self.lines["now"].setPen(pen(tokens.text, NOW))
        self.lines["mean"].setPen(pen(tokens.accent, THICK))
        self.lines["watched_folds"].setPen(pen(tokens.warn, THIN, alpha=FAINT, dashed=True))
        self.lines["watched_mean"].setPen(pen(tokens.warn, THICK, dashed=True))

    def _draw(self, name: str, points: "Points | None") -> None:
        if points is None or not points.size:
            self.lines[name].setData([], [])
        else:
            self.lines[name].setData(points[0], points[1])

    def _highest(self, *curves: "Curve") -> float:
        if self._share:
            return 1.0
        peaks = [np.nanmax(lines[1]) for curve in curves if (lines := curve.lines()).size]
        self._top = max(self._top, nice_above(max(peaks, default=1.0)))
        return self._top

    def _span(self, top: float, epochs: int) -> None:
        if self._spanned == (top, epochs):
            return
        self._spanned = (top, epochs)
        across, up = (epochs - 1) * ROOM / 2, top * ROOM
        self.setRange(xRange=(1 - across, epochs + across), yRange=(-up, top + up), padding=0, disableAutoRange=True)
        step = max(1, round(nice_above(epochs / 8, (1, 2, 5, 10))))
        ticks = sorted({1, *range(step, epochs + 1, step)})
        self.getAxis("bottom").setTicks([[(epoch, str(epoch)) for epoch in ticks], []])


def nice_above(value: float, steps: Sequence[float] = (1, 1.5, 2, 3, 5, 10)) -> float:
    """The least of `steps` times a power of ten that is not below `value`."""
    if not math.isfinite(value) or value <= 0:
        return 1.0
    power = 10 ** math.floor(math.log10(value))
    return float(next(step * power for step in steps if step * power >= value * (1 - 1e-9)))
