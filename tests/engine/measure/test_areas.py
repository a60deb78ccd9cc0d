"""Areas in mm²: turned, self-crossing, drawn either way round."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.measure import Ellipse, Freehand, Rectangle
from engine.measure.polygon import enclosed_area, points_within
from tests.engine.measure.made import AXIAL, OBLIQUE, at, slice_plane

PLANE = slice_plane(OBLIQUE)
SQUARE = np.array([(0, 0), (4, 0), (4, 4), (0, 4)], float)
corner = st.tuples(st.floats(-50, 50), st.floats(-50, 50))


def freehand(*places: tuple[float, float]) -> Freehand:
    return Freehand(PLANE, at(PLANE, *places))


def test_a_rectangle_between_any_two_opposite_corners_is_the_same() -> None:
    areas = [Rectangle(PLANE, at(PLANE, *ends)).area_mm2 for ends in (((0, 0), (3, 5)), ((3, 0), (0, 5)))]
    assert areas == pytest.approx([15, 15])


@given(st.floats(-720, 720))
def test_turning_a_rectangle_keeps_its_size_and_its_middle(degrees: float) -> None:
    shape = Rectangle(PLANE, at(PLANE, (10, 20), (13, 25)))
    turned = shape.turned(degrees)
    assert turned.size_mm == pytest.approx((3, 5))
    assert turned.centre == pytest.approx(shape.centre)


def test_a_rectangle_turned_by_a_right_angle_lies_across() -> None:
    turned = Rectangle(AXIAL, at(AXIAL, (-1, -3), (1, 3))).turned(90)
    width, height = np.ptp(AXIAL.flat(turned.outline), axis=0)
    assert (width, height) == pytest.approx((6, 2))


def test_an_ellipse_has_the_area_of_its_radii() -> None:
    assert Ellipse(PLANE, at(PLANE, (0, 0), (6, 10))).area_mm2 == pytest.approx(math.pi * 3 * 5)


def test_the_outline_of_an_ellipse_lies_on_it() -> None:
    shape = Ellipse(PLANE, at(PLANE, (-3, -5), (3, 5)))
    assert ((PLANE.flat(shape.outline) / (3, 5)) ** 2).sum(axis=1) == pytest.approx(1)


def test_a_polygon_has_the_area_it_encloses() -> None:
    assert freehand((0, 0), (6, 0), (6, 2), (2, 2), (2, 6), (0, 6)).area_mm2 == pytest.approx(20)


def test_where_a_line_crosses_itself_both_loops_count() -> None:
    assert freehand((0, 0), (4, 4), (4, 0), (0, 4)).area_mm2 == pytest.approx(8)


def test_what_is_enclosed_twice_is_outside() -> None:
    star = [(math.sin(4 * math.pi * k / 5), math.cos(4 * math.pi * k / 5)) for k in range(5)]
    outer = 10 * 0.5 * math.sin(math.pi / 5) * (small := math.cos(2 * math.pi / 5) / math.cos(math.pi / 5))
    inner = 2.5 * math.sin(2 * math.pi / 5) * small**2
    assert freehand(*star).area_mm2 == pytest.approx(outer - inner)


def test_a_square_drawn_twice_encloses_nothing() -> None:
    assert enclosed_area(np.vstack([SQUARE, SQUARE])) == pytest.approx(0)


@pytest.mark.parametrize("places", [[(1, 1)], [(1, 1), (5, 5)], [(1, 1), (5, 5), (3, 3)], [(2, 2)] * 4])
def test_what_has_no_width_has_no_area(places: list[tuple[float, float]]) -> None:
    assert freehand(*places).area_mm2 == pytest.approx(0, abs=1e-12)


@given(st.lists(corner, min_size=3, max_size=9), st.floats(0, 360))
def test_the_area_of_a_polygon_does_not_depend_on_how_it_lies(places: list, degrees: float) -> None:
    turned = PLANE.turned(degrees)
    area = Freehand(turned, at(PLANE, *places)).area_mm2
    assert area == pytest.approx(enclosed_area(np.array(places)), rel=1e-6, abs=1e-6)


@given(st.lists(corner, min_size=3, max_size=9))
def test_the_area_of_a_polygon_is_that_of_the_points_within(places: list) -> None:
    """Ten points to a millimetre: what is on the line is at most as much as the line is long."""
    corners = np.array(places)
    inside = points_within((corners + 51) * 10, 1021, 1021)
    length = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1).sum()
    assert inside.sum() / 100 == pytest.approx(enclosed_area(corners), abs=0.3 * length + 1)


def test_points_on_the_line_are_within_on_all_sides() -> None:
    assert points_within(SQUARE, 6, 6).sum() == 25


def test_points_on_a_slanting_line_are_within() -> None:
    assert points_within(np.array([(0.0, 0), (4, 4), (0, 4)]), 5, 5).tolist() == np.tri(5, dtype=bool).tolist()


def test_a_polygon_far_outside_holds_no_points() -> None:
    assert not points_within(SQUARE + 1e6, 5, 5).any()


def test_a_polygon_around_all_points_holds_them() -> None:
    assert points_within((SQUARE - 2) * 1e6, 5, 5).all()
