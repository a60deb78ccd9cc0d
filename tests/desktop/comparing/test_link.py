from dataclasses import replace

import numpy as np
import pytest

from desktop.comparing.comparison import Comparison, Other
from desktop.comparing.laying import (
    APART,
    CENTRED,
    LINKED_PIXELS,
    LINKED_SIZES,
    SIZES,
    UNLINKED,
    UNLINKED_SPACES,
    laid_over,
    layer_of,
    note_beside,
    renewed,
    window_of,
)
from desktop.comparing.link import OnScreen, camera_like, frame_like, offset_to
from engine.cohort.cohort import Scan
from engine.imaging.doubt import Doubt
from engine.imaging.source import ScanSource
from engine.imaging.volume import Facts, FrameAxis, Volume
from engine.pictures.camera import Camera, Placement
from engine.pictures.planes import planes_of
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.desktop.comparing.conftest import SHIFT, moved
from tests.helpers.volumes import SOME, body, echoes

WINDOW, FITTED = Window(500, 1000), Camera()
OTHER = Other(Scan(1, "A", "T1", ScanSource("nifti", ()), "nifti", (8, 8, 4), 1, ""))


def on_screen(volume: Volume, area: tuple[int, int], camera: Camera = FITTED) -> OnScreen:
    axial = next(plane for plane in planes_of(volume) if plane.name == "axial")
    viewing = replace(Viewing.of(volume, WINDOW).in_plane(axial), camera=camera)
    grid = (viewing.plane.columns, viewing.plane.rows)
    return OnScreen(viewing, Placement.of(grid, viewing.plane.pixel_mm, area, camera), area)


def test_within_a_patient_positions_are_the_same_and_between_two_they_count_from_the_centres() -> None:
    assert offset_to(body(), moved(body(), SHIFT), same_patient=True) == (0, 0, 0)
    assert offset_to(body(), moved(body("PIR"), SHIFT), same_patient=False) == pytest.approx(SHIFT)


def test_a_position_means_nothing_in_a_scan_of_unknown_place_unless_its_grid_is_the_same() -> None:
    unsure = Facts("png", "", (Doubt("orientation", "its orientation is not given"),))
    photo = replace(body(), facts=unsure)
    assert offset_to(photo, moved(body(), SHIFT), same_patient=True) is None
    assert offset_to(photo, replace(body(), facts=unsure), same_patient=False) == (0, 0, 0)


@pytest.mark.parametrize("orientation", SOME)
def test_a_linked_camera_shows_the_same_position_in_the_middle_at_the_same_scale(orientation: str) -> None:
    leader = on_screen(body(), (400, 300), Camera(2.5, 6.0, -4.0))
    follower = on_screen(body(orientation, (1.0, 1.0, 1.0)), (350, 500))
    camera = camera_like(leader, follower, (0.0, 0.0, 0.0))
    made = on_screen(follower.viewing.volume, follower.area, camera)
    ours, theirs = leader.viewing.plane, made.viewing.plane
    assert made.placement.px_per_mm(theirs.pixel_mm) == pytest.approx(leader.placement.px_per_mm(ours.pixel_mm))
    middle = ours.to_world(*leader.placement.to_picture(200, 150), leader.viewing.index)
    column, row, _ = theirs.of_world(middle)
    assert made.placement.to_screen(column, row) == pytest.approx((175, 250))


def test_a_picture_that_was_turned_keeps_its_own_camera() -> None:
    leader, follower = on_screen(body(), (400, 300), Camera(2.5)), on_screen(body(), (400, 300))
    turned = replace(follower, viewing=replace(follower.viewing, plane=follower.viewing.plane.rotated()))
    assert camera_like(leader, turned, (0.0, 0.0, 0.0)) == turned.viewing.camera


def test_a_frame_of_another_scan_is_found_by_its_value() -> None:
    leader = Viewing.of(echoes(), WINDOW).at_frame(2)
    others = replace(echoes(3), frame_axis=FrameAxis("echo time", (30.0, 70.0, 130.0)))
    assert frame_like(leader, others) == 1
    assert frame_like(leader, replace(others, frame_axis=FrameAxis())) == 2


def test_another_patient_is_laid_centre_on_centre() -> None:
    laid = laid_over(body(), moved(body("PIR"), SHIFT), "P-002")
    assert laid.note == f"P-002 {CENTRED}"
    middle = np.append((np.array(laid.volume.shape_xyz) - 1) / 2, 1)
    assert (laid.volume.affine @ middle)[:3] == pytest.approx((0, 0, 0))
    assert laid.volume.array is laid.source.array


def test_a_scan_of_uncertain_size_lies_and_follows_where_its_file_puts_it() -> None:
    unsure = replace(body(), facts=Facts("dicom", "", (Doubt("size", "its slice thickness is not given"),)))
    there = moved(body("PIR"), SHIFT)
    assert offset_to(unsure, there, same_patient=False) == pytest.approx(SHIFT)
    assert laid_over(unsure, there, "P-002").note == f"P-002 {CENTRED}"
    near = laid_over(unsure, moved(body("PIR"), (3.0, 2.0, 1.0)))
    assert near.note == SIZES
    assert near.volume.affine[:3, 3] == pytest.approx(near.source.affine[:3, 3])
    here, beside = Viewing.of(unsure, WINDOW), Viewing.of(near.source, WINDOW)
    assert note_beside(here, beside, same_patient=True) == LINKED_SIZES


def test_an_inverted_window_stays_inverted_in_a_scan_laid_over() -> None:
    turned = WINDOW.turned()
    made = layer_of(laid_over(body(), body()), Comparison(OTHER, "swipe"), "T2", turned, 0)
    assert made.overlay.inverted
    assert window_of(made) == turned
    assert renewed(layer_of(laid_over(body(), body()), Comparison(OTHER, "swipe"), "T2", WINDOW, 0), made) is made


def test_photos_of_one_size_are_said_to_be_linked_pixel_on_pixel() -> None:
    unsure = Facts("png", "", (Doubt("orientation", "its orientation is not given"),))
    here, there = (Viewing.of(replace(body(), facts=unsure), WINDOW) for _ in range(2))
    other = Viewing.of(replace(body("PIR", (1.0, 2.0, 2.0)), facts=unsure), WINDOW)
    assert note_beside(here, there, same_patient=False) == LINKED_PIXELS
    assert note_beside(here, other, same_patient=False) == UNLINKED


def test_different_frames_of_reference_are_told() -> None:
    here, there = (replace(body(), facts=Facts("dicom", frame_of_reference=name)) for name in ("1.2.3", "1.2.4"))
    assert laid_over(here, there).note == APART
    assert note_beside(Viewing.of(here, WINDOW), Viewing.of(there, WINDOW), same_patient=True) == UNLINKED_SPACES
    assert laid_over(here, body()).note == ""


def test_moving_the_line_keeps_what_was_drawn_of_the_scan() -> None:
    laid = laid_over(body(), body())
    first = layer_of(laid, Comparison(OTHER, "swipe"), "T2", WINDOW, 0)
    moved_on = renewed(first, layer_of(laid, Comparison(OTHER, "swipe", line=0.7), "T2", WINDOW, 0))
    assert moved_on.overlay is first.overlay
    assert moved_on.region.share == 0.7
    assert renewed(first, layer_of(laid, Comparison(OTHER, "swipe"), "T2", WINDOW, 0)) is first
