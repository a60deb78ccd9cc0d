"""The same picture from the processor (at rest and moving) and from OpenGL, and each of them true."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize

from desktop.volume.camera import Camera
from desktop.volume.clip import Clip
from desktop.volume.plain import plain_picture
from desktop.volume.rays import mm_per_pixel, on_screen
from engine.errors import Cancelled
from engine.imaging.volume import Volume
from engine.pictures.overlay import Overlay
from engine.pictures.window import Window
from tests.desktop.volume.conftest import packed, shown_card
from tests.desktop.volume.phantoms import (
    LOOK,
    OBLIQUE,
    SCREEN,
    SOLID,
    ZOOM,
    at_voxels,
    ball,
    blobs,
    centred,
    colours,
    greys,
    numpy_maximum,
    scene,
)
from tests.helpers.volumes import ORIENTATIONS, affine_of, body

SMALL = (200, 200)
ONE_PERCENT = 2.55
# How a (z, y, x) volume in patient axes, reduced along one of them, lies on the screen.
FACING = {
    "anterior": lambda grid: grid.max(axis=1)[::-1, ::-1],
    "left": lambda grid: grid.max(axis=2)[::-1, ::-1],
    "superior": lambda grid: grid.max(axis=0)[::-1, :],
}


@pytest.mark.parametrize("side", FACING)
def test_the_maximum_along_an_axis_is_that_of_numpy(draw, side: str) -> None:
    volume = blobs()
    camera = replace(Camera().facing(side), zoom=ZOOM)
    picture = at_voxels(greys(draw(scene(volume, camera), SCREEN)))
    expected = FACING[side](volume.array[0]) / 1000 * 255
    assert np.abs(picture - expected).max() <= ONE_PERCENT


def test_the_maximum_seen_aslant_is_that_of_numpy(draw) -> None:
    seen = scene(blobs(), OBLIQUE)
    difference = np.abs(greys(draw(seen, SMALL)) - numpy_maximum(seen, SMALL))
    assert np.percentile(difference, 99) <= ONE_PERCENT
    assert difference.mean() <= 0.5


def test_the_average_along_an_axis_is_that_of_numpy(draw) -> None:
    volume = blobs()
    look = replace(LOOK, averaged=Window.between(0, 200))
    picture = at_voxels(greys(draw(scene(volume, replace(Camera(), zoom=ZOOM), "average", look), SCREEN)))
    expected = volume.array[0].mean(axis=1)[::-1, ::-1] / 200 * 255
    assert np.abs(picture - expected.clip(0, 255)).max() <= ONE_PERCENT


@pytest.mark.parametrize("camera", [Camera(), OBLIQUE], ids=["straight", "aslant"])
def test_a_ball_in_uneven_voxels_is_round(draw, camera: Camera) -> None:
    shape = (64, 40, 20)
    volume = ball(centred(np.diag([0.7, -1.0, 2.2]), shape), shape, 15)
    assert_round(scene(volume, camera), draw, 15)


def test_a_ball_in_a_leaning_grid_is_round(draw) -> None:
    shape = (48, 48, 40)
    volume = ball(centred(np.array([[1.0, 0, 0.2], [0, 1.0, 0.5], [0, 0, 1.0]]), shape), shape, 15)
    assert_round(scene(volume, OBLIQUE), draw, 15)


def assert_round(seen, draw, radius: float) -> None:
    lit = greys(draw(seen, SMALL)) > 127
    diameter = 2 * radius / mm_per_pixel(seen.camera, seen.levels.grid, SMALL)
    assert lit.any(axis=0).sum() == pytest.approx(diameter, abs=2.5 * draw.slack)
    assert lit.any(axis=1).sum() == pytest.approx(diameter, abs=2.5 * draw.slack)


@pytest.mark.parametrize("mode", ["mip", "average", "composite", "iso"])
def test_what_is_cut_away_is_not_seen(draw, mode) -> None:
    look = replace(LOOK, clip=Clip((0.5, 0, 0), (1, 1, 1)), averaged=Window.between(0, 200))
    picture = greys(draw(scene(blobs(), None, mode, look), SMALL))
    # Low x is the patient's left, which lies on the right of the screen.
    assert picture[:, 100 + 2 * draw.slack :].max() <= 1
    assert picture[:, :98].max() > 60


def test_the_nearer_thing_hides_the_farther_one(draw) -> None:
    grid = np.zeros((1, 32, 32, 32), np.int16)
    grid[0, 8:24, 4:8, 8:24] = 1000
    grid[0, 12:20, 26:29, 12:20] = 600
    look = replace(LOOK, transfer=SOLID)
    volume = Volume(grid, np.eye(4))
    cameras = (Camera().facing(side) for side in ("anterior", "posterior"))
    front, back = (draw(scene(volume, camera, "composite", look), SMALL) for camera in cameras)
    assert np.ptp(greys(back)[90:110, 90:110]) <= 3
    assert (greys(front)[90:110, 90:110] > 100).all()
    assert np.abs(greys(front) - greys(back)[:, ::-1]).max() > 20


@pytest.mark.parametrize("mode", ["mip", "composite", "iso"])
def test_an_overlay_on_another_grid_lands_where_it_should(draw, mode) -> None:
    spot = np.array([9.0, -6.0, 4.0])
    base = Volume(np.full((1, 24, 24, 24), 100, np.int16), affine_of("RAS", (2.0, 2.0, 2.0), (24, 24, 24)))
    affine = affine_of("PSL", (1.0, 1.5, 3.0), (40, 30, 14))
    at = np.rint(np.linalg.solve(affine[:3, :3], spot - affine[:3, 3])).astype(int)
    heat = np.zeros((1, 14, 30, 40), np.float32)
    heat[0, at[2] - 1 : at[2] + 2, at[1] - 1 : at[1] + 2, at[0] - 1 : at[0] + 2] = 1.0
    overlay = Overlay(Volume(heat, affine), 0, 1, colour_map="mask", opacity=1.0)
    look = replace(LOOK, iso=5000.0)
    seen = scene(base, OBLIQUE, mode, look, overlay)
    picture = colours(draw(seen, SMALL))
    rows, columns = np.nonzero(picture[..., 0] - picture[..., 2] > 20)
    drawn = affine[:3, :3] @ at + affine[:3, 3]
    expected = on_screen(seen.camera, seen.levels.grid, SMALL, drawn[np.newaxis])[0]
    assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx(tuple(expected[:2]), abs=1.75 * draw.slack)


@pytest.mark.parametrize("mode", ["mip", "composite"])
def test_all_48_orientations_show_the_same_patient(draw, mode) -> None:
    look = replace(LOOK, transfer=SOLID)
    pictures = [colours(draw(scene(body(name), OBLIQUE, mode, look), (120, 120))) for name in ORIENTATIONS]
    assert pictures[0].max() > 100
    assert max(float(np.abs(picture - pictures[0]).mean()) for picture in pictures[1:]) < 0.6 * draw.slack


@pytest.mark.parametrize("mode", ["mip", "average", "composite", "iso"])
@pytest.mark.parametrize(
    "grid",
    [
        np.full((8, 8, 8), 7.0),
        np.where(np.indices((8, 8, 8)).sum(axis=0) % 3, np.nan, 5.0),
        np.full((8, 8, 8), np.nan),
        np.ones((1, 9, 7), np.uint8),
        np.ones((1, 1, 1), np.int16),
        np.array([[[np.inf, 1.0, -np.inf]]]),
        np.ones((3, 4, 5), np.bool_),
        np.array([[[1e300, -1e300, 0.0]]]),
    ],
    ids=["constant", "holes", "nothing", "one slice", "one voxel", "infinite", "mask", "huge"],
)
def test_odd_volumes_are_drawn(draw, grid: np.ndarray, mode) -> None:
    picture = draw(scene(Volume(grid[np.newaxis], np.eye(4)), OBLIQUE, mode), (60, 50))
    assert picture.shape == (50, 60)
    assert (picture >> 24 == 255).all()


def test_an_overlay_shines_through_what_hides_it(draw) -> None:
    grid = np.full((1, 24, 24, 24), 1000, np.int16)
    heat = np.zeros((1, 24, 24, 24), np.float32)
    heat[0, 10:14, 10:14, 10:14] = 1
    overlay = Overlay(Volume(heat, np.eye(4)), 0, 1, colour_map="mask", opacity=1.0)
    picture = colours(draw(scene(Volume(grid, np.eye(4)), None, "iso", LOOK, overlay), SMALL))
    warm = picture[..., 0] - picture[..., 2]
    assert warm[100, 100] > warm[60, 60] + 30


@pytest.mark.parametrize("mode", ["mip", "iso"])
def test_of_a_signed_map_both_signs_are_seen(draw, mode) -> None:
    heat = np.zeros((1, 24, 24, 24), np.float32)
    heat[0, 10:14, 10:14, 4:8], heat[0, 10:14, 10:14, 16:20] = 1, -1
    overlay = Overlay(Volume(heat, np.eye(4)), -1, 1, colour_map="diverging", opacity=1.0, threshold=0.2)
    base = Volume(np.full((1, 24, 24, 24), 400, np.int16), np.eye(4))
    picture = colours(draw(scene(base, None, mode, LOOK, overlay), SMALL))
    warm = picture[..., 0] - picture[..., 2]
    # Low x is the patient's left, on the right of the screen.
    assert warm[100, 110:160].max() > 40
    assert warm[100, 40:90].min() < -40


LABELLED = ((0xE6, 0x9F, 0x00), (0x00, 0x9E, 0x73))


@pytest.mark.parametrize("mode", ["mip", "iso"])
def test_labels_have_their_own_colours_in_the_volume_and_no_others(draw, mode) -> None:
    labels = np.zeros((1, 24, 24, 24), np.uint8)
    labels[0, 4:20, 4:20, 3:9], labels[0, 4:20, 4:20, 15:21] = 1, 3
    overlay = Overlay(Volume(labels, np.eye(4)), 0, 3, colour_map="mask", opacity=1.0)
    base = Volume(np.zeros((1, 24, 24, 24), np.int16), np.eye(4))
    picture = colours(draw(scene(base, None, mode, replace(LOOK, iso=5000.0), overlay), SMALL))
    hues = {tuple(np.sign(colour[:3] - colour.mean()).astype(int)) for colour in picture[picture.max(axis=2) > 20]}
    wanted = {tuple(np.sign(np.array(colour) - np.mean(colour)).astype(int)) for colour in LABELLED}
    assert hues == wanted


def even(values: np.ndarray) -> Overlay:
    return Overlay(Volume(values, np.eye(4)), 0, 100, colour_map="viridis", opacity=1.0, even=True)


def test_an_even_map_colours_tissues_and_nothing_beside_them(draw) -> None:
    grid = np.zeros((1, 24, 24, 24), np.int16)
    grid[0, 8:16, 8:16, 8:16] = 1000
    base, look = Volume(grid, np.eye(4)), replace(LOOK, transfer=SOLID)
    bare = colours(draw(scene(base, OBLIQUE, "composite", look), SMALL))
    beside, seen = bare.max(axis=2) == 0, []
    for value in (10, 90):
        overlay = even(np.full((1, 24, 24, 24), value, np.float32))
        overlay.volume.array[0, 0, 0, :2] = 0, 100
        seen.append(colours(draw(scene(base, OBLIQUE, "composite", look, overlay), SMALL)))
    assert max(picture[beside].max() for picture in seen) <= 2
    blue, yellow = (picture[100, 100] for picture in seen)
    assert blue[2] > 1.5 * blue[1]
    assert yellow[1] > 2 * yellow[2]


@pytest.mark.parametrize("mode", ["mip", "composite"])
def test_beside_a_hole_of_a_map_there_is_no_low_value(draw, mode) -> None:
    grid = np.zeros((1, 24, 24, 24), np.int16)
    grid[0, 6:18, 6:18, 6:18] = 1000
    values = np.where(grid > 0, np.float32(90), np.float32(np.nan))
    values[0, 12, 12, 12] = 10
    look = replace(LOOK, transfer=SOLID)
    picture = colours(draw(scene(Volume(grid, np.eye(4)), OBLIQUE, mode, look, even(values)), SMALL))
    green = picture[..., 1] > 1.2 * picture[..., 2]
    assert green.sum() > 1000
    assert (picture[..., 2] <= picture[..., 1]).all()


def test_holes_of_a_signed_map_hide_nothing(draw) -> None:
    heat = np.full((1, 24, 24, 24), np.nan, np.float32)
    heat[0, 10:14, 10:14, 10:14], heat[0, 2, 2, 2] = 1, -1
    overlay = Overlay(Volume(heat, np.eye(4)), -1, 1, colour_map="diverging", opacity=1.0, threshold=0.2)
    base = Volume(np.zeros((1, 24, 24, 24), np.int16), np.eye(4))
    picture = colours(draw(scene(base, None, "mip", LOOK, overlay), SMALL))
    warm = picture[..., 0] - picture[..., 2]
    assert warm[100, 100] > 40
    assert (warm < -20).sum() < 450


def test_the_three_ways_agree_on_shaded_pictures(qtbot, kernels) -> None:
    from desktop.volume.moving import moving_picture
    from desktop.volume.still import still_picture

    seen = scene(blobs(), OBLIQUE, "composite")
    still, moving = (colours(way(seen, SMALL)) for way in (still_picture, moving_picture))
    with shown_card(qtbot) as surface:
        by_card = colours(packed(surface.picture(seen, QSize(*SMALL))))
    assert np.abs(still - by_card).mean() < 0.1
    assert np.abs(still - moving).mean() < 3


def test_a_slow_machine_turns_fewer_voxels(kernels) -> None:
    from desktop.volume.moving import moving_picture

    grid = np.repeat(np.repeat(np.repeat(blobs().array, 3, axis=1), 3, axis=2), 3, axis=3)
    seen = scene(Volume(grid, np.eye(4)), OBLIQUE)
    assert seen.solid.drawn is not None
    assert seen.solid.drawn.light.voxels < 0.5 * seen.solid.drawn.moving.voxels
    light, full = (greys(moving_picture(seen, SMALL, light=light)) for light in (True, False))
    assert np.abs(light - full).mean() < 1


def test_pictures_stop_being_drawn_as_soon_as_nobody_wants_them(kernels) -> None:
    from desktop.volume.still import still_picture

    answers = iter([True, False])
    with pytest.raises(Cancelled):
        still_picture(scene(blobs()), (100, 1000), lambda: next(answers))


@pytest.mark.parametrize("mode", ["mip", "average", "composite"])
def test_coarse_pictures_before_anything_is_compiled_show_the_same_thing(kernels, mode) -> None:
    look = replace(LOOK, averaged=Window.between(0, 200))
    seen = scene(blobs(), OBLIQUE, mode, look)
    fine = still_picture_of(replace(seen, look=replace(look, mode="mip" if mode == "composite" else mode)))
    coarse = greys(plain_picture(seen, (300, 300)))
    assert coarse.shape == (100, 100)
    assert np.abs(coarse - fine[1::3, 1::3]).mean() < 4


def still_picture_of(seen) -> np.ndarray:
    from desktop.volume.still import still_picture

    return greys(still_picture(seen, (300, 300)))
