"""A small plot: a frame, two axes with ticks, and points placed in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.report.figures.svg import Drawing

Point = tuple[float, float]


@dataclass(frozen=True)
class Plot:
    """An area of a drawing; `x` and `y` are the ends of its axes in the data's own numbers."""

    drawing: Drawing
    corner: Point
    size: Point
    x: Point
    y: Point

    def place(self, x: float, y: float) -> Point:
        """Where a point of the data lies in the drawing, kept within the frame."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        kept = (min(max(across, 0), 1), min(max(up, 0), 1))
        return self.corner[0] + kept[0] * self.size[0], self.corner[1] + (1 - kept[1]) * self.size[1]

    def curve(self, points: Sequence[Point], look: str, color: str = "") -> None:
        """A line through points of the data; a single point is a dot."""
        placed = [self.place(*point) for point in points]
        if len(placed) == 1:
            self.drawing.dot(placed[0], 2.5, "dot " + look, color)
        elif placed:
            self.drawing.path(placed, look, color)

    def axes(self, across: str, up: str, x_ticks: Sequence[float], y_ticks: Sequence[float]) -> None:
        """Grid lines, their numbers, and what the axes mean."""
        left, bottom = self.corner[0], self.corner[1] + self.size[1]
        for tick in y_ticks:
            y = self.place(self.x[0], tick)[1]
            self.drawing.line((left, y), (left + self.size[0], y), "grid")
            self.drawing.text((left - 7, y + 4), _short(tick), "soft", "end")
        for tick in x_ticks:
            self.drawing.text((self.place(tick, self.y[0])[0], bottom + 17), _short(tick), "soft", "middle")
        self.drawing.line((left, bottom), (left + self.size[0], bottom), "axis")
        self.drawing.text((left + self.size[0] / 2, bottom + 35), across, "soft", "middle")
        self.drawing.text((left, self.corner[1] - 10), up, "ink")


def round_ticks(top: float) -> list[float]:
    """Zero and a few round steps up to at least `top`."""
    if top <= 0:
        return [0.0, 1.0]
    scale = 10.0 ** (len(f"{int(top)}") - 1) if top >= 1 else _below_one(top)
    step = next(step * scale for step in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 2.5) if step * scale * 5 >= top)
    count = next(count for count in range(1, 7) if count * step >= top * 0.9999)
    return [round(step * index, 10) for index in range(count + 1)]


def _below_one(top: float) -> float:
    scale = 1.0
    while top < scale:
        scale /= 10
    return scale


def _short(tick: float) -> str:
    return f"{tick:.10g}"
