"""Which frame of a layer lies over which of a scan."""

from dataclasses import replace

import numpy as np
import pytest

from engine.imaging.volume import FrameAxis, FrameKind, Volume
from engine.pictures.layer import Layer
from engine.pictures.layer_frames import can_follow, frame_beside, should_follow
from engine.pictures.layer_of import layer_of_volume
from engine.pictures.overlay import Overlay


def of(kind: FrameKind, *values: float, frames: int = 0) -> Volume:
    """A volume of these frames, or of so many that say nothing of themselves."""
    return Volume(np.ones((len(values) or frames, 2, 2, 2)), np.eye(4), FrameAxis(kind, values))


def test_frames_belong_together_by_their_values_and_not_by_their_numbers() -> None:
    early, late = of("echo time", 10, 20, 30), of("echo time", 30, 60, 90)
    assert [frame_beside(late, early, frame) for frame in range(3)] == [None, None, 0]
    assert frame_beside(early, late, 0) == 2


def test_fewer_frames_than_the_scan_can_follow_it() -> None:
    assert [frame_beside(of("echo time", 50, 100), of("echo time", 25, 50, 100.4), i) for i in range(3)] == [None, 0, 1]


def test_an_echo_time_is_no_repetition_time() -> None:
    echoes, repeats = of("echo time", 100, 200, 300), of("repetition time", 100, 200, 300)
    assert not can_follow(echoes, repeats)
    assert Layer("k", "n", "scan", Overlay(echoes, 0, 1, 1)).frame_over(repeats, 2) == 1


@pytest.mark.parametrize(("value", "frame"), [(60.8, 1), (61.3, None), (0.9, 0), (1005.0, 2), (1030.0, None)])
def test_values_may_differ_by_a_little(value: float, frame: int | None) -> None:
    assert frame_beside(of("b-value", 0, 60, 1000), of("b-value", value), 0) == frame


def test_courses_of_time_belong_together_within_half_a_step() -> None:
    course, other = of("time", *range(0, 60_000, 2000)), of("time", 0, 40_900, 70_000)
    assert [frame_beside(course, other, frame) for frame in range(3)] == [0, 20, None]


def test_frames_that_say_nothing_belong_together_by_number() -> None:
    assert frame_beside(of("none", frames=3), of("unknown", frames=3), 2) == 2
    assert frame_beside(of("none", frames=3), of("none", frames=4), 2) is None


def test_where_only_one_says_what_its_frames_are_it_can_follow_but_does_not_by_itself() -> None:
    mask, scan = of("none", frames=3), of("echo time", 10, 20, 30)
    assert can_follow(mask, scan)
    assert not should_follow(mask, scan)
    made = layer_of_volume(mask, "mask", "mask", scan)
    assert made.frame_over(scan, 2) == 0
    assert replace(made, follows=True).frame_over(scan, 2) == 2


def test_a_frame_that_was_asked_for_stays() -> None:
    scan = of("echo time", 10, 20, 30)
    made = layer_of_volume(of("echo time", 10, 20, 30), "other", "scan", scan, frame=1)
    assert [made.frame_over(scan, frame) for frame in range(3)] == [1, 1, 1]
