import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.viewer.histogram import HistogramView
from desktop.viewer.scan_values import histogram_of
from engine.pictures.window import Window
from tests.desktop.viewer.screen import hover, pixels

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def histogram(qtbot) -> HistogramView:
    made = HistogramView()
    qtbot.addWidget(made)
    made.resize(300, made.height())
    made.show()
    made.show_histogram(histogram_of(np.linspace(0, 100, 1000)), Window.between(25, 75))
    made.wanted.connect(lambda window: made.show_histogram(made.histogram, window))
    return made


def pull(qtbot, widget: HistogramView, begin: int, end: int) -> None:
    qtbot.mousePress(widget, LEFT, pos=QPoint(begin, 30))
    hover(widget, QPoint(end, 30))
    qtbot.mouseRelease(widget, LEFT, pos=QPoint(end, 30))


def now(widget: HistogramView) -> Window:
    assert widget.window_shown is not None
    return widget.window_shown


def x_of(value: float) -> int:
    return round((value + 4) / 108 * 300)


def test_an_edge_of_the_window_can_be_pulled(histogram: HistogramView, qtbot) -> None:
    pull(qtbot, histogram, x_of(25), x_of(45))
    assert now(histogram).low == pytest.approx(45, abs=1)
    assert now(histogram).high == pytest.approx(75)


def test_the_window_can_be_moved_as_a_whole(histogram: HistogramView, qtbot) -> None:
    pull(qtbot, histogram, x_of(50), x_of(60))
    assert now(histogram).level == pytest.approx(60, abs=1)
    assert now(histogram).width == pytest.approx(50)


def test_the_window_is_drawn_over_the_counts(histogram: HistogramView) -> None:
    before = pixels(histogram)
    histogram.show_histogram(histogram.histogram, Window.between(60, 70))
    assert (pixels(histogram) != before).any()


def test_without_a_scan_nothing_is_drawn(histogram: HistogramView) -> None:
    histogram.show_histogram(None, None)
    assert len(np.unique(pixels(histogram).reshape(-1, 3), axis=0)) == 1


@pytest.mark.parametrize(("low", "high"), [(0.0, 1e-9), (-1.0, 1.0), (1e6, 1e6 + 40), (-9e299, 9e299)])
def test_handles_can_be_pulled_whatever_the_range(qtbot, low: float, high: float) -> None:
    view = HistogramView()
    qtbot.addWidget(view)
    view.resize(200, view.height())
    window = Window.between(low, high)
    view.show_histogram(histogram_of(np.linspace(low, high, 1000)), window)
    assert not view.grab().isNull()
    with qtbot.waitSignal(view.wanted) as told:
        right = round(200 * (1 + 0.04) / 1.08)
        pull(qtbot, view, right, 100)
    pulled = told.args[0]
    assert abs(pulled.low - window.low) < 0.01 * window.width
    assert pulled.width == pytest.approx(window.width / 2, rel=0.05)
