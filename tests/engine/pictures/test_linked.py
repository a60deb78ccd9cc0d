from dataclasses import replace

import numpy as np
import pytest

from engine.imaging.volume import Volume
from engine.pictures.camera import Camera, Placement
from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.linked import Linked
from engine.pictures.plane import Plane
from engine.pictures.planes import linked_planes
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.helpers.volumes import BRIGHT, MARKED, ORIENTATIONS, affine_of, body, echoes

WINDOW = Window.between(0, BRIGHT)
AREA = (431.0, 377.0)


def linked(volume: Volume, hanging: Hanging = AS_USUAL) -> Linked:
    return Linked.of(Viewing.of(volume, WINDOW, hanging=hanging), hanging)


def placement_of(plane: Plane, camera: Camera) -> Placement:
    return Placement.of((plane.columns, plane.rows), plane.pixel_mm, AREA, camera)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_from_screen_to_world_and_back_is_exact(orientation: str) -> None:
    camera = Camera(3.7, 1.3, -2.9)
    for viewing in linked(body(orientation, (1.0, 2.0, 4.0))).viewings:
        plane, placement = viewing.plane, placement_of(viewing.plane, camera)
        for x, y in ((17.25, 301.5), (216.0, 188.0), (400.1, 9.9)):
            world = plane.to_world(*placement.to_picture(x, y), viewing.index)
            column, row, depth = plane.of_world(world)
            assert placement.to_screen(column, row) == pytest.approx((x, y), abs=1e-9)
            assert depth == pytest.approx(viewing.index, abs=1e-9)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_point_chosen_in_one_plane_is_where_all_of_them_meet(orientation: str) -> None:
    for place in range(3):
        before = linked(body(orientation))
        one = before.viewings[place]
        column, row, _ = one.plane.of_world(MARKED)
        after = before.after(one.at_slice(one.plane.index_nearest(MARKED)).pointing(column, row))
        for viewing in after.viewings:
            assert viewing.cross == after.viewings[place].cross
            assert viewing.marked == after.viewings[place].marked
            assert abs(viewing.plane.of_world(MARKED)[2] - viewing.index) <= 0.5
            assert viewing.picture().max() == BRIGHT


def test_going_through_the_slices_of_one_plane_leaves_those_of_the_others() -> None:
    before = linked(body())
    after = before.after(before.viewings[0].at_slice(3))
    assert after.viewings[0].index == 3
    assert [viewing.index for viewing in after.viewings[1:]] == [viewing.index for viewing in before.viewings[1:]]


def test_the_crosshair_goes_along_with_the_slice() -> None:
    before = linked(body())
    after = before.after(before.viewings[0].at_slice(3))
    coronal = after.viewings[1]
    assert coronal.cross is not None
    assert coronal.plane.of_world(coronal.cross)[0] == pytest.approx(coronal.plane.columns / 2)
    assert after.viewings[0].plane.of_world(coronal.cross)[2] == pytest.approx(3)


def test_window_and_frame_are_shared_zoom_is_not() -> None:
    before = linked(echoes())
    changed = replace(before.viewings[0].at_frame(2), window=Window(1, 2), camera=Camera(4.0))
    after = before.after(changed)
    assert {(viewing.frame, viewing.window) for viewing in after.viewings} == {(2, Window(1, 2))}
    assert [viewing.camera.zoom for viewing in after.viewings] == [4.0, 1.0, 1.0]


def test_all_planes_share_one_volume() -> None:
    assert len({id(viewing.volume.array) for viewing in linked(body()).viewings}) == 1


def test_a_plane_that_has_nothing_to_follow_stays_the_same_object() -> None:
    before = linked(body())
    after = before.after(replace(before.viewings[0], camera=Camera(2.0)))
    assert after.viewings[1] is before.viewings[1]


def test_a_position_outside_of_the_scan_is_not_gone_to() -> None:
    before = linked(body())
    assert before.at((500.0, 0.0, 0.0)) is before


def test_a_position_within_is_gone_to_by_all_planes() -> None:
    after = linked(body()).at(MARKED)
    assert all(viewing.picture().max() == BRIGHT for viewing in after.viewings)


def test_a_single_picture_has_one_plane() -> None:
    volume = Volume(np.zeros((1, 1, 30, 20)), affine_of("LPS", (1.0, 1.0, 1.0), (20, 30, 1)))
    assert linked(volume).names == ("axial",)


def test_a_scan_of_few_slices_has_three() -> None:
    assert linked(echoes()).names == ("axial", "coronal", "sagittal")


def test_planes_whose_affine_leads_nowhere_are_linked_all_the_same() -> None:
    volume = Volume(np.arange(1000.0).reshape(1, 10, 10, 10), np.diag([0.0, 0.0, 0.0, 1.0]))
    before = linked(volume)
    after = before.after(before.viewings[0].pointing(2.5, 6.5))
    marked = after.viewings[0].marked
    assert marked is not None
    assert all(viewing.index == marked[viewing.plane.through] for viewing in after.viewings)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_the_other_side_mirrors_axial_and_coronal_pictures_and_letters(orientation: str) -> None:
    volume = body(orientation)
    usual = linked(volume)
    other = usual.hung(Hanging("neurological"))
    for before, after in zip(usual.viewings, other.viewings, strict=True):
        sides = before.plane.name != "sagittal"
        assert np.array_equal(after.picture(), before.picture()[:, :: -1 if sides else 1])
        assert after.plane.letters[:2] == before.plane.letters[:2][:: -1 if sides else 1]
        assert after.plane.letters[2:] == before.plane.letters[2:]
        assert after.index == before.index


def test_a_picture_that_was_panned_shows_the_same_part_from_the_other_side() -> None:
    before = linked(body())
    moved = before.after(replace(before.viewings[0], camera=Camera(2.0, 5.0, 1.0)))
    assert moved.hung(Hanging("neurological")).viewings[0].camera == Camera(2.0, -5.0, 1.0)


def test_four_quarter_turns_are_none() -> None:
    for plane in linked_planes(body("PIR", (1.0, 2.0, 4.0))):
        assert plane.rotated().rotated().rotated().rotated().hung_like(plane)


@pytest.mark.parametrize("orientation", ORIENTATIONS[::7])
def test_a_turned_picture_is_the_picture_turned_with_its_letters(orientation: str) -> None:
    volume = body(orientation, (1.0, 2.0, 4.0))
    for plane in linked_planes(volume):
        turned = plane.rotated()
        assert np.array_equal(turned.picture(volume.array[0], 2), np.rot90(plane.picture(volume.array[0], 2), -1))
        left, right, top, bottom = plane.letters
        assert turned.letters == (bottom, top, left, right)


def test_a_mirrored_picture_is_the_picture_mirrored_with_its_letters() -> None:
    volume = body("LPS")
    plane = linked_planes(volume)[0]
    mirrored = plane.mirrored()
    assert np.array_equal(mirrored.picture(volume.array[0], 8), plane.picture(volume.array[0], 8)[:, ::-1])
    assert mirrored.letters == (plane.letters[1], plane.letters[0], *plane.letters[2:])
