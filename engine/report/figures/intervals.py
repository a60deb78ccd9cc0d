"""Shares with their intervals, one below the other, on one axis from 0 to 100 %."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.evaluation import Figure
from engine.report.figures.svg import Drawing, shortened

_LABELS, _AXIS, _VALUES, _ROW, _TOP = 220, 360, 160, 30, 12


@dataclass(frozen=True)
class Bar:
    """One row, its figure also in `words`; `chance` is a short dashed line, `color` a dot before the label."""

    label: str
    figure: Figure
    words: str
    chance: float | None = None
    color: str = ""
    strong: bool = False


def intervals(bars: Sequence[Bar], title: str) -> Drawing:
    """The value of each bar as a dot on its interval, and in words."""
    bottom = _TOP + _ROW * len(bars)
    drawing = Drawing(_LABELS + _AXIS + _VALUES, bottom + 30, title)
    for percent in (0, 25, 50, 75, 100):
        drawing.line((_at(percent / 100), _TOP), (_at(percent / 100), bottom), "grid")
        drawing.text((_at(percent / 100), bottom + 18), f"{percent} %", "soft", "middle")
    for index, bar in enumerate(bars):
        _draw(drawing, bar, _TOP + _ROW * (index + 0.5))
    return drawing


def _draw(drawing: Drawing, bar: Bar, y: float) -> None:
    if bar.color:
        drawing.dot((6, y), 5, "swatch", bar.color)
    drawing.text((18 if bar.color else 0, y + 4), shortened(bar.label, 32), "strong" if bar.strong else "ink")
    if bar.chance is not None:
        drawing.line((_at(bar.chance), y - 11), (_at(bar.chance), y + 11), "chance")
    value, low, high = bar.figure.value, bar.figure.low, bar.figure.high
    if value is None or low is None or high is None:
        drawing.text((_at(1) + 14, y + 4), bar.words, "soft")
        return
    look = "accent" if bar.strong else "plain"
    drawing.line((_at(low), y), (_at(high), y), f"span {look}")
    for end in (low, high):
        drawing.line((_at(end), y - 4), (_at(end), y + 4), f"end {look}")
    drawing.dot((_at(value), y), 5, f"dot {look}")
    drawing.text((_at(1) + 14, y + 4), bar.words, "strong" if bar.strong else "ink")


def _at(share: float) -> float:
    return _LABELS + _AXIS * share
