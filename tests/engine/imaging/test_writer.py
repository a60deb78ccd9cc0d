import gzip
import tracemalloc
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import StorageError
from engine.imaging import Facts, FrameAxis, Volume, read
from engine.imaging.writer import write_nifti, write_npy
from tests.engine.imaging.made import AFFINE, voxels
from tests.engine.imaging.test_orienting import oblique

ECHOES = FrameAxis("echo time", (12.3, 35.0, 70.1))
WRITERS = [("a.nii", write_nifti), ("a.nii.gz", write_nifti), ("a.npy", write_npy)]


def loaded(path: Path) -> Any:
    """As nibabel reads it."""
    return nibabel.load(path)


def volume(axis: FrameAxis = ECHOES, dtype: str = "i2", frames: int = 3) -> Volume:
    return Volume(voxels(frames, 2, 3, 4, dtype=dtype), AFFINE, axis, Facts(modality="MR"))


@pytest.mark.parametrize(("name", "write"), WRITERS)
@pytest.mark.parametrize("dtype", ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8", ">i2"])
def test_what_was_written_is_read_back_exactly(tmp_path, name, write, dtype):
    before = volume(dtype=dtype)
    write(before, tmp_path / name)
    after = read(tmp_path / name)
    assert np.array_equal(after.array, before.array)
    assert after.array.dtype == before.array.dtype.newbyteorder("=")
    assert np.array_equal(after.affine, before.affine)
    assert after.frame_axis == before.frame_axis
    assert (after.facts.modality, after.facts.warnings) == ("MR", ())


@pytest.mark.parametrize(("name", "write"), WRITERS)
def test_one_frame_comes_back_as_one_frame(tmp_path, name, write):
    write(volume(FrameAxis(), frames=1), tmp_path / name)
    assert read(tmp_path / name).frame_axis == FrameAxis()


@pytest.mark.parametrize(("name", "write"), WRITERS)
@pytest.mark.parametrize("times", [(0.0, 500.0, 1000.0), (0.0, 500.0, 2500.0), (3.0, 4.0, 5.0)])
def test_time_points_come_back_even_or_not(tmp_path, name, write, times):
    write(volume(FrameAxis("time", times)), tmp_path / name)
    assert read(tmp_path / name).frame_axis == FrameAxis("time", times)


@pytest.mark.parametrize(("name", "write"), WRITERS)
def test_the_same_volume_gives_the_same_bytes(tmp_path, name, write):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        write(volume(), folder / name)
    assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


@pytest.mark.parametrize("affine", [np.eye(4), AFFINE, AFFINE[[1, 2, 0, 3]]])
def test_other_programs_find_voxels_and_places(tmp_path, affine):
    write_nifti(Volume(voxels(3, 2, 3, 4), affine), tmp_path / "a.nii.gz")
    image = nibabel.Nifti1Image.from_filename(tmp_path / "a.nii.gz")
    assert np.array_equal(np.asanyarray(image.dataobj), voxels(3, 2, 3, 4).T)
    assert np.allclose(image.affine, affine)
    assert np.allclose(image.get_qform(), affine, atol=1e-5)


def test_an_oblique_affine_is_off_by_less_than_a_thousandth_of_a_millimetre(tmp_path):
    affine = AFFINE.copy()
    affine[:3, :3] = affine[:3, :3] @ np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))[0]
    affine[:3, 3] = [-123.456789, 87.654321, 1000.1]
    write_nifti(Volume(voxels(1, 2, 3, 4), affine), tmp_path / "a.nii")
    assert np.abs(read(tmp_path / "a.nii").affine - affine).max() < 1e-3


def test_an_axis_too_long_for_nifti1_is_written_as_nifti2(tmp_path):
    write_nifti(Volume(voxels(1, 1, 1, 40_000), AFFINE), tmp_path / "a.nii")
    assert read(tmp_path / "a.nii").shape_xyz == (40_000, 1, 1)


def test_masks_and_half_precision_are_widened(tmp_path):
    write_nifti(Volume(np.ones((1, 2, 3, 4), bool), AFFINE), tmp_path / "a.nii")
    assert read(tmp_path / "a.nii").array.dtype == np.uint8
    write_nifti(Volume(np.ones((1, 2, 3, 4), np.float16), AFFINE), tmp_path / "a.nii")
    assert read(tmp_path / "a.nii").array.dtype == np.float32


def test_complex_voxels_are_refused(tmp_path):
    with pytest.raises(StorageError, match="complex64"):
        write_nifti(Volume(np.ones((1, 2, 3, 4), np.complex64), AFFINE), tmp_path / "a.nii")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_beside_the_file(tmp_path):
    write_nifti(Volume(voxels(1, 2, 3, 4), AFFINE), tmp_path / "a.nii.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["a.nii.gz"]


def test_an_old_sidecar_never_speaks_of_a_new_volume(tmp_path):
    write_nifti(volume(), tmp_path / "a.nii")
    write_nifti(Volume(voxels(3, 2, 3, 4), AFFINE), tmp_path / "a.nii")
    assert read(tmp_path / "a.nii").frame_axis.kind == "unknown"


def test_a_view_that_is_not_contiguous_is_written_as_it_reads(tmp_path):
    array = voxels(4, 3, 2, 3).T
    write_nifti(Volume(array, AFFINE), tmp_path / "a.nii.gz")
    assert gzip.decompress((tmp_path / "a.nii.gz").read_bytes())[352:] == np.ascontiguousarray(array).tobytes()


def corners(shape: tuple[int, int, int]) -> np.ndarray:
    return np.array([[*(np.array(at) * (np.array(shape) - 1)), 1] for at in np.ndindex(2, 2, 2)]).T


@given(seed=st.integers(0, 10_000), far=st.sampled_from([0, 1e3, 1e5]))
def test_every_corner_lies_within_a_micrometre_of_its_place_wherever_the_volume_is(tmp_path_factory, seed, far):
    path = tmp_path_factory.mktemp("far") / "a.nii"
    affine = oblique(seed)
    affine[:3, 3] += far
    write_nifti(Volume(voxels(1, 2, 3, 400), affine), path)
    apart = (loaded(path).affine - affine) @ corners((400, 3, 2))
    assert np.linalg.norm(apart[:3], axis=0).max() <= 1e-3


@pytest.mark.parametrize(("far", "size"), [(0, 348), (1e5 + 0.004, 540)])
def test_nifti2_is_taken_only_where_nifti1_would_move_voxels(tmp_path, far, size):
    affine = AFFINE.copy()
    affine[0, 3] = far
    write_nifti(Volume(voxels(1, 2, 3, 4), affine), tmp_path / "a.nii")
    assert loaded(tmp_path / "a.nii").header["sizeof_hdr"] == size


@given(seed=st.integers(0, 10_000))
def test_the_quaternion_says_the_same_or_nothing(tmp_path_factory, seed):
    path = tmp_path_factory.mktemp("quaternion") / "a.nii"
    write_nifti(Volume(voxels(1, 2, 3, 4), oblique(seed)), path)
    qform, code = loaded(path).header.get_qform(coded=True)
    assert code == 0 or np.abs((qform - oblique(seed)) @ corners((4, 3, 2))).max() < 1e-3


def test_a_sheared_grid_has_no_quaternion(tmp_path):
    affine = np.array([[1.0, 0, 0, 0], [0, 1, 0.5, 0], [0, 0, 2, 0], [0, 0, 0, 1]])
    write_nifti(Volume(voxels(1, 2, 3, 4), affine), tmp_path / "a.nii")
    assert loaded(tmp_path / "a.nii").header["qform_code"] == 0
    assert np.array_equal(loaded(tmp_path / "a.nii").affine, affine)


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_colour_is_written_as_other_programs_read_it(tmp_path, name):
    colour = np.random.default_rng(0).integers(0, 255, (2, 2, 3, 4, 3)).astype(np.uint8)
    write_nifti(Volume(colour.mean(axis=-1), AFFINE, colour=colour), tmp_path / name)
    image = loaded(tmp_path / name)
    assert (image.header["datatype"], image.header["bitpix"]) == (128, 24)
    seen = np.asanyarray(image.dataobj)
    assert np.array_equal(np.stack([seen["R"], seen["G"], seen["B"]], axis=-1), colour.transpose(3, 2, 1, 0, 4))


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_colour_comes_back(tmp_path, name):
    colour = np.random.default_rng(0).integers(0, 255, (1, 2, 3, 4, 3)).astype(np.uint8)
    write_nifti(Volume(colour.mean(axis=-1), AFFINE, colour=colour), tmp_path / name)
    back = read(tmp_path / name).colour
    assert back is not None
    assert np.array_equal(back, colour)


def test_b_values_lie_beside_as_other_programs_look_for_them(tmp_path):
    write_nifti(volume(FrameAxis("b-value", (0.0, 500.0, 1000.0))), tmp_path / "dwi.nii.gz")
    assert (tmp_path / "dwi.bval").read_text() == "0 500 1000\n"


def test_old_b_values_never_speak_of_a_new_volume(tmp_path):
    write_nifti(volume(FrameAxis("b-value", (0.0, 500.0, 1000.0))), tmp_path / "dwi.nii.gz")
    (tmp_path / "dwi.bvec").write_text("1 0 0\n")
    write_nifti(volume(), tmp_path / "dwi.nii.gz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dwi.json", "dwi.nii.gz"]


@pytest.mark.parametrize("kind", ["echo time", "repetition time", "inversion time", "b-value", "time"])
@pytest.mark.parametrize(("name", "write"), WRITERS)
def test_every_kind_of_frame_comes_back(tmp_path, name, write, kind):
    axis = FrameAxis(kind, (10.0, 20.5, 700.0))
    write(volume(axis), tmp_path / name)
    assert read(tmp_path / name).frame_axis == axis


def test_a_scan_takes_no_more_memory_to_write_than_a_few_slices(tmp_path):
    turned = Volume(np.zeros((1, 64, 128, 128), ">f4")[:, :, ::-1], AFFINE)
    write_nifti(turned, tmp_path / "a.nii.gz")
    tracemalloc.start()
    write_nifti(turned, tmp_path / "a.nii.gz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < turned.array.nbytes / 2
