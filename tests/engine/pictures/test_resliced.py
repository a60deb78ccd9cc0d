import numpy as np
import pytest

from engine.imaging.volume import Affine, Volume
from engine.pictures.hanging import Hanging, hanging_words
from engine.pictures.linked import Linked
from engine.pictures.planes import linked_planes, resliced_through
from engine.pictures.resliced import is_oblique
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.helpers.volumes import body

CENTRE, RADIUS = (7.0, -9.0, 11.0), 8.0
ALONG = Hanging(patient_axes=True)
SHAPE = (48, 50, 30)


def tilted(degrees: float = 25.0) -> Affine:
    """Voxels of 1.5 x 1.5 x 2.5 mm, tilted about two axes, with the middle of the grid at the origin."""
    a, b = np.deg2rad(degrees), np.deg2rad(degrees / 2)
    about_x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    about_z = np.array([[np.cos(b), -np.sin(b), 0], [np.sin(b), np.cos(b), 0], [0, 0, 1]])
    affine = np.eye(4)
    affine[:3, :3] = about_z @ about_x @ np.diag([-1.5, -1.5, 2.5])
    affine[:3, 3] = -affine[:3, :3] @ ((np.array(SHAPE) - 1) / 2)
    return affine


def sphere() -> Volume:
    """A bright sphere of RADIUS about CENTRE with a soft edge."""
    affine = tilted()
    z, y, x = np.indices(SHAPE[::-1])
    world = np.tensordot(affine[:3], np.stack([x, y, z, np.ones_like(x)]), 1)
    away = np.linalg.norm(world - np.reshape(CENTRE, (3, 1, 1, 1)), axis=0)
    return Volume((1000 * np.clip(RADIUS + 1 - away, 0, 1)).astype(np.int16)[np.newaxis], affine)


@pytest.mark.parametrize("axis", range(3), ids=["sagittal", "coronal", "axial"])
def test_a_sphere_lies_where_it_is_and_is_as_large(axis: int) -> None:
    volume = sphere()
    plane = resliced_through(volume, axis, ALONG)
    picture = plane.picture(volume.array[0], plane.index_nearest(CENTRE))
    rows, columns = np.nonzero(picture > 500)
    found = plane.to_world(columns.mean() + 0.5, rows.mean() + 0.5, plane.index_nearest(CENTRE))
    others = [i for i in range(3) if i != axis]
    assert np.abs(np.subtract(found, CENTRE))[others].max() < 0.3
    across, down = plane.pixel_mm
    assert np.sqrt(rows.size * across * down / np.pi) == pytest.approx(RADIUS + 0.5, abs=0.5)


def test_the_planes_of_the_patient_stand_square_to_each_other_and_say_so() -> None:
    planes = linked_planes(sphere(), ALONG)
    assert [plane.name for plane in planes] == ["axial", "coronal", "sagittal"]
    assert hanging_words(planes[0]) == "Radiological, resliced"
    assert hanging_words(planes[2]) == "Resliced"
    assert planes[0].pixel_mm == pytest.approx((1.5, 1.5))
    for plane in planes:
        step = np.subtract(plane.to_world(1, 0, 0), plane.to_world(0, 0, 0))
        assert np.count_nonzero(np.abs(step) > 1e-9) == 1


def test_a_scan_that_stands_straight_is_never_resliced() -> None:
    assert not is_oblique(body("PIR"))
    assert not any(plane.resliced for plane in linked_planes(body("PIR"), ALONG))


def test_half_a_degree_is_taken_for_straight_and_two_are_not() -> None:
    for degrees, oblique in ((0.4, False), (2.0, True)):
        assert is_oblique(Volume(sphere().array, tilted(degrees))) is oblique


def test_a_point_chosen_in_a_resliced_plane_is_the_stored_voxel_there() -> None:
    volume = sphere()
    linked = Linked.of(Viewing.of(volume, Window(500, 1000), hanging=ALONG), ALONG)
    one = linked.viewings[0]
    column, row, _ = one.plane.of_world(CENTRE)
    chosen = one.at_slice(one.plane.index_nearest(CENTRE)).pointing(column, row)
    assert chosen.marked is not None
    assert np.abs(np.subtract(volume.to_world(chosen.marked), CENTRE)).max() < 2.5
    assert chosen.value(chosen.marked) == 1000
    assert all(np.nanmax(viewing.picture()) == 1000 for viewing in linked.after(chosen).viewings)


def test_beside_the_volume_there_is_no_voxel_and_no_number() -> None:
    volume = sphere()
    plane = linked_planes(Volume(volume.array + 50, volume.affine), ALONG)[0]
    assert plane.voxel_at(0.5, 0.5, 0) is None
    assert np.isnan(plane.picture(volume.array[0] + 50, plane.count // 2)[0, 0])


def test_values_between_voxels_are_blended_linearly() -> None:
    affine = tilted()
    z, y, x = np.indices(SHAPE[::-1])
    ramp = (3.0 * x + 5.0 * y - 7.0 * z).astype(np.float32)
    volume = Volume(ramp[np.newaxis], affine)
    plane = linked_planes(volume, ALONG)[1]
    index, column, row = plane.count // 2, plane.columns // 2, plane.rows // 2
    at = volume.to_voxel(plane.to_world(column + 0.5, row + 0.5, index))
    assert plane.picture(ramp, index)[row, column] == pytest.approx(np.dot((3, 5, -7), at), abs=1e-2)


def test_the_way_back_to_the_stored_planes_keeps_the_position() -> None:
    linked = Linked.of(Viewing.of(sphere(), Window(500, 1000))).at(CENTRE)
    there = linked.hung(ALONG)
    assert all(viewing.plane.resliced for viewing in there.viewings)
    back = there.hung(Hanging())
    assert [viewing.index for viewing in back.viewings] == [viewing.index for viewing in linked.viewings]
    assert back.viewing.cross == linked.viewing.cross


def test_however_the_voxels_lie_in_memory_the_picture_is_the_same() -> None:
    volume = sphere()
    plane = linked_planes(volume, ALONG)[0]
    index = plane.index_nearest(CENTRE)
    scattered = np.asfortranarray(volume.array[0])
    assert np.array_equal(plane.picture(scattered, index), plane.picture(volume.array[0], index), equal_nan=True)
