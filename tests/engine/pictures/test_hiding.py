"""A scan that takes the place of another beyond a line, or on the fields of a board: that one is not seen there."""

from dataclasses import replace

import numpy as np
import pytest

from engine.imaging.volume import Volume
from engine.pictures.camera import Placement
from engine.pictures.doubt import CERTAIN
from engine.pictures.laid import compose
from engine.pictures.layer import Layer, Region
from engine.pictures.legend import pointed_words
from engine.pictures.overlay import Overlay
from engine.pictures.tinting import tinted
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window

SIZE, WINDOW = (200, 200), Window.between(0, 1000)
PLACE = Placement(0, 0, 2, 2)
REGIONS = [Region("swipe", 0.0), Region("checkers", fields=2)]
BRIGHT, DIM, BASE = 1000, 100, 255


def volume(shape: tuple[int, int, int], value: float, at: tuple[float, float, float] = (0, 0, 0)) -> Volume:
    affine = np.eye(4)
    affine[:3, 3] = at
    return Volume(np.full((1, *shape[::-1]), value, np.float32), affine)


def scan(of: Volume, region: Region, **look: object) -> Layer:
    overlay = Overlay(of, WINDOW.low, WINDOW.high, 0, "grey", 1.0, **look)  # type: ignore[arg-type]
    return Layer("other", "T2", "scan", overlay, region=region)


def shown(*layers: Layer) -> np.ndarray:
    base = Viewing.of(volume((100, 100, 5), BRIGHT), WINDOW)
    return compose(replace(base, layers=layers), PLACE, SIZE).astype(int)


@pytest.mark.parametrize("region", REGIONS, ids=["swipe", "board"])
def test_where_the_other_scan_ends_there_is_black(region: Region) -> None:
    small = volume((40, 40, 5), DIM, (10, 55, 0))
    made = shown(scan(small, region))
    assert np.unique(made[15:85, 125:175]).tolist() == [25]
    assert made[:5, 105:].max() == made[105:, :95].max() == 0
    assert (made[:5, :95].min() == BASE) == (region.way == "checkers")


@pytest.mark.parametrize("region", REGIONS, ids=["swipe", "board"])
def test_where_the_other_scan_is_no_number_there_is_black(region: Region) -> None:
    holed = volume((100, 100, 5), DIM)
    holed.array[..., :25] = np.nan
    for made in (shown(scan(holed, region)), shown(scan(volume((9, 9, 3), DIM, (0, 0, 400)), region))):
        assert made[10:90, 160:195].max() == 0


def test_a_scan_that_fades_in_or_is_not_shown_hides_nothing() -> None:
    nothing = volume((100, 100, 5), np.nan)
    assert shown(scan(nothing, Region())).min() == 255
    assert shown(replace(scan(nothing, REGIONS[0]), shown=False)).min() == 255


def test_black_and_white_are_exchanged_in_an_inverted_look() -> None:
    values = np.linspace(0, 1000, 21).reshape(3, 7)
    as_it_is, inverted = (
        tinted(values, scan(volume((3, 3, 3), 0), Region(), inverted=on).look) for on in (False, True)
    )
    assert inverted & np.uint32(255) == pytest.approx(255 - (as_it_is & np.uint32(255)), abs=1)
    colours = np.full((1, 1, 3), 55.0)
    assert tinted(colours, scan(volume((3, 3, 3), 0), Region(), inverted=True).look)[0, 0] == 0xFFC8C8C8


def test_the_values_of_both_sides_stand_under_the_pointer() -> None:
    grid = volume((100, 100, 5), BRIGHT)
    map_ = Layer("map", "T1", "map", Overlay(volume((100, 100, 5), 7), 0, 10), "ms")
    other = scan(volume((100, 100, 5), DIM), Region("swipe"))
    viewing = replace(Viewing.of(grid, WINDOW), layers=(map_, other))
    words = pointed_words(viewing, CERTAIN, (3, 3, 3))
    assert "1000   T1 7 ms   T2 100" in words
