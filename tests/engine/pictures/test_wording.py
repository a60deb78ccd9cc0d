import numpy as np
import pytest

from engine.imaging.volume import FrameAxis
from engine.pictures.planes import planes_of
from engine.pictures.wording import axis_title, frame_words, slice_words, span_words, value_words, world_words
from tests.helpers.volumes import body


@pytest.mark.parametrize(
    ("axis", "words"),
    [
        (FrameAxis("echo time", (25.0, 45.0)), "TE 45 ms"),
        (FrameAxis("repetition time", (100.0, 800.0)), "TR 800 ms"),
        (FrameAxis("time", (0.0, 250.0)), "t 250 ms"),
        (FrameAxis("time", (0.0, 12_500.0)), "t 12.5 s"),
        (FrameAxis("inversion time", (50.0, 150.0)), "TI 150 ms"),
        (FrameAxis("b-value", (0.0, 1000.0)), "b 1000 s/mm²"),
        (FrameAxis("unknown", ()), "Frame 2"),
        (FrameAxis("unknown", (1.0, 2.0)), "Frame at 2 ms"),
    ],
)
def test_a_frame_is_called_by_its_value(axis: FrameAxis, words: str) -> None:
    assert frame_words(axis, 1) == words


def test_the_frame_axis_is_named_with_its_unit() -> None:
    assert axis_title(FrameAxis("echo time", (25.0,))) == "Echo time (ms)"
    assert axis_title(FrameAxis("time", (0.0, 60_000.0))) == "Time (s)"
    assert axis_title(FrameAxis("inversion time", (50.0,))) == "Inversion time (ms)"
    assert axis_title(FrameAxis("b-value", (0.0, 20_000.0))) == "b-value (s/mm²)"
    assert axis_title(FrameAxis("unknown")) == "Frame"


def test_a_slice_is_called_by_number_and_position() -> None:
    plane = planes_of(body("LPS"))[0]
    assert slice_words(plane, 19) == "Slice 20 of 20 · S 19.0 mm"
    assert slice_words(plane, 19, certain=False) == "Slice 20 of 20"


def test_a_position_names_the_sides() -> None:
    assert world_words((-1.25, 2.0, -30.0)) == "L 1.2  A 2.0  I 30.0 mm"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (412.0, "412"),
        (-3.0, "-3"),
        (0.12345, "0.1235"),
        (np.nan, "no value"),
        (np.inf, "infinite"),
        (-np.inf, "-infinite"),
        (1e12, "1e+12"),
    ],
)
def test_a_value_is_short(value: float, words: str) -> None:
    assert value_words(value) == words


@pytest.mark.parametrize(
    ("value", "span", "words"),
    [(250.5, 501, "251"), (2896.2, 2896, "2896"), (0.5, 1, "0.50"), (99.95, 99, "100.0"), (-250.5, 400, "-251"),
     (3.0, 0, "3.000"), (1e12, 1e12, "1e+12")],
)  # fmt: skip
def test_a_range_is_written_as_its_number_box_does(value: float, span: float, words: str) -> None:
    assert span_words(value, span) == words
