"""What needs no window: cameras, transfer functions, cuts, values as steps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.volume.box_lines import edges
from desktop.volume.camera import LEAST_ZOOM, MOST_ZOOM, STANDARD_VIEWS, Camera
from desktop.volume.clip import Clip
from desktop.volume.copies import Copies
from desktop.volume.cube import faces
from desktop.volume.grid import Grid
from desktop.volume.levels import FIRST, MOST, Levels
from desktop.volume.opening import opened
from desktop.volume.presets import PRESETS, first_look, offered
from desktop.volume.quaternion import about, matrix_of, of_matrix, product
from desktop.volume.rays import Rays, on_screen
from desktop.volume.transfer import Point, Transfer
from engine.imaging.volume import Facts, Volume
from engine.pictures.colours import MAPS, colours
from engine.pictures.overlay import Overlay
from engine.pictures.window import Window
from tests.desktop.volume.phantoms import OBLIQUE, blobs

LETTERS = {
    "anterior": ("R", "L", "S", "I"),
    "posterior": ("L", "R", "S", "I"),
    "left": ("A", "P", "S", "I"),
    "right": ("P", "A", "S", "I"),
    "superior": ("L", "R", "A", "P"),
    "inferior": ("R", "L", "A", "P"),
}
angles = st.floats(-7, 7)
parts = st.tuples(*[st.floats(-1, 1)] * 3).filter(lambda axis: np.linalg.norm(axis) > 0.01)


@pytest.mark.parametrize("side", STANDARD_VIEWS)
def test_the_letters_of_the_standard_sides(side: str) -> None:
    assert Camera.standing(side).edge_letters == LETTERS[side]


@given(parts, angles)
def test_a_rotation_survives_being_a_matrix(axis, angle: float) -> None:
    turned = about(axis, angle)
    assert matrix_of(of_matrix(matrix_of(turned))) == pytest.approx(matrix_of(turned), abs=1e-7)


@given(parts, angles, parts, angles)
def test_turns_add_up_as_matrices_do(first, by, second, more) -> None:
    both = product(about(second, more), about(first, by))
    assert matrix_of(both) == pytest.approx(matrix_of(about(second, more)) @ matrix_of(about(first, by)), abs=1e-7)


def test_a_drag_to_the_right_brings_the_left_side_of_the_screen_forward() -> None:
    assert Camera().turned(200, 0).edge_letters[1] == "A"


def test_the_zoom_has_ends() -> None:
    assert Camera().zoomed(1000).zoom == MOST_ZOOM
    assert Camera().zoomed(-1000).zoom == LEAST_ZOOM


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(-5, 5))
def test_what_lies_under_the_pointer_stays_there_when_one_zooms(x: float, y: float, notches: float) -> None:
    grid, size = Grid((40, 50, 60), np.diag([1.0, 1.2, 2.0, 1.0])), (400, 300)
    camera = Camera().turned(20, 30).panned(4, -3)
    point = grid.centre[np.newaxis] + (camera.matrix.T @ np.array([x - 4, y + 3, 0.0]))
    before = on_screen(camera, grid, size, point)
    assert on_screen(camera.zoomed(notches, (x, y)), grid, size, point) == pytest.approx(before, abs=1e-6)


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_ray_goes_through_what_is_drawn_at_its_pixel(column: int, row: int) -> None:
    grid, size = Grid((40, 50, 60), np.diag([-1.0, 1.2, 2.0, 1.0])), (201, 201)
    camera = OBLIQUE.zoomed(3).panned(5, 2)
    rays = Rays.of(camera, grid, size)
    voxel = rays.origin + column * rays.across + row * rays.down + 17 * rays.along
    world = grid.affine[:3, :3] @ voxel + grid.affine[:3, 3]
    assert on_screen(camera, grid, size, world[np.newaxis])[0, :2] == pytest.approx((column + 0.5, row + 0.5), abs=1e-6)


def test_three_edges_of_the_box_are_behind() -> None:
    behind, before = edges(OBLIQUE, Grid((4, 5, 6), np.eye(4)), (100, 100))
    assert (len(behind), len(before)) == (3, 9)


def test_the_cube_shows_the_sides_that_face_the_viewer() -> None:
    assert [face.letter for face in faces(Camera.standing("left"))] == ["L"]
    assert len(faces(OBLIQUE)) == 3


def test_the_planes_of_a_cut_never_pass_each_other() -> None:
    clip = Clip().moved(0, 0, 0.7).moved(0, 1, 0.2)
    assert clip.low[0] < clip.high[0] <= 1
    assert Clip().moved(1, 0, -3) == Clip()


def test_the_points_of_a_transfer_function_never_pass_each_other() -> None:
    transfer = Transfer((Point(0, 0), Point(10, 0.5), Point(20, 1)))
    assert transfer.moved(1, 99, 7).points[1] == Point(20, 1.0)
    assert [point.value for point in transfer.with_point(5, 0.1).points] == [0, 5, 10, 20]
    assert transfer.without(1).without(0).points == (Point(0, 0), Point(20, 1))


def test_a_transfer_function_grows_by_value() -> None:
    with pytest.raises(ValueError, match="grow"):
        Transfer((Point(1, 0), Point(0, 1)))


def test_a_table_runs_in_straight_lines_between_the_points() -> None:
    table = Transfer((Point(0, 0, (0, 0, 0)), Point(10, 1, (255, 0, 0)))).table(11)
    assert table[:, 3] == pytest.approx(np.linspace(0, 1, 11))
    assert table[5, :3] == pytest.approx((0.5, 0, 0))


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20))
def test_steps_keep_the_order_and_the_ends_of_values(values: list[float]) -> None:
    levels = Levels.of(Volume(np.array(values).reshape(1, 1, 1, -1), np.eye(4)))
    steps = levels.values.ravel()
    assert steps.min() == FIRST
    assert steps.max() == (MOST if max(values) > min(values) else FIRST)
    assert (np.diff(steps[np.argsort(values)].astype(int)) >= 0).all()


def test_large_volumes_are_averaged_for_moving_and_stay_in_place() -> None:
    levels = Levels.of(blobs())
    coarse = Copies.of(levels, 40_000)
    assert np.prod(coarse.grid.shape) <= 40_000
    assert coarse.grid.centre == pytest.approx(levels.grid.centre, abs=1.5)


@pytest.mark.parametrize("name", MAPS)
def test_colour_maps_are_colours(name: str) -> None:
    assert colours(name).min() >= 0
    assert colours(name).max() <= 1


def test_a_heatmap_is_transparent_at_zero_and_below_its_threshold() -> None:
    table = Overlay(blobs(), 0, 1000, opacity=0.8, threshold=300).table()
    assert table[:300, 3].max() == 0
    assert table[-1, 3] == pytest.approx(0.8)


def test_a_signed_map_is_transparent_in_its_middle() -> None:
    table = Overlay(blobs(), -10, 10, colour_map="diverging", threshold=2).table()
    assert table[512, 3] == 0
    assert min(table[0, 3], table[-1, 3]) == pytest.approx(0.7)


def test_presets_are_offered_by_modality() -> None:
    assert [preset.name for preset in offered("CT")] == ["CT bone", "CT soft tissue", "X-ray like"]
    assert len(offered("")) == len(PRESETS)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_preset_keeps_its_name(preset) -> None:
    window = Window.between(0, 100)
    assert preset.applied(first_look("CT", window), window).preset == preset.name


def test_another_scan_keeps_mode_and_preset_by_name() -> None:
    volume = Volume(blobs().array * 3, np.eye(4), facts=Facts("", "MR"))
    first = opened(blobs(), 0, None, None, processor=False)
    before = PRESETS[3].applied(first.first, first.first.window)
    look = opened(volume, 0, None, None, processor=False).look(before, first)
    assert (look.mode, look.preset) == ("composite", "MR brain")
    assert look.transfer.low == pytest.approx(3 * before.transfer.low, rel=0.05)


@pytest.mark.parametrize("affine", [np.zeros((4, 4)), np.full((4, 4), np.nan), np.diag([1.0, 0.0, 1.0, 1.0])])
def test_a_grid_without_geometry_still_has_a_box(affine) -> None:
    grid = Grid.of((4, 5, 6), affine)
    assert np.isfinite(grid.inverse).all()
    assert grid.fit_mm > 0
