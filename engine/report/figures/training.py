"""Loss and accuracy over the epochs: every fold thin, their mean thick."""

from collections.abc import Sequence

from engine.report.figures.plot import Plot, Point, round_ticks
from engine.report.figures.svg import Drawing
from engine.runs.curves import Curve
from engine.runs.events import EpochEnded, Event

_WIDTH, _HEIGHT, _LEFT, _TOP, _BETWEEN = 280, 190, 44, 56, 76
_MOST_POINTS, _MOST_FOLDS = 150, 60


def training(events: Sequence[Event], title: str) -> Drawing | None:
    """Both curves side by side; None where no epoch was ended."""
    epochs = [event for event in events if isinstance(event, EpochEnded)]
    if not epochs:
        return None
    losses = _curve(epochs, "loss"), _curve(epochs, "validation_loss")
    shares = _curve(epochs, "accuracy"), _curve(epochs, "validation_accuracy")
    drawing = Drawing(2 * _WIDTH + _BETWEEN + _LEFT + 10, _TOP + _HEIGHT + 44, title)
    _legend(drawing, len(losses[0].by_fold), with_validation=bool(losses[1].by_fold))
    last = max(epoch.epoch for epoch in epochs)
    highest = max(value for curve in losses for points in curve.by_fold.values() for _, value in points)
    _panel(drawing, 0, "Loss", losses, last, round_ticks(highest))
    _panel(drawing, 1, "Accuracy", shares, last, [0, 0.25, 0.5, 0.75, 1])
    return drawing


def _panel(
    drawing: Drawing, index: int, name: str, curves: tuple[Curve, Curve], last: int, y_ticks: list[float]
) -> None:
    corner = (_LEFT + index * (_WIDTH + _BETWEEN), _TOP)
    plot = Plot(drawing, corner, (_WIDTH, _HEIGHT), (1, max(last, 2)), (0, y_ticks[-1]))
    plot.axes("epoch", name, sorted({1, (last + 1) // 2, last}), y_ticks)
    for curve, look in zip(curves, ("accent", "second"), strict=True):
        for fold in sorted(curve.by_fold)[:_MOST_FOLDS]:
            plot.curve(_thinned(curve.by_fold[fold]), f"thin {look}")
    for curve, look in zip(curves, ("accent", "second"), strict=True):
        plot.curve(_thinned([(x, y) for x, y in curve.mean().T.tolist()]), f"thick {look}")


def _legend(drawing: Drawing, folds: int, *, with_validation: bool) -> None:
    drawing.line((_LEFT, 10), (_LEFT + 22, 10), "thick accent")
    drawing.text((_LEFT + 29, 14), "training, mean of folds" if folds > 1 else "training", "ink")
    x = _LEFT + 200
    if folds > 1:
        drawing.line((x, 10), (x + 22, 10), "thin key accent")
        more = "" if folds <= _MOST_FOLDS else f" (the first {_MOST_FOLDS} of {folds})"
        drawing.text((x + 29, 14), f"single folds{more}", "ink")
        x += 160
    if with_validation:
        drawing.line((x, 10), (x + 22, 10), "thick second")
        drawing.text((x + 29, 14), "inner validation", "ink")


def _curve(epochs: Sequence[EpochEnded], name: str) -> Curve:
    curve = Curve()
    for epoch in epochs:
        value = getattr(epoch, name)
        if value is not None:
            curve.put(epoch.fold, epoch.epoch, value)
    return curve


def _thinned(points: Sequence[tuple[float, float]]) -> list[Point]:
    stride = -(-len(points) // _MOST_POINTS)
    kept = list(points[::stride]) if stride > 1 else list(points)
    return kept if kept[-1:] == list(points[-1:]) else [*kept, points[-1]]
