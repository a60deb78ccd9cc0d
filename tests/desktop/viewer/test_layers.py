"""Layers that are really painted over slices."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.viewer import layer_canvas
from desktop.viewer.canvas import Canvas
from desktop.viewer.magnifier import RADIUS
from desktop.viewer.slice_view import SliceView
from engine.imaging.volume import Volume
from engine.pictures.camera import Camera, Placement
from engine.pictures.hanging import Hanging
from engine.pictures.laid import compose
from engine.pictures.layer import WHOLE, Layer, LayerKind, Region
from engine.pictures.layer_values import values_over
from engine.pictures.overlay import Overlay
from engine.pictures.planes import linked_planes
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.desktop.viewer.screen import hover, pixels
from tests.helpers.volumes import MARKED, SOME, affine_of, body

SIDE = 400
BLACK = Window.between(5000, 6000)
GREYS = Window.between(0, 1000)


def layer(volume: Volume, kind: LayerKind = "heatmap", *, key: str = "h", region: Region = WHOLE, **look: Any) -> Layer:
    return Layer(key, "T2", kind, Overlay(volume, 0, 1, **{"opacity": 1.0, **look}), "ms", region=region)


def smooth_volume(shape: tuple[int, int, int], affine: np.ndarray, high: float = 1.0) -> Volume:
    """Slow waves from 0 to `high` on any grid."""
    z, y, x = np.indices(shape[::-1])
    waves = (1 + np.sin(x / 5.0) * np.cos(y / 6.0) * np.cos(z / 4.0)) / 2
    return Volume((high * waves).astype(np.float32)[np.newaxis], affine)


def painted(viewing: Viewing, smooth: bool = True, size: int = SIDE) -> np.ndarray:
    """What the canvas paints on black, without what is written over it."""
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    canvas, painter = Canvas(), QPainter(image)
    canvas.smooth = smooth
    canvas.paint(painter, viewing, placed(viewing, size), image.size(), 1.0)
    painter.end()
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(size, size, 4)
    return raw[..., 2::-1].astype(int)


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """The greatest difference in brightness, in grey levels."""
    return float(np.abs((one - other.astype(float)) @ np.array([0.2126, 0.7152, 0.0722])).max())


def placed(viewing: Viewing, size: int = SIDE) -> Placement:
    plane = viewing.plane
    return Placement.of((plane.columns, plane.rows), plane.pixel_mm, (size, size), viewing.camera)


BASE = smooth_volume((50, 60, 40), affine_of("LPS", (2.0, 1.5, 2.5), (50, 60, 40)), 1000)
AWRY = smooth_volume((44, 30, 50), affine_of("PIR", (2.7, 3.1, 2.1), (44, 30, 50)))
LABELS = replace(AWRY, array=(3.99 * AWRY.array).astype(np.uint8))
HOLED = replace(AWRY, array=np.where(AWRY.array > 0.8, np.nan, AWRY.array))
LAYERS = {
    "heatmap": layer(AWRY, opacity=0.8),
    "map": layer(AWRY, "map", colour_map="viridis", opacity=0.6),
    "scan": layer(replace(BASE, array=BASE.array / 1000), "scan", colour_map="grey", opacity=0.5),
    "swipe": layer(AWRY, "map", colour_map="hot", region=Region("swipe", 0.37)),
    "checkers": layer(AWRY, "map", colour_map="viridis", region=Region("checkers", fields=7)),
}


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("camera", [Camera(), Camera(3.13, 11.7, -7.3), Camera(0.4)], ids=["fitted", "near", "far"])
def test_the_window_paints_what_pictures_without_it_show(qapp, name: str, camera: Camera) -> None:
    viewing = replace(Viewing.of(BASE, GREYS), layers=(LAYERS[name],), camera=camera)
    drawn = compose(viewing, placed(viewing), (SIDE, SIDE))
    assert np.ptp(drawn) > 50
    assert apart(painted(viewing), drawn) <= 2


@pytest.mark.parametrize("name", LAYERS)
def test_so_it_does_where_voxels_are_not_blended(qapp, name: str) -> None:
    viewing = replace(Viewing.of(BASE, GREYS), layers=(LAYERS[name],))
    drawn = compose(viewing, placed(viewing), (SIDE, SIDE), smooth=False)
    assert apart(painted(viewing, smooth=False), drawn) <= 2


@pytest.mark.parametrize("kind", ["mask", "map"])
def test_so_it_does_with_edges(qapp, kind: LayerKind) -> None:
    viewing = replace(Viewing.of(BASE, GREYS), layers=(layer(LABELS if kind == "mask" else HOLED, kind),))
    drawn = compose(viewing, placed(viewing), (SIDE, SIDE))
    differs = np.abs(painted(viewing) - drawn).max(axis=2) > 2
    assert differs.mean() < 0.005


@pytest.mark.parametrize("region", [Region("swipe", 0.37), Region("checkers", fields=7)], ids=["swipe", "checkers"])
def test_so_it_does_where_a_scan_takes_the_place_of_another(qapp, region: Region) -> None:
    viewing = replace(Viewing.of(BASE, GREYS), layers=(layer(HOLED, "scan", colour_map="grey", region=region),))
    drawn = compose(viewing, placed(viewing), (SIDE, SIDE))
    differs = np.abs(painted(viewing) - drawn).max(axis=2) > 2
    assert differs.mean() < 0.005


def test_so_it_does_with_three_planes_and_resliced_ones(qapp) -> None:
    tilt = np.array([[np.cos(0.3), -np.sin(0.3), 0, 0], [np.sin(0.3), np.cos(0.3), 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    base, hanging = replace(BASE, affine=tilt @ BASE.affine), Hanging(patient_axes=True)
    first = replace(Viewing.of(base, GREYS, hanging=hanging), layers=(LAYERS["heatmap"],))
    for plane in linked_planes(base, hanging):
        viewing = first.in_plane(plane)
        assert viewing.plane.resliced
        drawn = compose(viewing, placed(viewing), (SIDE, SIDE))
        assert apart(painted(viewing), drawn) <= 2


def test_so_it_does_over_colours(qapp) -> None:
    colour = np.stack([BASE.array * 0.2, BASE.array * 0.1, 200 - BASE.array * 0.2], axis=-1).astype(np.uint8)
    viewing = replace(Viewing.of(replace(BASE, colour=colour), Window(127.5, 255)), layers=(LAYERS["heatmap"],))
    drawn = compose(viewing, placed(viewing), (SIDE, SIDE))
    assert apart(painted(viewing), drawn) <= 2


@pytest.mark.parametrize("orientation", SOME)
def test_a_layer_lies_on_the_screen_where_the_scan_has_its_place(view: SliceView, orientation: str) -> None:
    shape = (40, 30, 28)
    affine = affine_of("PSL", (1.0, 1.5, 1.2), shape)
    voxel = np.rint(np.linalg.solve(affine[:3, :3], np.array(MARKED) - affine[:3, 3])).astype(int)
    grid = np.zeros(shape[::-1], np.uint8)
    x, y, z = voxel
    grid[z - 1 : z + 2, y - 1 : y + 2, x - 1 : x + 2] = 1
    world = affine[:3, :3] @ voxel + affine[:3, 3]
    at = (float(world[0]), float(world[1]), float(world[2]))
    first = replace(Viewing.of(body(orientation), BLACK), layers=(layer(Volume(grid[np.newaxis], affine), "mask"),))
    for plane in linked_planes(first.volume):
        view.show_viewing(first.in_plane(plane).near(at))
        made = pixels(view).astype(int)
        rows, columns = np.nonzero((made == [0xE6, 0x9F, 0x00]).all(axis=2))
        where = view.placement.to_screen(*plane.of_world(at)[:2])
        assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx(where, abs=1)


@pytest.fixture
def samplings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the layers whose values are fetched, each time."""
    fetched: list[str] = []
    fetch: Callable[..., Any] = values_over

    def noted(viewing: Viewing, one: Layer, *arguments: Any) -> Any:
        fetched.append(one.key)
        return fetch(viewing, one, *arguments)

    monkeypatch.setattr(layer_canvas, "values_over", noted)
    return fetched


def test_window_opacity_and_region_sample_nothing_again(view: SliceView, samplings: list[str]) -> None:
    one = layer(AWRY, "map", opacity=0.5)
    viewing = replace(Viewing.of(BASE, GREYS), layers=(one,))
    view.show_viewing(viewing)
    before = pixels(view).astype(int)
    assert samplings == ["h"]
    fainter = replace(one, overlay=replace(one.overlay, opacity=0.1))
    for changed in (
        replace(viewing, window=BLACK),
        replace(viewing, layers=(fainter,)),
        replace(viewing, layers=(replace(one, region=Region("swipe")),)),
    ):
        view.show_viewing(changed)
        assert np.abs(pixels(view).astype(int) - before).max() > 20
    assert samplings == ["h"]


def test_scrolling_samples_each_new_slice_once(view: SliceView, samplings: list[str]) -> None:
    other = layer(AWRY, key="other")
    viewing = replace(Viewing.of(BASE, GREYS), layers=(layer(AWRY), other))
    for index in (10, 11, 11, 12):
        view.show_viewing(viewing.at_slice(index))
        pixels(view)
        pixels(view)
    assert samplings == ["h", "other"] * 3


def test_a_layer_that_is_not_shown_costs_nothing(view: SliceView, samplings: list[str]) -> None:
    bare = Viewing.of(BASE, GREYS)
    view.show_viewing(bare)
    before = pixels(view)
    view.show_viewing(replace(bare, layers=(replace(layer(AWRY), shown=False),)))
    assert (pixels(view) == before).all()
    assert samplings == []


def test_the_glass_shows_layers_up_to_the_same_line(view: SliceView) -> None:
    ones = Volume(np.ones(BASE.array.shape, np.uint8), BASE.affine)
    view.show_viewing(replace(Viewing.of(BASE, BLACK), layers=(layer(ones, "mask", region=Region("swipe", 0.45)),)))
    at, line = QPoint(200, 200), 180
    hover(view, at)
    view.magnify(True)
    row = pixels(view)[230].astype(int)
    orange = (np.abs(row - [0xE6, 0x9F, 0x00]).max(axis=1) < 10).nonzero()[0]
    inside = orange[(orange > at.x() - RADIUS + 20) & (orange < at.x() + RADIUS - 20)]
    assert inside.min() == pytest.approx(at.x() + 2 * (line - at.x()), abs=1)


def test_the_value_of_the_layer_stands_beside_that_of_the_scan(view: SliceView) -> None:
    view.show_viewing(replace(Viewing.of(BASE, GREYS), layers=(layer(AWRY, "map"),)))
    before = pixels(view)
    hover(view, QPoint(150, 200))
    assert (pixels(view)[:40] != before[:40]).any()
