"""The confusion matrix: true classes downwards, predicted classes across."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.evaluation import ConfusionMatrix
from engine.report.figures.svg import Drawing, class_colors, shortened

_TOP, _HEIGHT, _GAP, _LETTER, _LONGEST = 54, 72, 3, 7.6, 20
_DEEPEST = 0.5  # so that the text stays readable on every cell, in both themes


@dataclass(frozen=True)
class _Grid:
    """Where the cells lie; both measures follow the longest class name."""

    left: float
    cell: float

    @classmethod
    def of(cls, classes: Sequence[str]) -> "_Grid":
        widest = _LETTER * min(max(len(name) for name in classes), _LONGEST)
        return cls(left=widest + 56, cell=max(widest + 16, 92))


def matrix(confusion: ConfusionMatrix, title: str) -> Drawing:
    """Counts, and their share of the true class, which is also the depth of the colour."""
    size, grid = len(confusion.classes), _Grid.of(confusion.classes)
    drawing = Drawing(grid.left + size * grid.cell, _TOP + size * _HEIGHT + 4, title)
    drawing.text((grid.left + size * grid.cell / 2, 14), "predicted", "soft", "middle")
    drawing.upward((10, _TOP + size * _HEIGHT / 2), "truth")
    for index, name in enumerate(confusion.classes):
        _name_class(drawing, grid, name, index, class_colors(confusion.classes)[name])
        heads = int(confusion.counts[index].sum())
        for column in range(size):
            _draw_cell(drawing, grid, int(confusion.counts[index, column]), heads, (index, column))
    return drawing


def _name_class(drawing: Drawing, grid: _Grid, name: str, index: int, color: str) -> None:
    across, down = grid.left + index * grid.cell + (grid.cell - _GAP) / 2, _TOP + (index + 0.5) * _HEIGHT
    told = shortened(name, _LONGEST)
    drawing.dot((across, 28), 5, "swatch", color)
    drawing.text((across, 48), told, "ink", "middle")
    drawing.dot((grid.left - 14, down), 5, "swatch", color)
    drawing.text((grid.left - 26, down + 4), told, "ink", "end")


def _draw_cell(drawing: Drawing, grid: _Grid, count: int, heads: int, place: tuple[int, int]) -> None:
    share = count / heads if heads else 0.0
    corner = grid.left + place[1] * grid.cell, _TOP + place[0] * _HEIGHT
    size = (grid.cell - _GAP, _HEIGHT - _GAP)
    drawing.box(corner, size, "ground")
    if share:
        drawing.box(corner, size, "depth", opacity=_DEEPEST * share)
    middle = corner[0] + size[0] / 2
    drawing.text((middle, corner[1] + 34), str(count), "count", "middle")
    drawing.text((middle, corner[1] + 53), f"{100 * share:.0f} %" if heads else "no one", "share", "middle")
