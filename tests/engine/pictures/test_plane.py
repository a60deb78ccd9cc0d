import numpy as np
import pytest

from engine.imaging.volume import Volume
from engine.pictures.plane import WORLD_AXIS
from engine.pictures.planes import acquired_plane, plane_through, planes_of
from tests.helpers.volumes import MARKED, ORIENTATIONS, affine_of, body

HUNG = {"axial": ("R", "L", "A", "P"), "coronal": ("R", "L", "S", "I"), "sagittal": ("A", "P", "S", "I")}


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_every_axis_order_hangs_as_radiologists_expect(orientation: str) -> None:
    planes = planes_of(body(orientation))
    assert {plane.name: plane.letters for plane in planes} == HUNG


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_moving_towards_a_letter_moves_that_way_in_the_world(orientation: str) -> None:
    for plane in planes_of(body(orientation)):
        here = plane.world(_at(plane, 5, 5))
        for letter, there in ((plane.letters[1], _at(plane, 6, 5)), (plane.letters[3], _at(plane, 5, 6))):
            moved = np.subtract(plane.world(there), here)[WORLD_AXIS[letter]]
            assert np.sign(moved) == (1 if letter in "RAS" else -1)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_bright_block_is_drawn_where_its_world_position_is(orientation: str) -> None:
    volume = body(orientation)
    for plane in planes_of(volume):
        index = plane.index_near(MARKED)
        assert index is not None
        picture = plane.picture(volume.array[0], index)
        rows, columns = np.nonzero(picture == picture.max())
        voxel = plane.voxel_at(columns.mean() + 0.5, rows.mean() + 0.5, index)
        assert voxel is not None
        assert np.abs(np.subtract(plane.world(voxel), MARKED)).max() <= 2.0


@pytest.mark.parametrize("orientation", ORIENTATIONS[::5])
def test_a_point_of_the_picture_and_its_voxel_lead_to_each_other(orientation: str) -> None:
    volume = body(orientation, (1.0, 2.0, 4.0))
    for plane in planes_of(volume):
        voxel = plane.voxel_at(3.4, 2.9, 1)
        assert voxel is not None
        assert plane.point_of(voxel) == (3.5, 2.5)
        x, y, z = voxel
        assert plane.picture(volume.array[0], 1)[2, 3] == volume.array[0, z, y, x]


def test_the_acquired_plane_is_cut_across_the_coarsest_spacing() -> None:
    assert acquired_plane(body("RAS", (1.0, 4.0, 1.0))).name == "coronal"


def test_with_equal_spacings_the_fewest_slices_decide() -> None:
    volume = Volume(np.zeros((1, 64, 64, 12)), affine_of("RAS", (1.0, 1.0, 1.0), (12, 64, 64)))
    assert acquired_plane(volume).name == "sagittal"


def test_a_single_slice_is_never_cut_across() -> None:
    volume = Volume(np.zeros((1, 1, 64, 64)), affine_of("RAS", (3.0, 3.0, 0.5), (64, 64, 1)))
    assert [plane.name for plane in planes_of(volume)] == ["axial"]


def test_few_slices_offer_no_other_plane() -> None:
    volume = Volume(np.zeros((1, 8, 64, 64)), affine_of("LPS", (1.0, 1.0, 5.0), (64, 64, 8)))
    assert [plane.name for plane in planes_of(volume)] == ["axial"]


def test_an_oblique_volume_gets_the_nearest_letters() -> None:
    turn = np.deg2rad(30)
    affine = np.eye(4)
    affine[:2, :2] = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
    volume = Volume(np.zeros((1, 20, 20, 20)), affine)
    assert plane_through(volume, 2).letters == HUNG["axial"]


def test_an_affine_that_leads_nowhere_is_shown_as_stored_with_question_marks() -> None:
    volume = Volume(np.arange(24.0).reshape(1, 2, 3, 4), np.diag([0.0, 0.0, 0.0, 1.0]))
    plane = plane_through(volume, 2)
    assert plane.letters == ("?", "?", "?", "?")
    assert plane.position(0) is None
    assert np.array_equal(plane.picture(volume.array[0], 1), volume.array[0, 1])


def test_beside_the_picture_there_is_no_voxel() -> None:
    plane = planes_of(body())[0]
    assert plane.voxel_at(-0.1, 3, 0) is None
    assert plane.voxel_at(3, plane.rows, 0) is None


def test_a_slice_tells_its_position_with_the_side_it_is_on() -> None:
    plane = planes_of(body("LPS"))[0]
    assert plane.position(0) == ("I", 19.0)
    assert plane.position(plane.count - 1) == ("S", 19.0)


def test_a_position_outside_of_the_volume_has_no_slice() -> None:
    assert planes_of(body())[0].index_near((0.0, 0.0, 100.0)) is None


def _at(plane, column: int, row: int) -> tuple[int, int, int]:
    voxel = plane.voxel_at(column + 0.5, row + 0.5, 3)
    assert voxel is not None
    return voxel
