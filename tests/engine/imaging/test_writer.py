import gzip

import nibabel
import numpy as np
import pytest

from engine.errors import StorageError
from engine.imaging import Facts, FrameAxis, Volume, read
from engine.imaging.writer import write_nifti, write_npy
from tests.engine.imaging.made import AFFINE, voxels

ECHOES = FrameAxis("echo time", (12.3, 35.0, 70.1))
WRITERS = [("a.nii", write_nifti), ("a.nii.gz", write_nifti), ("a.npy", write_npy)]


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
