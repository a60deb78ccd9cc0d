"""The values of an area, frame by frame, whatever the voxels are."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.control import Control
from engine.errors import Cancelled
from engine.imaging import Doubt, Facts, FrameAxis, Volume
from engine.measure import Distance, Ellipse, Figures, Rectangle, SlicePlane, World, figures
from tests.engine.measure.made import at

PLANE = SlicePlane((0, 0, 0), (1, 0, 0), (0, 1, 0))


def of(values: np.ndarray, axis: FrameAxis | None = None) -> Figures:
    """The figures of all these values (frames, n)."""
    array = np.asarray(values)[:, np.newaxis, np.newaxis]
    box = Rectangle(PLANE, ((-0.5, -0.5, 0), (array.shape[-1] - 0.5, 0.5, 0)))
    return figures(box, Volume(array, np.eye(4), axis or FrameAxis()))


def test_the_values_of_each_frame_are_told_with_that_of_its_axis() -> None:
    found = of(np.array([[1, 2, 6], [10, 20, 60]], np.int16), FrameAxis("echo time", (12.0, 24.0)))
    one, other = found.frames
    assert (one.mean, one.minimum, one.maximum, one.median, one.count, one.value) == (3, 1, 6, 2, 3, 12)
    assert (other.frame, other.mean, other.value, found.frame_axis) == (1, 30, 24, "echo time")


def test_the_spread_is_that_of_a_sample() -> None:
    assert of(np.array([[1.0, 3.0]])).frames[0].sd == pytest.approx(np.sqrt(2))


def test_one_value_has_no_spread() -> None:
    one = of(np.array([[5]], np.uint8)).frames[0]
    assert (one.mean, one.sd, one.median) == (5, None, 5)


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_left_out_and_counted(odd: float) -> None:
    one, other = of(np.array([[1, odd, 3], [odd, odd, odd]])).frames
    assert (one.mean, one.count, one.left_out) == (2, 2, 1)
    assert (other.mean, other.maximum, other.count, other.left_out) == (None, None, 0, 3)


def test_whole_numbers_have_bins_of_their_own() -> None:
    histogram = of(np.array([[3, 3, 5]], np.int16)).frames[0].histogram
    assert (histogram.edges, histogram.counts) == ((2.5, 3.5, 4.5, 5.5), (2, 0, 1))


def test_all_frames_have_the_same_bins() -> None:
    one, other = of(np.array([[0.0, 1.0], [5.0, 64.0]])).frames
    assert one.histogram.edges == other.histogram.edges
    assert (one.histogram.edges[0], one.histogram.edges[-1], len(one.histogram.counts)) == (0, 64, 64)


def test_one_frame_is_measured_alone_as_among_others() -> None:
    array = np.arange(12.0).reshape(3, 1, 1, 4)
    volume = Volume(array, np.eye(4), FrameAxis("time", (1.0, 2.0, 3.0)))
    box = Rectangle(PLANE, ((-0.5, -0.5, 0), (3.5, 0.5, 0)))
    (alone,) = figures(box, volume, frames=(1,)).frames
    among = figures(box, volume).frames[1]
    assert (alone.frame, alone.value, alone.mean, alone.sd) == (1, 2.0, among.mean, among.sd)


def test_measuring_stops_when_asked() -> None:
    control = Control()
    control.cancel()
    box = Rectangle(PLANE, ((-0.5, -0.5, 0), (3.5, 0.5, 0)))
    with pytest.raises(Cancelled):
        figures(box, Volume(np.ones((2, 1, 1, 4)), np.eye(4)), control=control)


def test_a_constant_area_has_one_bin() -> None:
    assert of(np.full((1, 4), 1e20)).frames[0].histogram.counts == (4,)


values = st.sampled_from([np.int8, np.uint16, np.int32, np.uint64, np.bool_, np.float32, np.float64]).flatmap(
    lambda kind: arrays.arrays(kind, st.tuples(st.integers(1, 3), st.integers(1, 9)))
)


@given(values)
def test_any_values_are_measured_in_order(array: np.ndarray) -> None:
    for one, frame in zip(of(array).frames, array, strict=True):
        finite = frame[np.isfinite(frame)].astype(float)
        assert (one.count, sum(one.histogram.counts), one.left_out) == (
            finite.size,
            finite.size,
            frame.size - finite.size,
        )
        assert one.median is None or np.min(finite) <= one.median <= np.max(finite)


def test_the_greatest_numbers_there_are_have_no_mean_but_a_median() -> None:
    one = of(np.full((1, 4), np.finfo(float).max)).frames[0]
    assert (one.mean, one.median) == (None, np.finfo(float).max)


def test_without_a_volume_there_are_sizes_only() -> None:
    found = figures(Ellipse(PLANE, ((0, 0, 0), (2, 2, 0))))
    assert found.area_mm2 == pytest.approx(np.pi)
    assert found.frames == ()


def test_doubts_about_sizes_are_told() -> None:
    doubts = (Doubt("size", "its voxel size is not given; 1 mm is taken"), Doubt("lossy", "it is lossy"))
    volume = Volume(np.ones((1, 1, 3, 3)), np.eye(4), facts=Facts(doubts=doubts))
    (note,) = figures(Rectangle(PLANE, ((0, 0, 0), (2, 2, 0))), volume).notes
    assert note.startswith("its voxel size is not given; 1 mm is taken. Do not trust distances")


def test_figures_are_told_as_json() -> None:
    told = json.loads(json.dumps(of(np.array([[1, 2], [3, 4]], np.int16)).as_json()))
    assert (told["area_mm2"], told["frames"][1]["mean"], told["way"]) == (2, 3.5, "voxels")
    assert told["frames"][0]["histogram"]["counts"] == [1, 1, 0, 0]


def test_bins_of_whole_numbers_end_at_the_least_value_there_is() -> None:
    ends = of(np.array([[-120, 2], [3, 4]], np.int16)).frames[0].histogram.ends
    assert ends[0] == -120
    assert of(np.array([[0.5, 2.0]])).frames[0].histogram.ends == (0.5, 2.0)


@pytest.mark.parametrize(("across", "down", "told"), [((1, 0, 0), (0, 1, 0), 0), ((1, 0, 0), (0, 0, 1), 1)])
def test_an_unknown_thickness_is_told_only_across_slices(across: World, down: World, told: int) -> None:
    doubts = (Doubt("thickness", "the thickness of slices is not given"),)
    volume = Volume(np.ones((1, 3, 3, 3)), np.eye(4), facts=Facts(doubts=doubts))
    plane = SlicePlane((0, 1, 1), across, down)
    line = Distance(plane, at(plane, (0, 0), (1, 1)))
    assert len(figures(line, volume).notes) == told
