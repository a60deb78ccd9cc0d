"""Slices become one scan, in the order of their places, with the placement that the files give."""

import math
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.imaging.dicom.stacking import stacks_of
from engine.imaging.header import Identity
from tests.engine.imaging.dicom.made_slices import made_slice, made_stack, slanted


def test_slices_are_ordered_by_place_whatever_their_names_and_numbers() -> None:
    slices = [made_slice(z, name, instance_number=n) for z, name, n in ((6, "a", 1), (0, "b", 2), (3, "c", 3))]

    (stack,) = stacks_of(slices)

    assert [picture.position[2] for picture in stack.grid[0] if picture.position] == [0, 3, 6]
    assert [file.name for file in stack.header.source.files] == ["b", "c", "a"]


def test_the_affine_takes_a_voxel_to_ras_millimetres() -> None:
    (stack,) = stacks_of(
        made_slice(step, f"{step}", position=(-10.0, 20.0, 30.0 + 3 * step), instance_number=step) for step in range(4)
    )

    assert stack.header.affine @ (1, 2, 3, 1) == pytest.approx([10 - 1.25, -20 - 2 * 1.5, 39, 1])
    assert stack.header.shape == (8, 6, 4)


def test_a_tilted_gantry_is_in_the_affine_and_said() -> None:
    (stack,) = stacks_of(slanted(made_stack(5), 15))

    step = stack.header.affine[:3, 2]
    assert step == pytest.approx([0, -3 * math.tan(math.radians(15)), 3])
    assert stack.header.warnings == ("its slices are stacked at a slant of 15.0 degrees (gantry tilt)",)


def test_the_first_file_of_a_sagittal_series_lies_where_the_normal_begins() -> None:
    sagittal: dict[str, Any] = {"across": (0.0, 1.0, 0.0), "down": (0.0, 0.0, -1.0)}
    places = [made_slice(name=str(x), position=(x, 0.0, 0.0), **sagittal) for x in (-4.0, 0.0, 4.0)]

    (stack,) = stacks_of(places)

    assert [picture.position[0] for picture in stack.grid[0] if picture.position] == [4.0, 0.0, -4.0]
    assert stack.header.orientation == "PIR"
    assert np.linalg.det(stack.header.affine) > 0


@pytest.mark.parametrize(("said", "size"), [({"thickness": 2.5}, 2.5), ({"thickness": None, "gap": 4.0}, 4.0)])
def test_a_single_slice_is_as_deep_as_it_is_thick(said, size) -> None:
    (stack,) = stacks_of([made_slice(**said)])

    assert stack.header.spacing == pytest.approx((1.25, 1.5, size))
    assert stack.header.certificate == "pass"


def test_without_a_place_slices_stand_in_the_order_of_their_numbers() -> None:
    bare: dict[str, Any] = {"position": None, "across": None, "down": None}

    (stack,) = stacks_of(made_slice(name=f"{9 - n}", instance_number=n, **bare) for n in range(4))

    assert [picture.instance_number for picture in stack.grid[0]] == [0, 1, 2, 3]
    assert "its orientation is not given" in stack.header.warnings


def test_two_radiographs_are_never_slices_of_one_scan() -> None:
    bare: dict[str, Any] = {"position": None, "across": None, "down": None, "modality": "DX"}

    stacks = stacks_of(made_slice(name=f"{n}", instance_number=n, **bare) for n in (1, 2))

    assert [stack.header.shape[2] for stack in stacks] == [1, 1]


@pytest.mark.parametrize(
    ("scaling", "dtype"),
    [
        ((None, None), "uint16"),
        ((1.0, 0.0), "uint16"),
        ((1.0, -1024.0), "int16"),
        ((1.0, 100_000.0), "int32"),
        ((1.0, 0.5), "float32"),
        ((2.0, 0.0), "float32"),
    ],
)
def test_voxels_stay_whole_numbers_where_the_scaling_allows(scaling, dtype) -> None:
    (stack,) = stacks_of(made_stack(3, slope=scaling[0], intercept=scaling[1]))

    assert stack.header.dtype == dtype


def test_a_scaling_is_told_where_all_slices_have_the_same() -> None:
    (same,) = stacks_of(made_stack(3, slope=1.0, intercept=0.0))
    (mixed,) = stacks_of(made_slice(z, str(z), slope=1.0 + z, intercept=0.0) for z in (0, 3, 6))

    assert same.header.slope_intercept == (1.0, 0.0)
    assert mixed.header.slope_intercept is None


def test_facts_hold_for_a_scan_where_all_its_files_say_the_same() -> None:
    files = ({"flip angle": "9", "age": "40"}, {"flip angle": "9", "age": "41"})

    (stack,) = stacks_of(made_slice(3.0 * n, str(n), details=said, echo_time=20.0) for n, said in enumerate(files))

    assert stack.header.details == {"flip angle": "9", "echo time (ms)": "20"}


def test_a_title_names_the_series() -> None:
    (stack,) = stacks_of(made_stack(3, series_number=7, description="T2 TSE"))

    assert stack.header.title == "7 T2 TSE"


def named_apart(drawn):
    return [
        replace(one, file=replace(one.file, path=Path(f"/scans/{n}"), sop_instance="")) for n, one in enumerate(drawn)
    ]


pictures = st.builds(
    made_slice,
    st.sampled_from([0.0, 1.0, 3.0, 4.0, 6.0, 7.0]),
    echo_time=st.sampled_from([None, 10.0, 20.0]),
    repetition_time=st.sampled_from([None, 500.0, 900.0]),
    inversion_time=st.sampled_from([None, 100.0, 200.0, 201.0]),
    b_value=st.sampled_from([None, 0.0, 1000.0]),
    trigger_time=st.sampled_from([None, 1.0, 2.0]),
    acquired=st.sampled_from([None, 10.0, 12.0]),
    temporal_position=st.sampled_from([None, 1, 2]),
    created=st.sampled_from([None, 10.0, 12.0]),
    flip_angle=st.sampled_from([None, 5.0, 10.0]),
    gap=st.sampled_from([None, 3.0]),
    made=st.sampled_from([(), ("kernel A",)]),
    identity=st.sampled_from([None, Identity("a")]),
    instance_number=st.integers(1, 8) | st.none(),
    image_type=st.sampled_from([("ORIGINAL", "PRIMARY", "M"), ("ORIGINAL", "PRIMARY", "P")]),
    modality=st.sampled_from(["MR", "US"]),
)
alike = st.builds(
    made_slice,
    st.sampled_from([0.0, 3.0, 6.0]),
    acquired=st.sampled_from([None, 10.0, 12.0]),
    acquisition_number=st.sampled_from([None, 1, 2]),
    slice_location=st.sampled_from([None, 1.0, 4.0]),
    day=st.sampled_from([None, 1, 2]),
    temporal_count=st.sampled_from([None, 2]),
    instance_number=st.integers(1, 8),
)
moved = st.builds(
    made_slice,
    st.sampled_from([0.0, 0.5, 1.0, 3.0, 3.5, 4.0, 6.0, 6.5]),
    temporal_position=st.sampled_from([1, 2]),
    echo_time=st.sampled_from([None, 10.0]),
    gap=st.just(3.0),
    slice_location=st.sampled_from([1.0, 4.0]),
    instance_number=st.integers(1, 8),
)
series = (st.lists(pictures, max_size=14) | st.lists(alike, max_size=14) | st.lists(moved, max_size=14)).map(
    named_apart
)


@settings(deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 3), st.integers(0, 4))
def test_the_order_in_which_files_are_met_changes_nothing(order: random.Random, echoes: int, gone: int) -> None:
    slices = [
        one
        for echo in range(echoes + 1)
        for one in made_stack(4, first=1 + 4 * echo, echo_time=10.0 * echo, acquisition_number=1)
    ][gone:] + made_stack(2, series="1.1.2", image_type=("ORIGINAL", "PRIMARY", "P"))
    shuffled = list(slices)
    order.shuffle(shuffled)

    assert list(map(told, stacks_of(shuffled))) == list(map(told, stacks_of(slices)))


@settings(deadline=None)
@given(series)
def test_every_picture_lies_in_exactly_one_scan_of_full_frames(slices) -> None:
    stacks = stacks_of(slices)

    laid = [id(picture) for stack in stacks for frame in stack.grid for picture in frame]
    assert sorted(laid) == sorted(map(id, slices))
    assert all(len(frame) == stack.header.shape[2] for stack in stacks for frame in stack.grid)
    assert all(len(stack.grid) == stack.header.frames for stack in stacks)
    assert all(len(stack.header.frame_values) in (0, len(stack.grid)) for stack in stacks)


@settings(deadline=None)
@given(series)
def test_the_files_of_a_scan_alone_become_the_same_scan(slices) -> None:
    for stack in stacks_of(slices):
        (again,) = stacks_of(one for one in slices if one.file.path in stack.header.source.files)

        assert again.grid == stack.grid


known = st.sampled_from([0.0, -1.0, 1e300, 1e-300]) | st.floats(allow_nan=False, allow_infinity=False)
vectors = st.none() | st.just((1.0, 0.0, 0.0)) | st.tuples(known, known, known)
odd = st.builds(
    made_slice,
    **dict.fromkeys(("position", "across", "down"), vectors),
    **dict.fromkeys(
        (
            "slice_location",
            "flip_angle",
            "thickness",
            "gap",
            "echo_time",
            "trigger_time",
            "acquired",
            "slope",
            "intercept",
        ),
        st.none() | known,
    ),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(odd, max_size=5).map(named_apart))
def test_numbers_without_sense_still_give_scans_with_a_usable_place(slices) -> None:
    stacks = stacks_of(slices)

    assert all(np.isfinite(stack.header.affine).all() for stack in stacks)
    assert sum(len(frame) for stack in stacks for frame in stack.grid) == len(slices)


def told(stack):
    header = stack.header
    return (header.source, header.title, header.affine.tolist(), header.frame_values, header.doubts)
