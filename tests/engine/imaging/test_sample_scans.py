"""Scans of other projects' machines and tools, against what nibabel makes of them."""

import json

import nibabel
import numpy as np
import pytest

from engine.errors import ReadError
from engine.imaging import discover, inspect, read
from engine.imaging.volume import orientation_letters
from tests.engine.imaging.made import by_nibabel


@pytest.fixture(scope="session")
def expected(shared_data):
    return json.loads((shared_data / "expected_nifti.json").read_text())


def readable(expected):
    return {name: facts for name, facts in expected.items() if "error" not in facts}


def test_headers_say_what_nibabel_says(shared_data, expected):
    for name, facts in readable(expected).items():
        header = inspect(shared_data / name)
        shape = [*header.shape, header.frames] if header.frames > 1 else [*header.shape]
        assert (shape, header.orientation) == (facts["shape"], facts["axcodes"]), name
        stored = np.dtype(facts["dtype"]).newbyteorder("=").name
        assert header.dtype == (stored if header.slope_intercept is None else "float32"), name
        assert np.allclose(header.affine, facts["affine"], atol=1e-3), name
        assert np.allclose(header.spacing, facts["zooms"][:3], rtol=1e-4), name
        assert header.certificate == "pass", name


def test_voxels_have_the_values_nibabel_finds(shared_data, expected):
    for name, facts in readable(expected).items():
        array = read(shared_data / name).array
        assert array.dtype.name == inspect(shared_data / name).dtype, name
        found = [np.nanmin(array), np.nanmax(array), np.nanmean(array, dtype=np.float64)]
        assert np.allclose(found, [facts["min"], facts["max"], facts["mean"]], rtol=1e-6), name


def test_all_48_orientations_are_the_same_brain(shared_data):
    files = sorted((shared_data / "niftispace").glob("*.nii.gz"))
    assert len(files) == 48
    first = None
    for path in files:
        volume = read(path)
        assert volume.orientation == path.name.removesuffix(".nii.gz")
        image = nibabel.as_closest_canonical(nibabel.Nifti1Image(volume.array[0].T, volume.affine))
        upright = np.asanyarray(image.dataobj)
        if first is None:
            first = (upright, image.affine)
        assert np.array_equal(upright, first[0]), path.name
        assert np.allclose(image.affine, first[1], atol=1e-3), path.name
    assert first is not None
    assert first[0].shape == (64, 79, 67)


def test_orientation_letters_agree_with_nibabel_on_oblique_grids():
    rng = np.random.default_rng(0)
    for _ in range(200):
        affine = np.eye(4)
        affine[:3, :3] = np.linalg.qr(rng.normal(size=(3, 3)))[0] * rng.uniform(0.5, 4, 3)
        assert orientation_letters(affine) == "".join(nibabel.aff2axcodes(affine))


def test_missing_values_are_said(shared_data):
    volume = read(shared_data / "nibabel_tests/images/resampled_anat_moved.nii")
    assert volume.facts.warnings == ("153 of 1071 voxels are not a number",)


def test_time_points_of_a_scanner_are_in_milliseconds(shared_data):
    header = inspect(shared_data / "dcm_qa_nih/Ref/DCM2NIIX_regression_test_4.nii")
    assert (header.frame_axis, header.frame_values[:3], header.modality) == ("time", (0.0, 5000.0, 10000.0), "MR")


@pytest.mark.parametrize("name", ["row_major.dconn.nii", "nifti1.hdr", "tiny.mnc", "analyze.hdr", "T1.PAR"])
def test_what_is_not_an_image_in_one_nifti_file_is_one_line_with_a_hint(shared_data, name):
    with pytest.raises(ReadError) as caught:
        inspect(shared_data / "nibabel_tests/images" / name)
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_picture_collection_is_scanned_file_by_file(shared_data):
    found = discover([shared_data / "mednist_sample"])
    assert len(found.scans) == 2400
    assert {scan.shape for scan in found.scans} == {(64, 64, 1)}
    assert {doubt.kind for scan in found.scans for doubt in scan.doubts} == {
        "orientation",
        "size",
        "eight-bit",
        "lossy",
    }


def test_an_archive_of_picture_stacks_holds_three_scans_and_no_labels(shared_data):
    found = discover([shared_data / "pneumoniamnist/data/pneumoniamnist.npz"])
    parts = {scan.source.part: scan.shape for scan in found.scans}
    assert parts == {"train_images": (28, 28, 3882), "val_images": (28, 28, 524), "test_images": (28, 28, 624)}
    assert found.unreadable == ()


def test_freesurfers_image_is_where_nibabel_puts_it(shared_data):
    path = shared_data / "nibabel_tests/images/test.mgz"
    volume, image = read(path), by_nibabel(path)
    assert np.allclose(volume.affine, image.affine)
    assert np.array_equal(volume.array, np.asanyarray(image.dataobj).T)
