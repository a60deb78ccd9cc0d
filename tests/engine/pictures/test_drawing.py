"""Pictures without a window: the right pixels, in the right proportions, with what has to be known of them."""

from dataclasses import replace

import numpy as np
import pytest

from engine.imaging.doubt import Doubt
from engine.imaging.volume import Facts, Volume
from engine.pictures.camera import Placement
from engine.pictures.drawing import draw, size_of
from engine.pictures.laid import compose
from engine.pictures.layer_of import layer_of_volume
from engine.pictures.lettering import Lettering, full
from engine.pictures.planes import linked_planes, plane_through
from engine.pictures.series import sheet, spread_slices, viewings_along
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.helpers.volumes import BRIGHT, DIM, MARKED, body, echoes

WHITE_FROM = Window(550, 900)


def looked(volume: Volume, name: str = "axial") -> Viewing:
    plane = next(plane for plane in linked_planes(volume) if plane.name == name)
    return Viewing(volume, plane, WHITE_FROM, plane.count // 2).near(MARKED)


def test_a_voxel_for_a_pixel_shows_the_values_through_the_window() -> None:
    viewing = looked(body("LPS"))
    drawn = draw(viewing, (20, 20))
    values = viewing.picture().astype(float)
    shades = np.clip((values - WHITE_FROM.low) / WHITE_FROM.width, 0, 1) * 255
    assert np.abs(drawn.astype(float) - shades[..., None]).max() <= 1


def test_the_block_stands_at_the_right_of_the_patient_and_so_at_the_left() -> None:
    drawn = draw(looked(body("RAS")), (400, 400))[..., 0]
    _, columns = np.nonzero(drawn > 200)
    assert columns.mean() < 200


def test_pictures_have_the_proportions_of_the_body() -> None:
    viewing = looked(body("RAS", (1.0, 2.0, 4.0)), "sagittal")
    width, height = size_of(viewing, 1000)
    assert width == height == 1000
    assert size_of(replace(viewing, plane=looked(echoes(slices=6)).plane), 800) == (800, 800)
    assert min(size_of(looked(echoes(), "coronal"), 800)) == round(800 * 30 / 32)


def test_what_lies_beside_the_slice_is_black() -> None:
    drawn = draw(replace(looked(body()), window=Window(50, 10)), (600, 200))
    assert not drawn[:, :150].any()
    assert drawn[:, 250:350].all()


def test_bands_of_a_large_picture_join_without_a_seam() -> None:
    viewing = looked(body("PIR"))
    size = (3000, 2900)
    plane = viewing.plane
    placement = Placement.of((plane.columns, plane.rows), plane.pixel_mm, size, viewing.camera)
    assert (draw(viewing, size) == compose(viewing, placement, size)).all()


def test_layers_are_drawn_in_their_colours() -> None:
    volume = body()
    mask = replace(volume, array=(volume.array == BRIGHT).astype(np.uint8))
    layer = layer_of_volume(mask, "block", "mask", volume)
    drawn = draw(replace(looked(volume), layers=(layer,)), (400, 400)).astype(int)
    coloured = np.ptp(drawn, axis=2) > 30
    assert coloured.any()
    assert coloured.mean() == pytest.approx(float((looked(mask).picture() > 0).mean()), rel=0.3)


def test_lettering_changes_edges_and_corners_only() -> None:
    viewing = looked(body())
    plain, written = draw(viewing, (400, 400)), draw(viewing, (400, 400), full("P-001", "T1"))
    changed = (plain != written).any(axis=2)
    assert changed.any()
    assert not changed[100:180, 100:300].any()


def test_nothing_is_said_of_sides_and_sizes_that_are_unknown() -> None:
    doubts = (Doubt("orientation", "the file does not say", "warn"), Doubt("size", "the file does not say", "warn"))
    viewing = looked(replace(body(), facts=Facts("png", "", doubts)))
    letters = draw(viewing, (300, 300), Lettering(letters=True))
    assert (draw(viewing, (300, 300), Lettering(letters=True, bar=True)) == letters).all()
    yellow = letters[..., 0].astype(int) - letters[..., 2] > 60
    assert yellow.any()


def test_a_picture_too_small_for_words_stays_free_of_them() -> None:
    viewing = looked(body())
    assert (draw(viewing, (60, 60), full("P-001")) == draw(viewing, (60, 60))).all()


def test_series_run_through_all_slices_or_all_frames() -> None:
    viewing = Viewing.of(echoes(), Window(400, 900))
    assert [each.index for each in viewings_along(viewing, "slices")] == list(range(6))
    assert [each.frame for each in viewings_along(viewing, "frames")] == list(range(4))
    assert all(each.index == viewing.index for each in viewings_along(viewing, "frames"))


@pytest.mark.parametrize(("count", "places"), [(2, [1, 4]), (3, [1, 3, 5]), (20, [0, 1, 2, 3, 4, 5])])
def test_a_sheet_takes_slices_from_all_of_the_scan(count: int, places: list[int]) -> None:
    viewing = Viewing.of(echoes(), Window(400, 900))
    assert [each.index for each in spread_slices(viewing, count)] == places


def test_a_sheet_puts_pictures_in_rows_and_leaves_the_rest_black() -> None:
    pictures = [np.full((2, 3, 3), shade, np.uint8) for shade in (10, 20, 30)]
    made = sheet(pictures, 2)
    assert made.shape == (4, 6, 3)
    assert made[0, 0, 0] == 10
    assert made[0, 3, 0] == 20
    assert made[2, 0, 0] == 30
    assert not made[2:, 3:].any()


def test_without_blending_voxels_keep_their_edges() -> None:
    drawn = draw(looked(body()), (400, 400), smooth=False)[..., 0]
    low, high = ((value - WHITE_FROM.low) / WHITE_FROM.width * 255 for value in (DIM, BRIGHT))
    assert {int(shade) for shade in np.unique(drawn)} <= {round(max(low, 0)), round(min(high, 255))}


@pytest.mark.parametrize(("axis", "drawn"), [(2, True), (1, False)])
def test_without_a_thickness_there_is_a_scale_bar_within_slices_only(axis: int, drawn: bool) -> None:
    volume = replace(body(), facts=Facts("dicom", "MR", (Doubt("thickness", "it is not given"),)))
    viewing = Viewing(volume, plane_through(volume, axis), WHITE_FROM, 2)
    plain, barred = draw(viewing, (400, 400)), draw(viewing, (400, 400), Lettering(bar=True))
    assert (plain != barred).any() == drawn
