import nibabel
import numpy as np
import pytest

from engine.imaging import inspect
from tests.engine.imaging.made import AFFINE, voxels, write


def rotation(degrees: float) -> np.ndarray:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    affine = np.eye(4)
    affine[:2, :2] = [[cos, -sin], [sin, cos]]
    return affine


def test_a_file_that_says_where_it_lies_passes(tmp_path):
    header = inspect(write(tmp_path / "a.nii", voxels(4, 3, 2), qform_code=1))
    assert np.allclose(header.affine, AFFINE)
    assert (header.certificate, header.warnings, header.orientation) == ("pass", (), "LAS")
    assert header.spacing == (2.0, 2.5, 3.0)


@pytest.mark.parametrize("turned", [0, 17, 90, 180, 200])
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_qform_is_used_where_there_is_no_sform(tmp_path, turned, mirrored):
    affine = rotation(turned) @ (AFFINE * [[-1 if mirrored else 1], [1], [1], [1]])
    image = nibabel.Nifti1Image(voxels(4, 3, 2), None)
    image.set_qform(affine, 1)
    image.to_filename(tmp_path / "a.nii")
    header = inspect(tmp_path / "a.nii")
    assert np.allclose(header.affine, affine, atol=1e-4)
    assert header.certificate == "pass"


def test_without_either_code_the_doubt_is_said(tmp_path):
    header = inspect(write(tmp_path / "a.nii", voxels(4, 3, 2), sform_code=0, qform_code=0))
    assert header.certificate == "warn"
    assert "left and right are not certain" in header.warnings[0]
    assert header.spacing == (2.0, 2.5, 3.0)


def test_orientations_that_disagree_are_warned_about_and_sform_wins(tmp_path):
    image = nibabel.Nifti1Image(voxels(4, 3, 2), AFFINE)
    image.set_qform(rotation(180) @ AFFINE, 1)
    image.to_filename(tmp_path / "a.nii")
    header = inspect(tmp_path / "a.nii")
    assert header.certificate == "warn"
    assert "sform, qform" in header.warnings[0]
    assert np.allclose(header.affine, AFFINE)


def test_an_sform_that_flattens_space_gives_way_to_the_qform(tmp_path):
    path = write(tmp_path / "a.nii", voxels(4, 3, 2), srow_x=[0, 0, 0, 0], qform_code=1)
    header = inspect(path)
    assert np.allclose(header.affine, AFFINE, atol=1e-5)
    assert "sform cannot be used" in header.warnings[0]


@pytest.mark.parametrize("sizes", [[1, 0, 0, 0, 0, 0, 0, 0], [1, np.nan, 1, 1, 1, 1, 1, 1]])
def test_impossible_voxel_sizes_become_one_millimetre_with_a_warning(tmp_path, sizes):
    header = inspect(write(tmp_path / "a.nii", voxels(4, 3, 2), sform_code=0, qform_code=0, pixdim=sizes))
    assert header.spacing == (1.0, 1.0, 1.0)
    assert any("voxel sizes" in warning for warning in header.warnings)


@pytest.mark.parametrize(("unit", "factor"), [(1, 1000.0), (3, 0.001), (0, 1.0), (2, 1.0)])
def test_sizes_in_other_units_are_converted_to_millimetres(tmp_path, unit, factor):
    header = inspect(write(tmp_path / "a.nii", voxels(4, 3, 2), qform_code=0, xyzt_units=unit))
    assert np.allclose(header.spacing, np.array([2.0, 2.5, 3.0]) * factor)
    assert header.certificate == ("pass" if factor == 1 else "warn")


def test_skewed_axes_are_warned_about(tmp_path):
    skewed = AFFINE.copy()
    skewed[0, 1] = 0.5
    header = inspect(write(tmp_path / "a.nii", voxels(4, 3, 2), skewed, qform_code=0))
    assert any("right angles" in warning for warning in header.warnings)
