"""Scans of one grid that differ in one time only are offered as one, not forced."""

from collections.abc import Sequence
from typing import Any

import pytest

from engine.imaging.dicom.joining import joined_stack, offers
from engine.imaging.dicom.records import Stack
from engine.imaging.dicom.stacking import stacks_of
from tests.engine.imaging.dicom.made_slices import made_stack


def series(*said: dict[str, Any]) -> Sequence[Stack]:
    return stacks_of(one for n, each in enumerate(said) for one in made_stack(3, **{"series": f"1.1.{n}", **each}))


def offered(*said: dict[str, Any]):
    return offers([stack.header for stack in series(*said)])


@pytest.mark.parametrize("time", ["echo time", "repetition time", "inversion time"])
def test_a_series_per_time_is_offered_as_one_scan(time) -> None:
    field = time.replace(" ", "_")

    (offer,) = offered({field: 80.0}, {field: 20.0}, {field: 50.0})

    assert (offer.joined.frame_axis, offer.joined.frame_values) == (time, (20.0, 50.0, 80.0))
    assert offer.joined.source.files == tuple(file for part in offer.parts for file in part.source.files)
    assert [part.details[f"{time} (ms)"] for part in offer.parts] == ["20", "50", "80"]


@pytest.mark.parametrize(
    "other",
    [
        {"echo_time": 20.0},
        {"echo_time": 50.0, "repetition_time": 900.0},
        {"echo_time": 50.0, "study": "1.9"},
        {"echo_time": 50.0, "rows": 12},
        {"echo_time": 50.0, "step": 3.1},
        {"echo_time": 50.0, "image_type": ("ORIGINAL", "PRIMARY", "P")},
        {"echo_time": 50.0, "details": {"flip angle (degrees)": "30"}},
    ],
    ids=["same echo", "other TR", "other study", "other matrix", "other place", "other kind", "other flip angle"],
)
def test_what_differs_in_more_or_in_nothing_is_not_offered(other) -> None:
    assert offered({"echo_time": 20.0, "repetition_time": 500.0}, {"repetition_time": 500.0, **other}) == []


def test_a_second_scan_of_one_time_is_left_out_of_the_offer_and_it_is_said() -> None:
    (offer,) = offered({"echo_time": 20.0}, {"echo_time": 80.0}, {"echo_time": 80.0})

    assert offer.joined.frame_values == (20.0, 80.0)
    assert offer.joined.warnings == ("another scan of the same echo time (80 ms) is left out: T2",)


def test_a_scan_is_in_one_offer_only_and_in_the_largest() -> None:
    times = [(20.0, 500.0), (20.0, 700.0), (20.0, 900.0), (80.0, 500.0)]

    (offer,) = offered(*({"echo_time": echo, "repetition_time": repetition} for echo, repetition in times))

    assert offer.joined.frame_axis == "repetition time"


def test_a_joined_scan_has_a_frame_for_each_part() -> None:
    stacks = series({"echo_time": 80.0}, {"echo_time": 20.0})

    joined = joined_stack(stacks, stacks[1])

    assert joined is not None
    assert [frame[0].echo_time for frame in joined.grid] == [20.0, 80.0]


def test_a_scan_that_begins_no_offer_is_not_joined() -> None:
    stacks = series({"echo_time": 80.0}, {"echo_time": 20.0})

    assert joined_stack(stacks, stacks[0]) is None
