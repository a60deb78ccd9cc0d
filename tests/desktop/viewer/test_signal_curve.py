import numpy as np
import pytest
from PySide6.QtCore import QPointF

from desktop.viewer.signal import curve_at
from desktop.viewer.signal_curve import SignalCurve
from engine.imaging.volume import FrameAxis, Volume
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.helpers.volumes import echoes


def whole(volume: Volume) -> Viewing:
    return Viewing.of(volume, Window(0, 1))


@pytest.fixture
def curve(qtbot) -> SignalCurve:
    made = SignalCurve()
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def test_the_curve_has_the_voxels_value_at_every_echo_time() -> None:
    made = curve_at(whole(echoes()), (3, 4, 2))
    assert made.title == "Echo time (ms)"
    assert made.positions == (25, 50, 75, 100)
    assert made.values == pytest.approx([827, 827 / 2, 827 / 4, 827 / 8])


def test_frames_without_values_are_numbered() -> None:
    made = curve_at(whole(Volume(np.zeros((3, 1, 1, 1)), np.eye(4), FrameAxis("unknown"))), (0, 0, 0))
    assert (made.title, made.positions) == ("Frame", (1, 2, 3))


def test_the_plot_shows_the_curve_and_the_present_frame(curve: SignalCurve) -> None:
    made = curve_at(whole(echoes()), (3, 4, 2))
    curve.show_curve(made, 2, "Voxel 3, 4, 2")
    assert curve.plot.line.getData()[1] == pytest.approx(made.values)
    assert curve.plot.present.getData()[0] == [75]
    assert curve.plot.getAxis("bottom").labelText == "Echo time (ms)"


def test_a_point_of_the_plot_is_a_frame(curve: SignalCurve, qtbot) -> None:
    curve.show_curve(curve_at(whole(echoes()), (3, 4, 2)), 0, "Voxel 3, 4, 2")
    box = curve.plot.getPlotItem().vb
    qtbot.waitUntil(lambda: box.viewRange()[0][1] > 90)
    assert curve.frame_near(box.mapViewToScene(QPointF(98, 0))) == 3


@pytest.mark.parametrize("signal", [(np.nan, 1, np.nan, 2), (np.nan,) * 4, (np.inf, 1, -np.inf, 2), (5, 5, 5, 5)])
def test_a_signal_that_is_no_number_or_constant_is_drawn(curve: SignalCurve, signal: tuple[float, ...]) -> None:
    array = np.array(signal, float).reshape(4, 1, 1, 1)
    curve.show_curve(curve_at(whole(Volume(array, np.eye(4))), (0, 0, 0)), 0, "Voxel 0, 0, 0")
    curve.grab()


def test_without_a_voxel_there_is_no_curve_and_no_frame(curve: SignalCurve) -> None:
    curve.show_curve(curve_at(whole(echoes()), (3, 4, 2)), 0, "Voxel 3, 4, 2")
    curve.clear()
    assert curve.frame_near(QPointF(100, 100)) is None


def test_a_decay_over_echo_times_tells_its_t2() -> None:
    fit = curve_at(whole(echoes()), (3, 4, 2)).fit
    assert fit is not None
    assert fit.told == "T2 36.07 ms, R2 27.7 1/s, R² 1.000"
    assert fit.values[0] == pytest.approx(827, rel=1e-3)


def test_what_does_not_decay_says_why_there_is_no_fit() -> None:
    rising = Volume(np.arange(1.0, 5.0).reshape(4, 1, 1, 1), np.eye(4), FrameAxis("echo time", (10, 20, 30, 40)))
    fit = curve_at(whole(rising), (0, 0, 0)).fit
    assert fit is not None
    assert (fit.told, fit.positions) == ("No fit: the values do not decay", ())


def test_frames_that_tell_no_relaxation_have_no_fit() -> None:
    moving = Volume(np.ones((4, 1, 1, 1)), np.eye(4), FrameAxis("time", (0, 1, 2, 3)))
    assert curve_at(whole(moving), (0, 0, 0)).fit is None


def test_the_fit_is_drawn_and_told_beside_the_voxel(curve: SignalCurve) -> None:
    curve.show_curve(curve_at(whole(echoes()), (3, 4, 2)), 0, "Voxel 3, 4, 2")
    assert len(curve.plot.fitted.xData) == 64
    assert curve.told.text().startswith("T2 36.07 ms")
