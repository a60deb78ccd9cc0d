"""The plane of a slice: places in it and positions in the patient are the same points."""

import numpy as np
import pytest

from engine.measure import SlicePlane
from tests.engine.measure.made import OBLIQUE, slice_plane


def test_places_and_positions_are_the_same_points() -> None:
    plane = slice_plane(OBLIQUE)
    places = np.array([(3.0, -4.0), (0.0, 0.0), (100.0, 7.5)])
    np.testing.assert_allclose(plane.flat(plane.solid(places)), places, atol=1e-12)


def test_lengths_in_the_plane_are_lengths_in_the_patient() -> None:
    one, other = slice_plane(OBLIQUE).solid([(0, 0), (3, 4)])
    assert np.linalg.norm(other - one) == pytest.approx(5)


def test_directions_of_a_sheared_grid_are_straightened() -> None:
    plane = SlicePlane.spanned((1, 2, 3), (2, 0, 0), (1, 1, 0))
    assert (plane.across, plane.down) == ((1, 0, 0), (0, 1, 0))


@pytest.mark.parametrize(("across", "down"), [((1, 0, 0), (2, 0, 0)), ((0, 0, 0), (0, 1, 0)), ((1, 0, np.nan),) * 2])
def test_directions_that_span_no_plane_are_refused(across: tuple, down: tuple) -> None:
    with pytest.raises(ValueError, match="plane needs two directions"):
        SlicePlane.spanned((0, 0, 0), across, down)


@pytest.mark.parametrize("down", [(0.0, 2.0, 0.0), (0.6, 0.8, 0.0)])
def test_a_plane_has_unit_directions_at_right_angles(down: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="two unit directions"):
        SlicePlane((0, 0, 0), (1, 0, 0), down)


def test_height_is_the_distance_out_of_the_plane() -> None:
    plane = SlicePlane((0, 0, 5), (1, 0, 0), (0, 1, 0))
    assert plane.height((100, -100, 2)) == pytest.approx(-3)


def test_turning_leads_from_across_to_down() -> None:
    plane = SlicePlane((0, 0, 0), (1, 0, 0), (0, 1, 0)).turned(90)
    np.testing.assert_allclose((plane.across, plane.down), [(0, 1, 0), (-1, 0, 0)], atol=1e-15)
