import nibabel
import numpy as np
import pytest

from engine.errors import ReadError
from engine.imaging import inspect, read
from tests.engine.imaging.made import AFFINE, voxels, write


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_axes_are_frames_z_y_x(tmp_path, name):
    values = voxels(4, 3, 2, 5)
    volume = read(write(tmp_path / name, values))
    assert np.array_equal(volume.array, values.T)
    assert (volume.shape_xyz, volume.frames) == ((4, 3, 2), 5)


def test_inspect_and_read_tell_the_same(tmp_path):
    path = write(tmp_path / "a.nii.gz", voxels(4, 3, 2, 5))
    header, volume = inspect(path), read(path)
    assert (header.shape, header.frames, header.dtype) == (volume.shape_xyz, volume.frames, "int16")
    assert np.array_equal(header.affine, volume.affine)
    assert (header.frame_axis, header.frame_values) == (volume.frame_axis.kind, volume.frame_axis.values)
    assert header.warnings == volume.facts.warnings


def test_a_plain_file_is_mapped_and_cannot_be_written_to(tmp_path):
    path = write(tmp_path / "a.nii", voxels(4, 3, 2))
    before = path.read_bytes()
    array = read(path).array
    assert isinstance(array.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        array[0, 0, 0, 0] = 1
    assert path.read_bytes() == before


def test_a_flat_image_is_one_slice(tmp_path):
    assert read(write(tmp_path / "a.nii", voxels(4, 3))).array.shape == (1, 1, 3, 4)


@pytest.mark.parametrize("shape", [(4, 3, 2, 1, 5), (4, 3, 2, 5, 1), (4, 3, 2, 1, 1, 5)])
def test_axes_of_length_one_do_not_count(tmp_path, shape):
    assert read(write(tmp_path / "a.nii", voxels(*shape))).array.shape == (5, 2, 3, 4)


def test_two_further_axes_are_frames_that_are_not_told_apart(tmp_path):
    values = voxels(4, 3, 2, 5, 3)
    path = write(tmp_path / "a.nii", values)
    assert np.array_equal(read(path).array, values.T.reshape(15, 2, 3, 4))
    assert inspect(path).frame_axis == "unknown"
    assert "its 15 frames run over 2 axes (5 x 3), which are not told apart" in inspect(path).warnings


def test_a_vector_on_the_fifth_axis_is_no_time(tmp_path):
    header = inspect(write(tmp_path / "a.nii", voxels(4, 3, 2, 1, 3), pixdim=[1, 2, 2.5, 3, 2, 1, 0, 0]))
    assert (header.frames, header.frame_axis) == (3, "unknown")


@pytest.mark.parametrize("slope", [0.0, np.nan, np.inf])
def test_a_slope_of_zero_or_no_number_means_no_scaling(tmp_path, slope):
    values = voxels(4, 3, 2)
    volume = read(write(tmp_path / "a.nii", values, scl_slope=slope, scl_inter=7.0))
    assert np.array_equal(volume.array[0], values.T)
    assert volume.array.dtype == np.int16


def test_scaling_is_applied(tmp_path):
    values = voxels(4, 3, 2)
    volume = read(write(tmp_path / "a.nii", values, scl_slope=0.5, scl_inter=-3.0))
    assert np.array_equal(volume.array[0], values.T * 0.5 - 3)
    assert volume.array.dtype == np.float32


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
@pytest.mark.parametrize("dtype", [">i2", ">f4", ">u4"])
def test_big_endian_files_come_out_in_the_machines_order(tmp_path, name, dtype):
    values = voxels(4, 3, 2)
    header = nibabel.Nifti1Header(endianness=">")
    nibabel.Nifti1Image(values.astype(dtype), AFFINE, header, dtype=dtype).to_filename(tmp_path / name)
    assert (tmp_path / name).stat().st_size > 0
    volume = read(tmp_path / name)
    assert volume.array.dtype.isnative
    assert np.array_equal(volume.array[0], values.T)
    assert np.allclose(volume.affine, AFFINE)


def test_nifti2_is_read(tmp_path):
    values = voxels(4, 3, 2)
    nibabel.Nifti2Image(values, AFFINE).to_filename(tmp_path / "a.nii")
    volume = read(tmp_path / "a.nii")
    assert np.array_equal(volume.array[0], values.T)
    assert np.array_equal(volume.affine, AFFINE)


@pytest.mark.parametrize(("code", "reason"), [(1536, "128-bit"), (2048, "256-bit"), (1, "bits"), (7, "type 7")])
def test_voxels_that_cannot_be_held_are_refused(tmp_path, code, reason):
    with pytest.raises(ReadError, match=reason) as caught:
        inspect(write(tmp_path / "a.nii", voxels(4, 3, 2), datatype=code))
    assert caught.value.hint


def test_names_do_not_decide_whether_a_file_is_compressed(tmp_path):
    values = voxels(4, 3, 2)
    write(tmp_path / "a.nii", values).rename(tmp_path / "b.nii.gz")
    write(tmp_path / "a.nii.gz", values).rename(tmp_path / "c.nii")
    assert np.array_equal(read(tmp_path / "b.nii.gz").array, read(tmp_path / "c.nii").array)


def test_half_of_a_pair_without_the_other_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(ReadError, match="header of a pair") as caught:
        inspect(write(tmp_path / "a.nii", voxels(4, 3, 2), magic=b"ni1"))
    assert ".hdr" in caught.value.hint


def test_folders_with_spaces_and_other_letters_are_fine(tmp_path):
    folder = tmp_path / "Ärzte & Söhne – 画像"
    folder.mkdir()
    assert read(write(folder / "Müller 1.nii.gz", voxels(4, 3, 2))).frames == 1


def test_bytes_after_the_voxels_are_warned_about(tmp_path):
    path = write(tmp_path / "a.nii", voxels(4, 3, 2))
    path.write_bytes(path.read_bytes() + bytes(10))
    assert any("10 bytes follow" in warning for warning in inspect(path).warnings)


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_what_is_odd_about_voxels_is_said_at_read_and_only_there(tmp_path, name):
    values = np.ones((4, 3, 2), "f4")
    path = write(tmp_path / name, values)
    assert inspect(path).warnings == ()
    assert read(path).facts.warnings == ("every voxel has the same value, 1.0",)
    values[0, 0, 0] = np.nan
    assert read(write(tmp_path / name, values)).facts.warnings == ("1 of 24 voxels are not a number",)
    values[:] = np.inf
    assert read(write(tmp_path / name, values)).facts.warnings == ("no voxel is a number",)


def test_a_scan_bears_the_name_of_its_file(tmp_path):
    assert inspect(write(tmp_path / "knee left.nii.gz", voxels(4, 3, 2))).title == "knee left"


def test_the_scaling_that_the_file_asks_for_is_told(tmp_path):
    values = voxels(4, 3, 2)
    assert inspect(write(tmp_path / "a.nii", values)).slope_intercept is None
    assert inspect(write(tmp_path / "b.nii", values, scl_slope=0.5, scl_inter=-3.0)).slope_intercept == (0.5, -3.0)
