import nibabel
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter

from engine.imaging import Volume
from tests.engine.imaging.made import AFFINE, voxels
from tests.engine.imaging.test_orienting import oblique

TILTED = np.array([[1.0, 0, 0, -5], [0, 1.0, 0.8, 2], [0, 0, 3.0, 7], [0, 0, 0, 1]])


def ramp(affine: np.ndarray, shape: tuple[int, int, int] = (9, 8, 7)) -> Volume:
    """A volume whose values are a linear function of the world position."""
    places = np.indices(shape[::-1])[::-1].reshape(3, -1)
    world = affine[:3, :3] @ places + affine[:3, 3:]
    return Volume(np.array([0.3, -0.7, 1.1] @ world).reshape(1, *shape[::-1]), affine)


def inner(volume: Volume, of: Volume) -> np.ndarray:
    """Which voxels of a volume lie between the centres of another's."""
    places = np.indices(volume.array.shape[1:])[::-1].reshape(3, -1)
    way = np.linalg.solve(of.affine, volume.affine)
    old = way[:3, :3] @ places + way[:3, 3:]
    limits = np.array(of.shape_xyz)[:, None] - 1
    return np.all((old >= 0) & (old <= limits), axis=0).reshape(volume.array.shape[1:])


@given(old=st.integers(0, 1000), new=st.integers(0, 1000))
def test_linear_values_stay_at_their_world_position_on_any_grid(old, new):
    before = ramp(oblique(old))
    grid = oblique(new)
    grid[:3, :3] = oblique(new)[:3, :3] / np.linalg.norm(oblique(new)[:3, :3], axis=0) * min(before.spacing)
    grid[:3, 3] = before.to_world((3, 3, 3))
    after = before.resampled(grid, (5, 6, 7))
    there = inner(after, before)
    assert np.allclose(after.array[0][there], ramp(grid, (5, 6, 7)).array[0][there], atol=1e-3)


@pytest.mark.parametrize("order", [0, 1, 3])
def test_on_its_own_grid_it_stays_what_it_is(order):
    before = Volume(voxels(2, 4, 5, 6), AFFINE)
    assert np.allclose(before.resampled_like(before, order).array, before.array, atol=1e-3)


def test_labels_stay_whole_numbers_of_their_type():
    labels = Volume(np.random.default_rng(0).integers(0, 9, (1, 8, 8, 8)).astype(np.int16) * 1000, AFFINE)
    after = labels.resampled_to((0.7, 0.9, 1.3), order=0)
    assert after.array.dtype == np.int16
    assert set(np.unique(after.array)) <= set(np.unique(labels.array))


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int32])
def test_masks_of_every_type_are_taken_to_another_grid(dtype):
    mask = Volume(np.ones((1, 4, 4, 4), dtype), AFFINE)
    after = mask.resampled_to((1, 1, 1), order=0).array
    assert after.dtype == dtype
    assert after.all()


@pytest.mark.parametrize("dtype", ["i2", "u1", "f8", "f4"])
@pytest.mark.parametrize("order", [1, 3])
def test_interpolated_values_are_float32(dtype, order):
    assert Volume(voxels(1, 4, 4, 4, dtype=dtype), AFFINE).resampled_to((1, 1, 1), order).array.dtype == np.float32


def test_outside_there_is_what_was_asked_for():
    moved = AFFINE.copy()
    moved[:3, 3] += 1000
    after = Volume(voxels(1, 4, 4, 4), AFFINE).resampled(moved, (2, 2, 2), fill=-1)
    assert np.unique(after.array).tolist() == [-1]


def test_a_voxel_reaches_to_its_edge_and_no_farther():
    step = np.eye(4)
    step[0, 3] = -0.49
    flat = Volume(np.full((1, 1, 1, 2), 5, np.int16), np.eye(4))
    assert flat.resampled(step, (1, 1, 1), fill=-1).array.item() == 5
    step[0, 3] = -0.51
    assert flat.resampled(step, (1, 1, 1), fill=-1).array.item() == -1


def test_it_agrees_with_another_program_between_the_voxels():
    from nibabel.processing import resample_from_to

    before = Volume(np.random.default_rng(1).normal(size=(1, 9, 8, 7)), AFFINE)
    image = nibabel.Nifti1Image(before.array[0].T, AFFINE)
    grid = AFFINE @ np.array([[0.7, 0.1, 0, 0.6], [-0.1, 0.8, 0, 0.9], [0, 0, 0.9, 0.5], [0, 0, 0, 1]])
    after, other = before.resampled(grid, (6, 6, 6)), resample_from_to(image, ((6, 6, 6), grid), order=1)
    there = inner(after, before)
    assert np.allclose(after.array[0][there], np.asarray(other.dataobj).T[there], atol=1e-5)


@pytest.mark.parametrize("spacing", [(1, 1, 1), (2, 2.5, 3), (4.1, 3.3, 7), (50, 50, 50)])
def test_another_spacing_keeps_the_centre_and_loses_nothing_of_the_field_of_view(spacing):
    before = Volume(voxels(1, 7, 8, 9), oblique(4))
    after = before.resampled_to(spacing)
    assert after.spacing == pytest.approx(spacing)
    middles = [[(n - 1) / 2 for n in one.shape_xyz] for one in (before, after)]
    centres = [one.to_world((x, y, z)) for one, (x, y, z) in zip((before, after), middles, strict=True)]
    assert centres[0] == pytest.approx(centres[1])
    sizes = [np.array(one.shape_xyz) * one.spacing for one in (before, after)]
    assert (sizes[1] > sizes[0] * 0.999).all()
    assert (sizes[1] < sizes[0] + spacing).all()


def test_much_coarser_voxels_are_averages_and_not_samples():
    noise = np.random.default_rng(0).normal(size=(1, 40, 40, 40)).astype(np.float32)
    after = Volume(noise, np.eye(4)).resampled_to((4, 4, 4)).array
    smooth = gaussian_filter(noise[0], 1.5, mode="nearest")
    assert after.std() < 0.25
    assert after[0, 5, 5, 5] == pytest.approx(smooth[21:23, 21:23, 21:23].mean(), abs=1e-4)


def test_a_constant_stays_constant_however_coarse_or_fine():
    flat = Volume(np.full((1, 10, 11, 12), 7, np.int16), oblique(3))
    for size in (0.4, 3, 30):
        assert np.allclose(flat.resampled_to((size, size, size)).array, 7, atol=1e-4)


@pytest.mark.parametrize("order", [1, 3])
def test_what_is_not_a_number_stays_so_and_does_not_spread(order):
    array = np.ones((1, 9, 9, 9), np.float32)
    array[0, 4, 4, 4] = np.nan
    array[0, 0, 0, 0] = np.inf
    after = Volume(array, np.eye(4)).resampled(np.eye(4), (9, 9, 9), order).array
    assert np.argwhere(np.isnan(after[0])).tolist() == [[0, 0, 0], [4, 4, 4]]
    assert np.nanmin(after) == np.nanmax(after) == 1


def test_colour_goes_along():
    grey = voxels(1, 4, 4, 4, dtype="u1")
    before = Volume(grey, np.eye(4), colour=np.stack([grey, grey * 2, grey * 3], axis=-1))
    moved = np.eye(4)
    moved[2, 3] = 1
    after = before.resampled(moved, (4, 4, 4))
    assert after.colour is not None
    assert before.colour is not None
    assert np.array_equal(after.colour[:, :3], before.colour[:, 1:])
    assert not after.colour[:, 3].any()


def test_a_tilted_stack_is_straightened_with_every_value_in_its_place():
    before = ramp(TILTED, (12, 10, 8))
    after = before.straightened(fill=-999)
    directions = after.affine[:3, :3] / after.spacing
    assert np.allclose(directions.T @ directions, np.eye(3))
    assert after.spacing == pytest.approx((1, 1, 3))
    there = inner(after, before)
    assert np.allclose(after.array[0][there], ramp(after.affine, after.shape_xyz).array[0][there], atol=1e-4)


def test_straightened_holds_all_corners_and_fills_with_the_lowest_value():
    before = ramp(TILTED)
    after = before.straightened()
    for corner in np.ndindex(2, 2, 2):
        voxel = after.to_voxel(before.to_world(tuple(np.array(corner) * (np.array(before.shape_xyz) - 1))))
        assert (np.array(voxel) > -0.5).all()
        assert (np.array(voxel) < np.array(after.shape_xyz) - 0.5).all()
    assert after.array.min() == pytest.approx(before.array.min(), abs=1e-5)


def test_a_straight_volume_is_not_touched():
    before = ramp(oblique(1))
    assert before.straightened() is before


@pytest.mark.parametrize(
    ("affine", "shape", "order", "fill"),
    [
        (np.zeros((4, 4)), (2, 2, 2), 1, 0),
        (np.eye(4), (2, 0, 2), 1, 0),
        (np.eye(4), (2, 2, 2), 2, 0),
        (np.eye(4), (2, 2, 2), 0, 1e6),
        (np.eye(4), (2, 2, 2), 0, 0.5),
    ],
)
def test_an_impossible_grid_is_refused(affine, shape, order, fill):
    with pytest.raises(ValueError, match=r"grid|order|stored"):
        Volume(voxels(1, 2, 3, 4), AFFINE).resampled(affine, shape, order, fill)


@pytest.mark.parametrize("spacing", [(0, 1, 1), (1, -1, 1), (1, 1, np.nan)])
def test_an_impossible_spacing_is_refused(spacing):
    with pytest.raises(ValueError, match="above 0"):
        Volume(voxels(1, 2, 3, 4), AFFINE).resampled_to(spacing)
