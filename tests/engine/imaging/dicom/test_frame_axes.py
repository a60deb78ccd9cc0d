"""Pictures of one place become frames, never slices; their axis is what the files tell apart."""

from typing import Any

import pytest

from engine.imaging.dicom.stacking import stacks_of
from tests.engine.imaging.dicom.made_slices import kinds_of, made_slice, made_stack


@pytest.mark.parametrize(
    ("field", "axis"),
    [
        ("echo_time", "echo time"),
        ("repetition_time", "repetition time"),
        ("inversion_time", "inversion time"),
        ("b_value", "b-value"),
    ],
)
def test_what_varies_at_each_place_is_the_frame_axis(field, axis) -> None:
    slices = [one for n, value in enumerate((80.0, 20.0, 50.0)) for one in made_stack(4, first=4 * n, **{field: value})]

    (stack,) = stacks_of(slices)

    assert (stack.header.frame_axis, stack.header.frame_values) == (axis, (20.0, 50.0, 80.0))
    assert stack.header.shape == (8, 6, 4)
    assert stack.header.certificate == "pass"


def test_echoes_at_places_of_their_own_are_scans_of_their_own() -> None:
    slices = [made_slice(3.0 * n, str(n), echo_time=20.0 if n % 2 else 90.0) for n in range(6)]

    stacks = stacks_of(slices)

    assert sorted(stack.header.title for stack in stacks) == ["T2, TE 20 ms", "T2, TE 90 ms"]


def test_echoes_that_each_have_times_are_a_scan_per_echo_with_frames_of_time() -> None:
    slices = [
        one
        for n, (echo, time) in enumerate([(20, 1), (20, 2), (90, 1), (90, 2)])
        for one in made_stack(3, first=3 * n, echo_time=float(echo), temporal_position=time, acquired=10.0 + time)
    ]

    stacks = stacks_of(slices)

    assert [(s.header.title, s.header.frame_axis, s.header.frame_values) for s in stacks] == [
        ("T2, TE 20 ms", "time", (0.0, 1000.0)),
        ("T2, TE 90 ms", "time", (0.0, 1000.0)),
    ]


def test_directions_of_one_b_value_are_frames_in_the_order_of_time() -> None:
    measured = [(1000.0, 3.0), (0.0, 1.0), (1000.0, 2.0)]
    slices = [
        one for n, (b, time) in enumerate(measured) for one in made_stack(3, first=1 + 3 * n, b_value=b, acquired=time)
    ]

    (stack,) = stacks_of(slices)

    assert stack.header.frame_values == (0.0, 1000.0, 1000.0)
    assert [frame[0].acquired for frame in stack.grid] == [1.0, 2.0, 3.0]


def test_times_count_from_the_first_frame_on_over_midnight() -> None:
    slices = [one for n in range(3) for one in made_stack(2, first=2 * n, acquired=(86_399.0 + n) % 86_400)]

    (stack,) = stacks_of(slices)

    assert stack.header.frame_values == (0.0, 1000.0, 2000.0)
    assert stack.grid[0][0].acquired == 86_399.0


def test_days_count_where_the_files_tell_them() -> None:
    slices = [one for n in range(2) for one in made_stack(2, first=2 * n, acquired=500.0 - 100 * n, day=700_000 + n)]

    (stack,) = stacks_of(slices)

    assert stack.header.frame_values == (0.0, 86_300_000.0)


def test_temporal_positions_with_the_time_between_them_give_times() -> None:
    slices = [
        one
        for n in range(1, 4)
        for one in made_stack(2, first=2 * n, temporal_position=n, temporal_step=2000.0, created=50.0 + n)
    ]

    (stack,) = stacks_of(slices)

    assert stack.header.frame_values == (0.0, 2000.0, 4000.0)


def test_the_time_of_content_gives_an_order_and_no_times() -> None:
    slices = [one for n in range(3) for one in made_stack(2, first=2 * n, created=50.0 - n)]

    (stack,) = stacks_of(slices)

    assert (stack.header.frame_axis, stack.header.frame_values) == ("time", ())
    assert [frame[0].created for frame in stack.grid] == [48.0, 49.0, 50.0]


def test_times_that_run_against_temporal_positions_are_not_taken() -> None:
    slices = [one for n in range(3) for one in made_stack(2, first=2 * n, temporal_position=n, acquired=50.0 - n)]

    (stack,) = stacks_of(slices)

    assert (stack.header.frame_values, kinds_of(stack)) == ((), {"frames": "note"})


def test_a_heart_filmed_slice_after_slice_has_its_phases_as_frames() -> None:
    slices = [
        made_slice(8.0 * z, f"{z}{phase}", trigger_time=40.0 * phase + z, instance_number=10 * z + phase)
        for z in range(3)
        for phase in range(4)
    ]

    (stack,) = stacks_of(slices)

    assert (stack.header.frames, stack.header.shape[2]) == (4, 3)
    assert stack.header.frame_values == (0.0, 40.0, 80.0, 120.0)


@pytest.mark.parametrize(
    ("count", "axis", "severity"), [(4, "time", "note"), (1, "unknown", "warn"), (None, "unknown", "warn")]
)
def test_numbers_tell_frames_of_time_only_where_the_files_speak_of_several_times(count, axis, severity) -> None:
    said: dict[str, Any] = {"acquisition_number": 1, "temporal_count": count}

    (stack,) = stacks_of(one for n in range(4) for one in made_stack(5, first=1 + 5 * n, **said))

    assert (stack.header.frame_axis, stack.header.frames, stack.header.frame_values) == (axis, 4, ())
    assert [frame[0].instance_number for frame in stack.grid] == [1, 6, 11, 16]
    assert kinds_of(stack) == {"frames": severity}


def test_slices_numbered_place_after_place_are_frames_too() -> None:
    slices = [made_slice(3.0 * z, f"{z}{n}", instance_number=1 + 4 * z + n) for z in range(3) for n in range(4)]

    (stack,) = stacks_of(slices)

    assert [[one.instance_number for one in frame] for frame in stack.grid] == [[n, n + 4, n + 8] for n in range(1, 5)]


def test_numbers_that_tell_no_frames_leave_the_axis_unknown() -> None:
    numbers = [(0, 1), (0, 2), (3, 3), (3, 7)]

    (stack,) = stacks_of(made_slice(float(z), f"{n}", instance_number=n) for z, n in numbers)

    assert (stack.header.frame_axis, kinds_of(stack)) == ("unknown", {"duplicate": "warn"})


def test_directions_of_one_b_value_in_one_file_follow_its_order() -> None:
    measured = [0.0, 1000.0, 1000.0, 1000.0]
    frames = [made_slice(3.0 * z, "dti", index=4 * z + n, b_value=b) for z in range(3) for n, b in enumerate(measured)]

    (stack,) = stacks_of(frames)

    assert [[one.index for one in frame] for frame in stack.grid] == [[n, n + 4, n + 8] for n in range(4)]
    assert stack.header.certificate == "pass"


def test_a_slice_missing_from_the_first_volume_does_not_shift_the_others() -> None:
    slices = [one for n in range(4) for one in made_stack(5, first=1 + 5 * n)][1:]

    whole, part = sorted(stacks_of(slices), key=lambda stack: -stack.header.frames)

    assert [[one.instance_number for one in frame] for frame in whole.grid] == [
        list(range(start, start + 5)) for start in (6, 11, 16)
    ]
    assert [one.instance_number for one in part.grid[0]] == [2, 3, 4, 5]
    assert kinds_of(part)["missing"] == "fail"


def test_a_frame_cut_short_stands_apart_from_the_full_ones() -> None:
    slices = [one for n in range(3) for one in made_stack(5, first=1 + 5 * n, acquired=10.0 + 2 * n)][:-2]

    whole, part = sorted(stacks_of(slices), key=lambda stack: -stack.header.frames)

    assert (whole.header.frames, part.header.frames) == (2, 1)
    assert whole.header.warnings == ("1 of the 3 frames of its series lack slices and stand apart",)
    assert part.header.warnings == ("it lacks 2 of the 5 slices that other frames of its series have",)
    assert part.header.certificate == "fail"


def test_copies_of_a_place_with_all_else_equal_are_frames_of_an_unknown_axis() -> None:
    (stack,) = stacks_of(made_stack(4, instance_number=7) + made_stack(4, first=5, instance_number=7))

    assert (stack.header.frame_axis, stack.header.frames) == ("unknown", 2)
    assert kinds_of(stack) == {"duplicate": "warn"}


def test_a_second_picture_of_one_place_is_kept_beside_the_full_scan() -> None:
    again = made_slice(6.0, "again", instance_number=3)

    stacks = stacks_of([*made_stack(5), again])

    assert [stack.header.shape[2] for stack in stacks] == [5, 1]
    assert all(kinds_of(stack)["duplicate"] == "warn" for stack in stacks)


def test_overlapping_slabs_are_scans_of_their_own() -> None:
    higher = [made_slice(12.0 + 3 * n, f"h{n}", acquisition_number=2, instance_number=7 + n) for n in range(6)]

    stacks = stacks_of(made_stack(6, acquisition_number=1) + higher)

    assert [(stack.header.frames, stack.header.shape[2]) for stack in stacks] == [(1, 6), (1, 6)]
    assert sorted(stack.header.title for stack in stacks) == ["T2, acquisition 1", "T2, acquisition 2"]


def test_a_moving_ultrasound_picture_has_frames_of_time() -> None:
    bare: dict[str, Any] = {"position": None, "across": None, "down": None, "modality": "US", "frames": 8}

    (stack,) = stacks_of(made_slice(name="cine", index=n, **bare) for n in range(8))

    assert (stack.header.frame_axis, stack.header.frames, stack.header.shape[2]) == ("time", 8, 1)


def test_inversion_times_that_follow_the_heart_are_frames_by_their_rank() -> None:
    slices = [
        made_slice(8.0 * z, f"{z}{n}", inversion_time=100.0 + 800 * n + 7 * z, instance_number=n)
        for z in range(3)
        for n in range(4)
    ]

    (stack,) = stacks_of(slices)

    assert (stack.header.frame_axis, stack.header.frame_values) == ("inversion time", (107.0, 907.0, 1707.0, 2507.0))
    assert stack.header.warnings == ("within a frame its inversion time differs by up to 14 ms",)


def test_frames_of_one_file_with_flip_angles_of_their_own_are_scans_of_their_own() -> None:
    frames = [made_slice(3.0 * z, "one", index=3 * n + z, flip_angle=5.0 * n) for n in (1, 2) for z in range(3)]

    stacks = stacks_of(frames)

    assert [stack.header.details["flip angle (degrees)"] for stack in stacks] == ["5", "10"]
    assert [stack.header.title for stack in stacks] == ["T2, flip angle 5 degrees", "T2, flip angle 10 degrees"]


@pytest.mark.parametrize(
    ("key", "title"), [("flip angle (degrees)", "flip angle {} degrees"), ("kvp", "tube {} kV")], ids=["flip", "kvp"]
)
def test_pictures_of_one_place_made_in_other_ways_are_scans_of_their_own(key, title) -> None:
    slices = [one for n in (5, 90) for one in made_stack(3, first=n, details={key: str(n)})]

    stacks = stacks_of(slices)

    assert sorted(stack.header.title for stack in stacks) == [f"T2, {title.format(n)}" for n in (5, 90)]
