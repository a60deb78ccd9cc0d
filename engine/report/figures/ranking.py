"""ROC curves beside the reliability of the probabilities."""

from collections.abc import Sequence

from engine.evaluation import Bin, RocCurve
from engine.report.figures.plot import Plot
from engine.report.figures.svg import Drawing, class_colors, shortened

_SIDE, _LEFT, _TOP, _BETWEEN = 230, 44, 34, 110
_TICKS = [0, 0.25, 0.5, 0.75, 1]


def ranking(curves: Sequence[RocCurve], bins: Sequence[Bin], classes: Sequence[str], title: str) -> Drawing:
    """Left how the scores rank, right what probabilities were told against how often they came true."""
    drawing = Drawing(_LEFT + 2 * _SIDE + _BETWEEN + 40, _TOP + _SIDE + 46 + 20 * len(curves), title)
    _draw_roc(drawing, curves, class_colors(classes))
    _draw_reliability(drawing, bins)
    return drawing


def _draw_roc(drawing: Drawing, curves: Sequence[RocCurve], colors: dict[str, str]) -> None:
    plot = Plot(drawing, (_LEFT, _TOP), (_SIDE, _SIDE), (0, 1), (0, 1))
    plot.axes("false positive rate", "ROC: true positive rate", _TICKS, _TICKS)
    plot.curve([(0, 0), (1, 1)], "chance")
    for index, curve in enumerate(curves):
        rates = zip(curve.false_positive_rate.tolist(), curve.true_positive_rate.tolist(), strict=True)
        plot.curve(list(rates), "roc", colors[curve.name])
        y = _TOP + _SIDE + 56 + 20 * index
        drawing.dot((_LEFT + 5, y - 4), 5, "swatch", colors[curve.name])
        drawing.text((_LEFT + 17, y), f"{shortened(curve.name, 24)} against the rest", "ink")


def _draw_reliability(drawing: Drawing, bins: Sequence[Bin]) -> None:
    plot = Plot(drawing, (_LEFT + _SIDE + _BETWEEN, _TOP), (_SIDE, _SIDE), (0, 1), (0, 1))
    plot.axes("probability told", "Calibration: how often it was so", _TICKS, _TICKS)
    plot.curve([(0, 0), (1, 1)], "chance")
    plot.curve([(one.told, one.true) for one in bins], "thick accent")
    for one in bins:
        x, y = plot.place(one.told, one.true)
        drawing.dot((x, y), 4, "dot accent")
        drawing.text((x + 8, y + 14), str(one.rows), "soft")
