"""Layers over a slice, as they are sampled, coloured and laid together without a window."""

from dataclasses import replace

import numpy as np
import pytest

from engine.imaging.volume import Volume
from engine.pictures.camera import Placement
from engine.pictures.colours import LABEL_COLOURS, MAPS, colours
from engine.pictures.doubt import CERTAIN
from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.laid import compose
from engine.pictures.layer import Layer, LayerKind, Region
from engine.pictures.layer_values import value_under
from engine.pictures.legend import pointed_words
from engine.pictures.overlay import Overlay
from engine.pictures.planes import linked_planes
from engine.pictures.resliced import Resliced
from engine.pictures.tinting import tinted
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from engine.report.figures.svg import OKABE_ITO
from tests.helpers.volumes import MARKED, ORIENTATIONS, affine_of, body

SIZE = (200, 200)
WINDOW = Window.between(0, 1000)
BLACK = Window.between(2000, 3000)
AWRY = ("PSL", (1.5, 2.5, 2.0), (34, 20, 27))


def layer(
    volume: Volume,
    kind: LayerKind = "heatmap",
    low: float = 0,
    high: float = 1,
    *,
    region: Region | None = None,
    **look,
) -> Layer:
    overlay = Overlay(volume, low, high, **{"opacity": 1.0, **look})
    return Layer("key", "T2", kind, overlay, "ms", region=region or Region())


def spot(affine: np.ndarray, shape: tuple[int, int, int], at: tuple[float, float, float] = MARKED) -> Volume:
    """1 at the voxel nearest to a world point, and around it, on any grid."""
    x, y, z = np.rint(np.linalg.solve(affine[:3, :3], np.array(at) - affine[:3, 3])).astype(int)
    grid = np.zeros(shape[::-1], np.float32)
    grid[z - 1 : z + 2, y - 1 : y + 2, x - 1 : x + 2] = 1
    return Volume(grid[np.newaxis], affine)


def middle_of(marked: Volume) -> tuple[float, float, float]:
    z, y, x = (float(index.mean()) for index in np.nonzero(marked.array[0]))
    return marked.to_world((x, y, z))


def over(base: Volume, *layers: Layer, window: Window = WINDOW) -> Viewing:
    return replace(Viewing.of(base, window), layers=layers)


def placed(viewing: Viewing, size: tuple[int, int] = SIZE) -> Placement:
    plane = viewing.plane
    return Placement.of((plane.columns, plane.rows), plane.pixel_mm, size, viewing.camera)


def picture(viewing: Viewing, size: tuple[int, int] = SIZE) -> np.ndarray:
    return compose(viewing, placed(viewing, size), size).astype(int)


def colour_of(code: str) -> np.ndarray:
    return np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)])


def planes_through(volume: Volume, world: tuple[float, float, float], hanging: Hanging = AS_USUAL) -> list[Viewing]:
    first = Viewing.of(volume, BLACK, hanging=hanging)
    return [first.in_plane(plane).through(world) for plane in linked_planes(volume, hanging)]


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_layer_on_a_grid_of_its_own_lands_where_it_is_in_the_world(orientation: str) -> None:
    marked = spot(affine_of(*AWRY), AWRY[2])
    at = middle_of(marked)
    for viewing in planes_through(body(orientation), at):
        made = picture(replace(viewing, layers=(layer(marked, "mask"),)))
        rows, columns = np.nonzero(made.sum(axis=2) > 100)
        where = placed(viewing).to_screen(*viewing.plane.of_world(at)[:2])
        assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx(where, abs=1)


def test_a_layer_lands_there_in_resliced_planes_too() -> None:
    base = tilted(body())
    marked = spot(affine_of(*AWRY), AWRY[2])
    at = middle_of(marked)
    viewings = planes_through(base, at, Hanging(patient_axes=True))
    assert all(isinstance(viewing.plane, Resliced) for viewing in viewings)
    for viewing in viewings:
        made = picture(replace(viewing, layers=(layer(marked, "mask"),)))
        rows, columns = np.nonzero(made.sum(axis=2) > 100)
        where = placed(viewing).to_screen(*viewing.plane.of_world(at)[:2])
        assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx(where, abs=1)


def tilted(volume: Volume, degrees: float = 20) -> Volume:
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    turn = np.array([[c, -s, 0, 0], [s, c, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    return replace(volume, affine=turn @ volume.affine)


def test_a_map_lies_evenly_and_is_cut_off_by_its_threshold() -> None:
    base = body(spacing=(2.0, 2.0, 2.0))
    values = np.broadcast_to(np.arange(20, dtype=np.float32), base.array.shape).copy()
    values[..., 3] = np.nan
    one = layer(Volume(values, base.affine), "map", 0, 19, colour_map="grey", opacity=0.5, threshold=9.99)
    looked = tinted(np.array([[np.nan, 9.98, 9.99, 10.0, 19.0, 40.0, np.inf]]), one.look) >> 24
    assert looked[0].tolist() == [0, 0, 128, 128, 128, 128, 0]
    made = picture(over(base, one, window=BLACK))
    assert set(np.unique(made[100, ::10])) <= set(range(129))
    assert made[100].max() == 128
    assert (made[100, 110:199].sum(axis=-1) == 0).all()


def test_a_heatmap_grows_out_of_nothing() -> None:
    values = np.array([[0.0, 0.25, 1.0, np.nan, -1.0]])
    look = Overlay(body(), 0, 1, opacity=0.8)
    assert (tinted(values, look) >> 24).tolist() == [[0, 102, 204, 0, 0]]


@pytest.mark.parametrize("span", [(0, 5), (-1, 5), (-5, 2)])
def test_a_signed_map_is_blue_below_zero_and_red_above_whatever_its_range(span: tuple[float, float]) -> None:
    look = Overlay(body(), *span, colour_map="diverging", opacity=1.0, even=True)
    below, above = (tinted(np.array([[value]]), look)[0, 0] for value in (-0.5, 0.5))
    red, blue = 16, 0
    assert (below >> red) & 255 < (below >> blue) & 255
    assert (above >> red) & 255 > (above >> blue) & 255
    assert (look.low, look.high) == (-5, 5)


def test_colours_without_a_middle_span_the_values_that_there_are() -> None:
    positive = Volume(np.linspace(0, 5, 8).reshape(1, 2, 2, 2), np.eye(4))
    signed = Overlay(positive, 0, 5).recoloured("diverging")
    assert (signed.low, signed.high) == (-5, 5)
    assert (signed.recoloured("hot").low, signed.recoloured("hot").high) == (0, 5)


def test_a_hidden_label_is_not_drawn_and_the_others_are() -> None:
    look = Overlay(body(), 0, 3, colour_map="mask", opacity=1.0, hidden=frozenset({2}))
    assert (tinted(np.array([[0, 1, 2, 3]]), look) >> 24).tolist() == [[0, 255, 0, 255]]
    assert np.count_nonzero(look.table()[:, 3]) == pytest.approx(look.entries / 2, rel=0.01)
    assert look.colouring != replace(look, hidden=frozenset()).colouring


def test_labels_have_the_colours_of_classes_and_no_others() -> None:
    assert LABEL_COLOURS == OKABE_ITO
    base = body()
    values = np.zeros(base.array.shape, np.uint8)
    values[..., :7], values[..., 13:] = 1, 3
    made = picture(over(base, layer(Volume(values, base.affine), "mask"), window=BLACK))
    found = {tuple(colour) for colour in made.reshape(-1, 3)}
    assert found == {(0, 0, 0), tuple(colour_of(OKABE_ITO[0])), tuple(colour_of(OKABE_ITO[2]))}


@pytest.mark.parametrize("kind", [np.uint8, np.int16, np.float32, np.bool_])
def test_masks_keep_their_edges_on_any_grid(kind: type) -> None:
    base, shape = body(spacing=(4.0, 4.0, 4.0)), (40, 40, 40)
    values: np.ndarray = np.zeros((1, 40, 40, 40), kind)
    values[..., 10:30, 10:30] = 1
    one = layer(tilted(Volume(values, affine_of("RAS", (1.0, 1.0, 1.0), shape))), "mask")
    made = picture(over(base, one, window=BLACK), (400, 400))
    assert len(np.unique(made.reshape(-1, 3), axis=0)) == 2
    millimetres = (made.sum(axis=2) > 0).sum() / 100
    assert millimetres == pytest.approx(400, rel=0.01)


def test_an_outline_leaves_the_inside_free() -> None:
    base = body(spacing=(1.0, 1.0, 1.0))
    values = np.zeros(base.array.shape, np.uint8)
    values[..., 10:30, 10:30] = 2
    made = picture(over(base, layer(Volume(values, base.affine), "mask", outline=True), window=BLACK)).sum(axis=2)
    assert (made[100, 50:52] > 0).all()
    assert (made[100, 54:146] == 0).all()
    assert (made[100, 148:150] > 0).all()
    assert (made[100, 150:] == 0).all()


def test_layers_lie_in_their_order_and_only_where_they_are_shown() -> None:
    base = body()
    ones = Volume(np.ones(base.array.shape, np.float32), base.affine)
    grey, green = layer(ones, "map", colour_map="grey"), layer(ones, "mask")
    assert picture(over(base, grey, green))[100, 100].tolist() == colour_of(OKABE_ITO[0]).tolist()
    assert picture(over(base, green, grey))[100, 100].tolist() == [255, 255, 255]
    assert (picture(over(base, replace(grey, shown=False))) == picture(over(base))).all()


def test_a_layer_of_which_nobody_knows_where_it_lies_is_not_drawn() -> None:
    base = body()
    lost = Volume(np.ones((1, 5, 5, 5)), np.diag([1.0, 0.0, np.nan, 1.0]))
    assert (picture(over(base, layer(lost))) == picture(over(base))).all()


def test_swipe_and_checkers_divide_the_view() -> None:
    base = body()
    ones = Volume(np.ones(base.array.shape, np.float32), base.affine)
    swiped = picture(over(base, layer(ones, "map", colour_map="grey", region=Region("swipe", 0.25)), window=BLACK))
    assert (swiped[:, :50] == 0).all()
    assert (swiped[:, 50:] == 255).all()
    board = picture(
        over(base, layer(ones, "map", colour_map="grey", region=Region("checkers", fields=4)), window=BLACK)
    )
    fields = board[25::50, 25::50, 0]
    assert fields.tolist() == [[0, 255, 0, 255], [255, 0, 255, 0]] * 2
    assert (board[:50, 50:100] == 255).all()


def test_frames_of_a_layer_follow_the_scan_beneath() -> None:
    base = body(frames=3)
    array = np.zeros(base.array.shape, np.float32) + np.arange(3, dtype=np.float32).reshape(3, 1, 1, 1)
    one = layer(Volume(array, base.affine), "map")
    assert value_under(over(base, one).at_frame(2), one, (0, 0, 0)) == 2
    assert value_under(over(base, one).at_frame(2), replace(one, follows=False), (0, 0, 0)) == 0
    echo = replace(one, overlay=replace(one.overlay, volume=base, frame=1))
    assert echo.frame_over(base, 2) == 1


def test_what_is_pointed_at_is_said_of_the_topmost_layer_that_has_something_there() -> None:
    base = body()
    values = np.full(base.array.shape, 84.25, np.float32)
    labels = np.zeros(base.array.shape, np.uint8)
    labels[0, 0, 0, 0] = 2
    seen = over(base, layer(Volume(values, base.affine), "map"), layer(Volume(labels, base.affine), "mask"))
    assert pointed_words(seen, CERTAIN, (5, 5, 5)).startswith("100   T2 84.2 ms   voxel 5, 5, 5")
    assert pointed_words(seen, CERTAIN, (0, 0, 0)).startswith("100   T2 2 ms   voxel")


@pytest.mark.parametrize("name", ["viridis", "hot", "grey", "inferno"])
def test_colour_maps_grow_brighter_all_the_way(name: str) -> None:
    brightness = colours(name) @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(brightness) > 0).all()
    assert name in MAPS


def test_colours_of_a_scan_can_be_base_and_layer() -> None:
    shape = (1, 1, 20, 20)
    red = np.zeros((*shape, 3), np.uint8)
    red[..., 0] = 200
    base = Volume(np.full(shape, 60, np.uint8), affine_of("RAS", (2, 2, 2), (20, 20, 1)), colour=red)
    blue = replace(base, colour=red[..., ::-1].copy())
    seen = over(base, layer(blue, "scan", 0, 255, opacity=0.5), window=Window(127.5, 255))
    assert picture(seen)[100, 100].tolist() == pytest.approx([100, 0, 100], abs=1)
