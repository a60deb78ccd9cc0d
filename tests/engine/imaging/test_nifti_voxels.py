import nibabel
import numpy as np
import pytest

from engine.imaging import inspect, open_scan, read
from tests.engine.imaging.made import AFFINE, colour_of, voxels, write

PLAIN_AND_PACKED = pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])


def coloured(path, channels):
    """A NIfTI file of colours (x, y, z, channels)."""
    values = np.random.default_rng(0).integers(0, 256, (4, 3, 2, channels), dtype=np.uint8)
    names = "RGBA"[:channels]
    packed = values.view([(name, "u1") for name in names])[..., 0]
    nibabel.Nifti1Image(packed, AFFINE).to_filename(path)
    return values


@PLAIN_AND_PACKED
@pytest.mark.parametrize("channels", [3, 4])
def test_colours_come_with_their_brightness(tmp_path, name, channels):
    values = coloured(tmp_path / name, channels)
    volume = read(tmp_path / name)
    assert np.array_equal(colour_of(volume)[0], values[..., :3].transpose(2, 1, 0, 3))
    expected = values[..., :3] @ [0.299, 0.587, 0.114]
    assert np.abs(volume.array[0] - expected.T).max() < 1
    assert [doubt.kind for doubt in inspect(tmp_path / name).doubts] == ["colour"]


@PLAIN_AND_PACKED
def test_of_complex_numbers_the_magnitude_is_taken_and_that_is_said(tmp_path, name):
    values = (voxels(4, 3, 2) + 1j * voxels(4, 3, 2)[::-1]).astype(np.complex64)
    path = write(tmp_path / name, values)
    assert np.allclose(read(path).array[0], np.abs(values).T)
    assert [doubt.kind for doubt in inspect(path).doubts] == ["format"]


@pytest.mark.parametrize(
    ("dtype", "slope", "intercept", "expected"),
    [
        ("u1", 1, -1024, "int16"),
        ("i2", 1, -1024, "int32"),
        ("u2", 1, 5, "int32"),
        ("i4", 1, 1, "float32"),
        ("i2", 1, 0.5, "float32"),
        ("i2", 2, 0, "float32"),
        ("f8", 1, 7, "float32"),
        ("i2", 1, 0, "int16"),
        ("f8", 0, 0, "float64"),
    ],
)
def test_whole_shifts_stay_whole_and_other_scaling_makes_float32(tmp_path, dtype, slope, intercept, expected):
    values = voxels(4, 3, 2, dtype=dtype)
    path = write(tmp_path / "a.nii", values, scl_slope=slope, scl_inter=intercept)
    volume = read(path)
    assert (inspect(path).dtype, volume.array.dtype.name) == (expected, expected)
    assert np.allclose(volume.array[0], values.T.astype("f8") * (slope or 1) + intercept)


@PLAIN_AND_PACKED
@pytest.mark.parametrize("slope", [0.0, 0.25])
def test_a_plane_has_the_values_and_the_type_of_the_volume(tmp_path, name, slope):
    path = write(tmp_path / name, voxels(4, 3, 5, 2), scl_slope=slope)
    scan, array = open_scan(inspect(path).source), read(path).array
    planes = [[scan.plane(frame, z) for z in range(5)] for frame in range(2)]
    assert np.array_equal(planes, array)
    assert planes[0][0].dtype == array.dtype


@pytest.mark.parametrize("ending", [".hdr", ".img"])
def test_a_pair_is_read_by_either_half(tmp_path, ending):
    values = voxels(4, 3, 2, 5)
    nibabel.Nifti1Pair(values, AFFINE).to_filename(tmp_path / "a.hdr")
    header = inspect(tmp_path / f"a{ending}")
    assert [file.name for file in header.source.files] == ["a.hdr", "a.img"]
    volume = open_scan(header.source).load()
    assert np.array_equal(volume.array, values.T)
    assert np.allclose(volume.affine, AFFINE)
    assert header.format == "nifti"


def test_a_compressed_pair_is_read(tmp_path):
    values = voxels(4, 3, 2)
    nibabel.Nifti2Pair(values, AFFINE).to_filename(tmp_path / "a.hdr.gz")
    assert np.array_equal(read(tmp_path / "a.img.gz").array[0], values.T)
