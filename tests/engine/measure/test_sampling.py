"""Which voxels an area holds: those whose centres lie inside, whichever way the grid runs."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imaging import Volume
from engine.measure import Ellipse, Figures, Freehand, Rectangle, SlicePlane, figures
from tests.engine.measure.made import ANISOTROPIC, OBLIQUE, STRAIGHT, at, ball, centred, filled, slice_plane

SHAPE = (41, 31, 21)
GRIDS = [STRAIGHT, ANISOTROPIC, OBLIQUE]
ORIENTATIONS = [
    "".join(letters) for ends in itertools.product("RL", "AP", "SI") for letters in itertools.permutations(ends)
]
COUNTED = filled(centred(OBLIQUE, SHAPE), SHAPE, lambda places: np.arange(len(places)))


def values(found: Figures) -> tuple[float | None, ...]:
    one = found.frames[0]
    return (one.count, one.mean, one.sd, one.minimum, one.maximum, one.median)


@pytest.mark.parametrize("affine", GRIDS)
@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_rectangle_around_voxels_holds_just_these(affine: np.ndarray, axis: int) -> None:
    volume = filled(centred(affine, SHAPE), SHAPE, lambda places: np.arange(len(places)))
    plane = slice_plane(affine, axis)
    one, other = (size for number, size in enumerate(volume.spacing) if number != axis)
    found = figures(Rectangle(plane, at(plane, (-1.5 * one, -2.5 * other), (1.5 * one, 2.5 * other))), volume)
    middle = [slice(s // 2 - reach, s // 2 + reach + 1) for s, reach in zip(SHAPE, _reaches(axis), strict=True)]
    expected = volume.array[0][tuple(reversed(middle))]
    assert (found.frames[0].count, found.frames[0].mean, found.way) == (15, expected.mean(), "voxels")
    assert found.area_mm2 == pytest.approx(15 * one * other)


def _reaches(axis: int) -> tuple[int, ...]:
    one, other = (number for number in range(3) if number != axis)
    return tuple({axis: 0, one: 1, other: 2}[number] for number in range(3))


@pytest.mark.parametrize("affine", GRIDS)
def test_the_voxels_of_a_disc_have_its_area_within_a_pixel_of_its_edge(affine: np.ndarray) -> None:
    volume = filled(centred(affine, SHAPE), SHAPE, ball(8.05))
    plane = slice_plane(affine)
    found = figures(Ellipse(plane, at(plane, (-8.05, -8.05), (8.05, 8.05))), volume)
    pixel = float(np.prod(volume.spacing[:2]))
    edge = 2 * np.pi * 8.05 * max(volume.spacing[:2]) / 2
    assert found.frames[0].count * pixel == pytest.approx(np.pi * 8.05**2, abs=edge)
    assert found.frames[0].mean == pytest.approx(1)


def test_a_cylinder_is_the_same_in_each_of_its_slices() -> None:
    affine = centred(STRAIGHT, SHAPE)
    volume = filled(affine, SHAPE, lambda places: (np.hypot(places[:, 0], places[:, 1]) <= 15).astype(float))
    planes = [SlicePlane.spanned((0, 0, height), (1, 0, 0), (0, 1, 0)) for height in (-12, 0, 30)]
    sums = [figures(Rectangle(p, at(p, (-25, -25), (25, 25))), volume).frames[0] for p in planes]
    assert [one.mean * one.count * 4 for one in sums if one.mean] == pytest.approx([np.pi * 225] * 3, rel=0.03)


@pytest.mark.parametrize("degrees", [0, 17, 45, 90, 213])
@pytest.mark.parametrize("affine", GRIDS)
def test_a_turned_rectangle_holds_what_a_polygon_of_its_corners_holds(affine: np.ndarray, degrees: float) -> None:
    volume = filled(centred(affine, SHAPE), SHAPE, lambda places: places @ (1, 2, 3))
    plane = slice_plane(affine)
    box = Rectangle(plane, at(plane, (-7, -4), (6, 5))).turned(degrees)
    drawn = Freehand(plane, box.outline)
    assert values(figures(box, volume)) == pytest.approx(values(figures(drawn, volume)))
    assert drawn.area_mm2 == pytest.approx(box.area_mm2)


def test_a_rectangle_of_whole_voxels_holds_as_many_however_far_it_is_turned() -> None:
    """Voxels of a turned rectangle are those whose centres lie between its sides, found here one by one."""
    plane = slice_plane(OBLIQUE)
    box = Rectangle(plane, at(plane, (-7, -4), (6, 5))).turned(30)
    (cx, cy), voxels = plane.flat(np.array(box.centre))[0], np.argwhere(np.ones(SHAPE[::-1]))[:, ::-1]
    voxels = voxels[voxels[:, 2] == SHAPE[2] // 2]
    places = plane.flat((COUNTED.affine[:3, :3] @ voxels.T).T + COUNTED.affine[:3, 3]) - (cx, cy)
    turn = np.array([[np.cos(np.pi / 6), np.sin(np.pi / 6)], [-np.sin(np.pi / 6), np.cos(np.pi / 6)]])
    inside = (np.abs(places @ turn.T) <= (6.5, 4.5)).all(axis=1)
    assert figures(box, COUNTED).frames[0].count == inside.sum()


def test_what_a_line_encloses_twice_is_left_out() -> None:
    plane = slice_plane(STRAIGHT)
    volume = filled(centred(STRAIGHT, SHAPE), SHAPE, lambda places: np.ones(len(places)))
    bow = Freehand(plane, at(plane, (-21, -21), (21, 21), (21, -21), (-21, 21)))
    box = Rectangle(plane, at(plane, (-21, -21), (21, 21)))
    counts = [figures(shape, volume).frames[0].count for shape in (bow, box)]
    assert counts[0] == pytest.approx(counts[1] / 2, abs=21)


@given(
    st.sampled_from(ORIENTATIONS),
    st.sampled_from(["rectangle", "ellipse"]),
    st.integers(0, 2),
    *[st.floats(-20, 20)] * 5,
)
def test_figures_do_not_depend_on_how_the_volume_is_oriented(
    letters: str, kind: str, axis: int, left: float, top: float, right: float, bottom: float, degrees: float
) -> None:
    plane = slice_plane(OBLIQUE, axis)
    shape = (Rectangle if kind == "rectangle" else Ellipse)(plane, at(plane, (left, top), (right, bottom))).turned(
        degrees
    )
    one, other = figures(shape, COUNTED), figures(shape, COUNTED.reoriented(letters))
    assert one.area_mm2 == other.area_mm2
    assert values(one) == pytest.approx(values(other))


def test_a_plane_between_the_slices_takes_the_nearest_one() -> None:
    volume = filled(np.eye(4), (5, 5, 5), lambda places: places[:, 2])
    plane = SlicePlane((0, 0, 2.4), (1, 0, 0), (0, 1, 0))
    found = figures(Rectangle(plane, ((0, 0, 2.4), (4, 4, 2.4))), volume)
    assert (found.frames[0].mean, found.frames[0].count, found.way) == (2, 25, "voxels")


def test_an_oblique_plane_takes_the_nearest_voxels_and_says_so() -> None:
    volume = filled(centred(STRAIGHT, SHAPE), SHAPE, lambda places: places[:, 2])
    plane = SlicePlane.spanned((0, 0, 0), (1, 0, 0), (0, 1, 1))
    found = figures(Rectangle(plane, at(plane, (-10, 0), (10, 20))), volume)
    assert found.way == "nearest"
    assert "no slice of the scan" in found.notes[0]
    assert found.frames[0].mean == pytest.approx(10 / np.sqrt(2), abs=0.5)
    assert found.frames[0].maximum == 12
    assert found.frames[0].count == pytest.approx(400 / 4, abs=10)


def test_the_part_of_an_area_that_lies_outside_has_no_values() -> None:
    volume = Volume(np.ones((1, 4, 4, 4)), np.eye(4))
    plane = SlicePlane((0, 0, 0), (1, 0, 0), (0, 1, 0))
    found = figures(Rectangle(plane, ((1.5, 1.5, 0), (1e7, 1e7, 0))), volume)
    assert (found.frames[0].count, found.area_mm2) == (4, (1e7 - 1.5) ** 2)


def test_an_oblique_plane_that_reaches_far_out_is_taken_inside_only() -> None:
    volume = filled(centred(STRAIGHT, SHAPE), SHAPE, lambda places: np.ones(len(places)))
    plane = SlicePlane.spanned((0, 0, 0), (1, 0, 0), (0, 1, 1))
    found = figures(Rectangle(plane, at(plane, (-1e7, -1e7), (1e7, 1e7))), volume)
    assert (found.frames[0].mean, found.frames[0].left_out) == (1, 0)


PLANE = SlicePlane((0, 0, 0), (1, 0, 0), (0, 1, 0))
OBLIQUE_PLANE = SlicePlane.spanned((0, 0, 0), (1, 0, 1), (0, 1, 0))


@pytest.mark.parametrize(
    ("shape", "note"),
    [
        (Rectangle(PLANE, ((10, 10, 0), (20, 20, 0))), "no voxel's centre lies inside"),
        (Rectangle(PLANE, ((0.2, 0.2, 0), (0.4, 0.4, 0))), "no voxel's centre lies inside"),
        (Ellipse(PLANE, ((1, 1, 0), (1, 3, 0))), "it has no area"),
        (Freehand(PLANE, ((1, 1, 0),)), "it has no area"),
        (Rectangle(PLANE, ((0, 0, 0), (4, 4, 0))).moved((0, 0, 9)), "it lies outside of the scan"),
        (Rectangle(PLANE, ((0, 0, 0), (4, 4, 0))).moved((0, 0, -0.6)), "it lies outside of the scan"),
        (Ellipse(OBLIQUE_PLANE, ((0, 0, 0), (4, 4, 4))).moved((90, 0, 0)), "it lies outside of the scan"),
    ],
)
def test_an_area_without_voxels_says_why(shape: Rectangle, note: str) -> None:
    found = figures(shape, Volume(np.ones((2, 4, 4, 4)), np.eye(4)))
    assert [(one.count, one.mean, one.median) for one in found.frames] == [(0, None, None)] * 2
    assert (found.way, found.notes) == ("none", (note,))


def test_a_scan_without_geometry_has_no_values() -> None:
    found = figures(Rectangle(PLANE, ((0, 0, 0), (4, 4, 0))), Volume(np.ones((1, 4, 4, 4)), np.zeros((4, 4))))
    assert (found.area_mm2, found.frames[0].count) == (16, 0)
    assert "no geometry" in found.notes[0]


@given(st.lists(st.tuples(*[st.floats(-5e8, 5e8) | st.floats(-30, 30)] * 2), min_size=1, max_size=6), st.integers(0, 3))
def test_any_polygon_is_measured_on_any_grid(places: list, grid: int) -> None:
    affine = [*GRIDS, np.eye(4)][grid]
    volume = filled(centred(affine, (5, 4, 3)), (5, 4, 3), lambda found: found[:, 0])
    found = figures(Freehand(slice_plane(OBLIQUE), at(slice_plane(OBLIQUE), *places)), volume)
    assert found.area_mm2 is not None
    assert found.area_mm2 >= 0
    assert (found.way == "none") == (found.frames[0].count == 0)
