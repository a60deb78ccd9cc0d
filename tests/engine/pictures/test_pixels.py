import numpy as np
import pytest

from engine.pictures.camera import Camera, Placement
from engine.pictures.fitted import fitted_to
from engine.pictures.pixels import BLACK, Part, averaged, coloured, shaded, spread, visible_part
from engine.pictures.window import Window

TYPES = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8", "f2", ">i2", ">f4"]


def greys(values: np.ndarray, window: Window) -> np.ndarray:
    pixels = shaded(values, window)
    assert (pixels >> 24 == 255).all()
    return pixels & 255


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_number_is_shown_alike(kind: str) -> None:
    values = np.array([[0, 10, 70, 110, 120]]).astype(kind)
    assert greys(values, Window.between(10, 110)).tolist() == [[0, 0, 153, 255, 255]]


def test_colours_are_the_files_own_through_the_whole_window_and_turned_by_inverting() -> None:
    colours = np.array([[[200, 40, 10], [0, 255, 128]]], np.uint8)
    assert coloured(colours, Window(127.5, 255)).tolist() == [[0xFFC8280A, 0xFF00FF80]]
    assert coloured(colours, Window(127.5, 255, inverted=True)).tolist() == [[0xFF37D7F5, 0xFFFF007F]]


def test_a_narrower_window_makes_colours_brighter_but_no_others() -> None:
    pixel = int(coloured(np.array([[[100, 50, 0]]], np.uint8), Window.between(0, 100))[0, 0])
    assert pixel == 0xFFFF8000


def test_negative_values_are_below_positive_ones() -> None:
    values = np.array([[-100, 0, 100]], np.int16)
    assert greys(values, Window.between(-100, 100)).tolist() == [[0, 128, 255]]


def test_yes_and_no_are_white_and_black() -> None:
    assert greys(np.array([[True, False]]), Window.between(0, 1)).tolist() == [[255, 0]]


@pytest.mark.parametrize("inverted", [False, True])
def test_what_is_no_number_is_black_even_when_inverted(inverted: bool) -> None:
    values = np.array([[np.nan, 1.0, np.inf, -np.inf]], np.float32)
    pixels = shaded(values, Window(1.0, 1.0, inverted))
    assert pixels[0, 0] == BLACK
    assert sorted((pixels[0, 2:] & 255).tolist()) == [0, 255]


def test_inverting_exchanges_black_and_white() -> None:
    values = np.arange(256, dtype=np.uint8)[np.newaxis]
    plain, turned = (greys(values, Window(127.5, 255, inverted)) for inverted in (False, True))
    assert (plain + turned == 255).all()


def test_values_beyond_the_range_of_single_precision_are_clipped_not_refused() -> None:
    values = np.array([[3e38, -3e38]], np.float32)
    assert greys(values, Window(0, 1e-3)).tolist() == [[255, 0]]


def test_a_flipped_and_turned_view_is_shaded_in_its_own_order() -> None:
    values = np.arange(12, dtype=np.int16).reshape(3, 4)
    window = Window.between(0, 11)
    assert np.array_equal(shaded(values.T[::-1], window), shaded(values, window).T[::-1])


def test_only_what_the_screen_shows_is_taken() -> None:
    placement = Placement.of((512, 512), (1, 1), (400, 400), Camera(zoom=16))
    part = visible_part((512, 512), (400, 400), placement)
    assert part is not None
    assert part.right - part.left < 40
    assert part.across == part.down == 1


def test_a_picture_larger_than_the_screen_is_averaged_not_skipped() -> None:
    placement = Placement.of((3000, 3000), (1, 1), (750, 750), Camera())
    part = visible_part((3000, 3000), (750, 750), placement)
    assert part == Part(0, 0, 3000, 3000, 4, 4)
    board = np.indices((3000, 3000)).sum(axis=0) % 2 * 100
    assert (averaged(board.astype(np.int16), part) == 50).all()


def test_a_picture_out_of_sight_has_no_visible_part() -> None:
    assert visible_part((10, 10), (100, 100), Placement(500, 500, 1, 1)) is None


@pytest.mark.parametrize("grid", [(1, 1), (1, 5000), (5000, 1), (7, 3001)])
def test_any_shape_can_be_averaged(grid: tuple[int, int]) -> None:
    placement = Placement.of(grid, (1, 1), (300, 300), Camera())
    part = visible_part(grid, (300, 300), placement)
    assert part is not None
    assert averaged(np.ones(grid[::-1], np.uint8), part).size > 0


def test_between_pixels_values_are_blended_and_beyond_the_edge_they_stay() -> None:
    picture = np.array([[0, 10], [20, 30]], np.int16)
    made = spread(picture, np.array([-1.0, 0.5, 9.0]), np.array([0.0, 0.25]))
    assert made.tolist() == [[0, 2.5], [10, 12.5], [20, 22.5]]


def test_a_large_picture_at_the_pixels_of_the_screen_is_the_picture_scaled() -> None:
    y, x = np.mgrid[0:40, 0:60]
    placement = Placement(3.4, 7.7, 0.8, 0.8)
    made = fitted_to(2.0 * x + 3.0 * y, Part(0, 0, 60, 40), placement, (100.0, 100.0))
    assert (made.left, made.top) == (3, 8)
    column, row = placement.to_picture(made.left + 20.5, made.top + 10.5)
    assert made.values[10, 20] == pytest.approx(2 * (column - 0.5) + 3 * (row - 0.5), abs=1e-4)


def test_of_a_picture_beyond_the_screen_only_what_is_seen_is_computed() -> None:
    made = fitted_to(np.zeros((400, 400)), Part(0, 0, 400, 400), Placement(-50.0, -20.0, 0.5, 0.5), (60.0, 90.0))
    assert (made.left, made.top, made.values.shape) == (0, 0, (90, 60))
