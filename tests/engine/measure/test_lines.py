"""Distances and angles: true in space, wherever the points lie."""

import numpy as np
import pytest

from engine.imaging import Volume
from engine.measure import Angle, Distance, figures
from tests.engine.measure.made import ANISOTROPIC, AXIAL, OBLIQUE, at, ball, centred, filled, slice_plane


def test_a_distance_is_measured_through_space() -> None:
    assert figures(Distance(AXIAL, ((0, 0, 0), (2, 3, 6)))).length_mm == 7


@pytest.mark.parametrize("affine", [ANISOTROPIC, OBLIQUE])
@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_sphere_measures_its_diameter_within_a_pixel(affine: np.ndarray, axis: int) -> None:
    """Between the outermost voxels that are lit along a line through its middle."""
    volume = filled(centred(affine, (81, 61, 41)), (81, 61, 41), ball(12))
    lit = np.argwhere(volume.array[0])[:, ::-1]
    line = lit[(np.delete(lit, axis, axis=1) == np.delete((40, 30, 20), axis)).all(axis=1)]
    ends = [volume.to_world((int(x), int(y), int(z))) for x, y, z in line[[0, -1]]]
    length = figures(Distance(slice_plane(affine), tuple(ends)), volume).length_mm
    assert length == pytest.approx(24, abs=volume.spacing[axis])


def test_points_outside_of_the_scan_are_measured_as_well() -> None:
    volume = Volume(np.zeros((1, 2, 2, 2)), np.eye(4))
    assert figures(Distance(AXIAL, ((-500, 0, 0), (500, 0, 0))), volume).length_mm == 1000


@pytest.mark.parametrize("degrees", [0.001, 30, 90, 135, 179.999, 180])
def test_an_angle_is_that_between_its_arms(degrees: float) -> None:
    plane = slice_plane(OBLIQUE)
    end = (7 * np.cos(np.radians(degrees)), 7 * np.sin(np.radians(degrees)))
    points = [(x + 3, y - 2) for x, y in ((5, 0), (0, 0), end)]
    assert figures(Angle(plane, at(plane, *points))).angle_deg == pytest.approx(degrees, abs=1e-9)


def test_an_angle_without_an_arm_has_no_degrees() -> None:
    assert figures(Angle(AXIAL, ((1, 1, 1), (1, 1, 1), (2, 2, 2)))).angle_deg is None


def test_a_distance_has_no_values() -> None:
    volume = Volume(np.zeros((1, 2, 2, 2)), np.eye(4))
    found = figures(Distance(AXIAL, ((0, 0, 0), (1, 0, 0))), volume)
    assert (found.frames, found.area_mm2, found.angle_deg, found.way) == ((), None, None, "none")


@pytest.mark.parametrize("points", [(), ((0, 0, 0),), ((0, 0, 0),) * 3])
def test_a_distance_has_two_points(points: tuple) -> None:
    with pytest.raises(ValueError, match=f"does not have {len(points)} points"):
        Distance(AXIAL, points)


@pytest.mark.parametrize("point", [(0, 0, float("nan")), (0, float("inf"), 0), (0, 1e300, 0)])
def test_a_point_is_somewhere(point: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="three coordinates"):
        Distance(AXIAL, ((0, 0, 0), point))


def test_a_moved_distance_keeps_its_length_and_its_place_in_the_plane() -> None:
    shape = Distance(AXIAL, ((0, 0, 0), (2, 3, 0)))
    moved = shape.moved((1, 1, 9))
    assert (moved.points, moved.plane.height(moved.points[1])) == (((1, 1, 9), (3, 4, 9)), 0)


def test_one_point_of_a_distance_can_be_set() -> None:
    assert Distance(AXIAL, ((0, 0, 0), (2, 3, 0))).with_point(1, (5, 0, 0)).length_mm == 5
