"""Frames that were corrected for motion keep their slices, and say how far they lie apart."""

from typing import Any

import pytest

from engine.imaging.dicom.stacking import stacks_of
from tests.engine.imaging.dicom.made_slices import kinds_of, made_slice


def moved(shift: float, **said: Any):
    return stacks_of(
        made_slice(3.0 * z + shift * n, f"{n}{z}", temporal_position=n + 1, instance_number=4 * n + z, **said)
        for n in range(3)
        for z in range(4)
    )


@pytest.mark.parametrize("shift", [0.1, 0.5, 0.7])
def test_frames_moved_by_less_than_half_a_step_are_frames_with_a_doubt(shift) -> None:
    (stack,) = moved(shift, gap=3.0)

    assert (stack.header.frames, stack.header.shape[2], stack.header.frame_axis) == (3, 4, "time")
    assert stack.header.affine[2, 3] == 0
    assert kinds_of(stack)["disagrees"] == "warn"


def test_frames_moved_by_more_are_scans_of_their_own() -> None:
    stacks = moved(1.0, gap=3.0)

    assert [(stack.header.shape[2], stack.header.affine[2, 3]) for stack in stacks] == [(4, 0), (4, 1), (4, 2)]
    assert [stack.header.title for stack in stacks] == [f"T2, acquisition {n}" for n in (1, 2, 3)]
    assert kinds_of(stacks[0]) == {"mixed": "note"}


def test_echoes_of_moved_frames_are_told_apart_too() -> None:
    stacks = stacks_of(
        made_slice(3.0 * z + 0.3 * n, f"{n}{z}{echo}", temporal_position=n, echo_time=float(echo), gap=3.0)
        for n in (1, 2)
        for z in range(4)
        for echo in (10, 20)
    )

    assert [(stack.header.frames, stack.header.frame_axis) for stack in stacks] == [(2, "time"), (2, "time")]


def test_slices_that_were_taken_in_turns_stay_one_stack() -> None:
    (stack,) = stacks_of(made_slice(3.0 * n, str(n), acquisition_number=1 + n % 2, gap=3.0) for n in range(8))

    assert (stack.header.frames, stack.header.shape[2], stack.header.certificate) == (1, 8, "pass")
