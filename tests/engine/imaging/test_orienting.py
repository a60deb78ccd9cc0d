import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imaging import Volume, read
from tests.engine.imaging.made import AFFINE, voxels

LETTERS = [
    "".join(letters) for order in itertools.permutations(("RL", "AP", "SI")) for letters in itertools.product(*order)
]


def oblique(seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    affine = np.eye(4)
    affine[:3, :3] = np.linalg.qr(generator.normal(size=(3, 3)))[0] * generator.uniform(0.5, 5, 3)
    affine[:3, 3] = generator.uniform(-200, 200, 3)
    return affine


@given(letters=st.sampled_from(LETTERS), seed=st.integers(0, 10_000))
def test_every_voxel_keeps_its_place_in_every_orientation(letters, seed):
    before = Volume(voxels(2, 3, 4, 5), oblique(seed))
    after = before.reoriented(letters)
    for number in (0, 7, 33, 59):
        z, y, x = (int(index) for index in np.argwhere(after.array[0] == number)[0])
        i, j, k = (float(index) for index in np.unravel_index(number, (3, 4, 5))[::-1])
        assert after.to_world((x, y, z)) == pytest.approx(before.to_world((i, j, k)), abs=1e-9)


@given(letters=st.sampled_from(LETTERS), seed=st.integers(0, 10_000))
def test_the_axes_lead_where_they_were_asked_to(letters, seed):
    assert Volume(voxels(1, 2, 3, 4), oblique(seed)).reoriented(letters).orientation == letters


@pytest.mark.parametrize("letters", LETTERS)
def test_turning_there_and_back_gives_the_same_numbers(letters):
    before = Volume(voxels(2, 3, 4, 5), AFFINE)
    after = before.reoriented(letters).reoriented(before.orientation)
    assert np.array_equal(after.array, before.array)
    assert np.array_equal(after.affine, before.affine)


def test_it_is_a_view_and_colour_goes_along():
    array = voxels(1, 2, 3, 4)
    before = Volume(array, AFFINE, colour=np.stack([array] * 3, axis=-1).astype(np.uint8))
    after = before.reoriented("SAR")
    assert np.shares_memory(after.array, array)
    assert after.colour is not None
    assert np.array_equal(after.colour[..., 1], after.array)


@pytest.mark.parametrize("letters", ["", "RA", "RAX", "RLS", "RASS", "RAR"])
def test_nonsense_letters_are_refused(letters):
    with pytest.raises(ValueError, match="no orientation"):
        Volume(voxels(1, 2, 3, 4), AFFINE).reoriented(letters)


def test_a_volume_without_directions_cannot_be_turned():
    with pytest.raises(ValueError, match="lead nowhere"):
        Volume(voxels(1, 2, 3, 4), np.diag([1.0, 0, 1, 1])).reoriented()


def test_the_brain_in_48_orientations_is_one_volume(shared_data):
    files = sorted((shared_data / "niftispace").glob("*.nii.gz"))
    turned = {file.name[:3]: read(file).reoriented("RAS") for file in files}
    first = turned["RAS"]
    assert (len(turned), first.shape_xyz) == (48, (64, 79, 67))
    assert first.spacing == pytest.approx((2.385, 2.390, 2.366), abs=1e-3)
    assert [name for name, volume in turned.items() if not np.array_equal(volume.array, first.array)] == []
    assert [name for name, volume in turned.items() if np.abs(volume.affine - first.affine).max() > 1e-3] == []
