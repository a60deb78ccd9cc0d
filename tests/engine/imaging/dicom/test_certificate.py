"""The certificate of a series: what of its geometry and values can be trusted."""

from dataclasses import replace
from typing import Any

import pytest

from engine.imaging.dicom.stacking import stacks_of
from tests.engine.imaging.dicom.made_slices import SIXTEEN, kinds_of, made_slice, made_stack

BARE: dict[str, Any] = {"position": None, "across": None, "down": None, "pixel_size": None}


def at(*places: float):
    (stack,) = stacks_of(made_slice(z, f"{number}") for number, z in enumerate(places))
    return stack


def test_an_even_series_passes_without_a_word() -> None:
    assert at(0, 3, 6, 9).header.doubts == ()


@pytest.mark.parametrize(("last", "doubts"), [(9.02, {}), (9.2, {"uneven": "warn"}), (10.0, {"uneven": "fail"})])
def test_uneven_slices_are_told_by_how_uneven_they_are(last, doubts) -> None:
    assert kinds_of(at(0, 3, 6, last)) == doubts


def test_missing_slices_are_counted_and_placed() -> None:
    stack = at(0, 3, 6, 15, 18, 24)

    assert stack.header.warnings == ("3 slices are missing (after slice 3, 5 of 6)",)
    assert stack.header.certificate == "fail"


def test_a_step_that_changes_on_the_way_is_found_though_each_step_is_near_the_usual() -> None:
    places = [3.0 * n for n in range(100)] + [300 + 3.05 * n for n in range(100)]

    stack = at(*places)

    assert kinds_of(stack) == {"uneven": "fail"}
    assert stack.header.warnings[0].endswith("the furthest lies 1.25 mm off an even grid")


def test_the_affine_follows_the_line_that_fits_best() -> None:
    header = at(0, 3, 6, 9, 12.5).header

    off = [header.affine[2, 3] + n * header.affine[2, 2] - z for n, z in enumerate((0, 3, 6, 9, 12.5))]
    assert max(map(abs, off)) == pytest.approx(0.2)


def test_slices_that_are_shifted_sideways_are_told_so() -> None:
    places = [(0.3 * (n % 2), 0.0, 5.83 * n) for n in range(6)]

    (stack,) = stacks_of(made_slice(name=str(n), position=place) for n, place in enumerate(places))

    assert kinds_of(stack) == {"uneven": "warn"}
    assert stack.header.warnings[0].startswith("its slices are shifted sideways by up to 0.2")


@pytest.mark.parametrize(
    ("step", "said", "doubts"),
    [
        (6.0, {"gap": 3.0}, {"missing": "fail"}),
        (5.0, {"gap": 3.0}, {"missing": "warn"}),
        (4.0, {"gap": 3.0}, {"disagrees": "warn"}),
        (3.1, {"gap": 3.0}, {}),
        (1.0, {"gap": 3.0}, {}),
        (6.0, {"gap": 1.0, "thickness": 5.0}, {}),
        (1.0, {"gap": 0.5, "thickness": 1.0}, {"disagrees": "warn"}),
        (6.0, {"modality": "CT", "slope": 1.0}, {"missing": "warn"}),
        (2.0, {"modality": "CT", "slope": 1.0}, {}),
        (6.0, {"modality": "MR"}, {}),
    ],
)
def test_slices_further_apart_than_announced_may_be_missing_some(step, said, doubts) -> None:
    (stack,) = stacks_of(made_stack(5, step=step, **said))

    assert kinds_of(stack) == doubts


def test_slice_locations_that_contradict_one_position_for_all_fail_and_make_no_frames() -> None:
    (stack,) = stacks_of(made_slice(0.0, str(n), slice_location=3.0 * n, instance_number=n) for n in range(4))

    assert (stack.header.frames, stack.header.shape[2]) == (1, 4)
    assert kinds_of(stack) == {"disagrees": "fail"}
    assert stack.header.spacing[2] == 3.0


def test_slice_locations_that_are_alike_leave_frames_alone() -> None:
    (stack,) = stacks_of(made_slice(0.0, str(n), slice_location=3.0, temporal_position=n) for n in range(4))

    assert (stack.header.frames, stack.header.frame_axis) == (4, "time")


def test_overlapping_slices_are_fine() -> None:
    (stack,) = stacks_of(made_stack(5, step=1.0, thickness=3.0))

    assert stack.header.certificate == "pass"


def test_directions_off_right_angles_are_said() -> None:
    (stack,) = stacks_of(made_stack(3, across=(1.0, 0.05, 0.0)))

    assert kinds_of(stack) == {"disagrees": "warn"}


def test_a_radiograph_without_any_place_says_all_that_is_not_known() -> None:
    (stack,) = stacks_of([made_slice(modality="DX", thickness=None, **BARE)])

    assert set(kinds_of(stack)) == {"orientation", "size"}


def test_directions_that_span_no_plane_are_as_good_as_none() -> None:
    (stack,) = stacks_of([made_slice(down=(1.0, 0.0, 0.0))])

    assert kinds_of(stack) == {"orientation": "warn"}


def test_numbers_beyond_any_scanner_are_not_taken_for_a_place() -> None:
    (stack,) = stacks_of([made_slice(position=(float("nan"), 0.0, 1e300), pixel_size=(0.0, float("inf")))])

    assert set(kinds_of(stack)) == {"orientation", "size"}


@pytest.mark.parametrize(
    ("said", "doubts"),
    [
        ({"modality": "CT"}, {"scaling": "warn"}),
        ({"modality": "CT", "slope": 1.0}, {}),
        ({"modality": "CT", "lookup": True, "table_units": "HU"}, {}),
        ({"modality": "CT", "lookup": True}, {"scaling": "warn"}),
        ({"no_slope": True}, {"scaling": "warn"}),
        ({"lossy": "JPEG 10:1"}, {"lossy": "warn"}),
        ({"burned_in": True}, {"burned-in": "warn"}),
        ({"modality": "US"}, {"burned-in": "warn"}),
        ({"overlays": 2}, {"overlay": "note"}),
        ({"doubts": ("its VR is odd",)}, {"format": "warn"}),
    ],
)
def test_what_the_files_admit_is_said(said, doubts) -> None:
    (stack,) = stacks_of([made_slice(**said)])

    assert kinds_of(stack) == doubts


def test_a_coloured_screenshot_is_all_that_it_is() -> None:
    picture = made_slice(screen_shot=True)
    eight = replace(SIXTEEN, photometric="RGB", samples=3, bits_allocated=8, bits_stored=8, high_bit=7)

    (stack,) = stacks_of([replace(picture, file=replace(picture.file, encoding=eight))])

    assert kinds_of(stack) == {"eight-bit": "warn", "burned-in": "warn", "colour": "note"}
    assert stack.header.dtype == "uint8"


def test_an_unknown_thickness_leaves_sizes_within_the_slice_alone() -> None:
    (stack,) = stacks_of([made_slice(thickness=None)])

    assert kinds_of(stack) == {"thickness": "warn"}


def test_a_pixel_size_at_the_detector_is_a_doubt_about_all_sizes() -> None:
    (stack,) = stacks_of([made_slice(modality="DX", thickness=None, projected=True)])

    assert kinds_of(stack) == {"size": "warn"}
