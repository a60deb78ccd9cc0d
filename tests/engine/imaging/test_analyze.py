import numpy as np
import pytest
from scipy.io import savemat

from engine.errors import ReadError
from engine.imaging import discover, inspect, read
from tests.engine.imaging.made import AFFINE, OBLIQUE, by_nibabel, colour_of, voxels, write_analyze

ONE_FROM_ZERO = np.array([[1.0, 0, 0, -1], [0, 1, 0, -1], [0, 0, 1, -1], [0, 0, 0, 1]])


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("dtype", ["u1", "i2", "i4", "f4", "f8"])
def test_both_byte_orders_and_every_type_are_read_as_nibabel_does(tmp_path, order, dtype):
    path = write_analyze(tmp_path / "a.hdr", voxels(4, 3, 2, 5, dtype=dtype), order)
    volume, image = read(path), by_nibabel(path)
    assert np.array_equal(volume.array, np.asanyarray(image.dataobj).T)
    assert np.allclose(volume.affine, image.affine)
    assert volume.array.dtype.isnative


def test_left_and_right_are_always_doubted(tmp_path):
    header = inspect(write_analyze(tmp_path / "a.hdr", voxels(4, 3, 2)))
    assert [doubt.kind for doubt in header.doubts] == ["orientation"]
    assert (header.format, header.orientation, header.spacing) == ("analyze", "LAS", (2.0, 2.5, 3.0))


def test_spms_scale_factor_and_origin_are_used(tmp_path):
    path = write_analyze(tmp_path / "a.hdr", voxels(4, 3, 2), scl_slope=0.5, origin=[2, 3, 1, 0, 0])
    volume = read(path)
    assert np.array_equal(volume.array[0], voxels(4, 3, 2).T * 0.5)
    assert volume.to_world((1, 2, 0)) == (0.0, 0.0, 0.0)
    assert inspect(path).slope_intercept == (0.5, 0.0)


def test_a_scaling_by_calibrated_range_is_used_and_doubted(tmp_path):
    path = write_analyze(tmp_path / "a.hdr", voxels(4, 3, 2), glmin=0, glmax=20, cal_min=0, cal_max=10)
    assert np.allclose(read(path).array, by_nibabel(path).get_fdata().T)
    assert "scaling" in {doubt.kind for doubt in inspect(path).doubts}


@pytest.mark.parametrize("version", ["4", "5"])
@pytest.mark.parametrize("name", ["mat", "M"])
def test_the_matrix_beside_it_places_it_without_a_doubt(tmp_path, name, version):
    path = write_analyze(tmp_path / "a.hdr", voxels(4, 3, 2))
    savemat(tmp_path / "a.mat", {name: AFFINE @ ONE_FROM_ZERO}, format=version)
    header = inspect(path)
    assert np.allclose(header.affine, by_nibabel(path).affine)
    assert (header.certificate, header.companions) == ("pass", (tmp_path / "a.mat",))


def test_an_oblique_matrix_is_kept(tmp_path):
    path = write_analyze(tmp_path / "a.hdr", voxels(4, 3, 2))
    savemat(tmp_path / "a.mat", {"mat": OBLIQUE @ ONE_FROM_ZERO}, format="4")
    assert np.allclose(inspect(path).affine, OBLIQUE)


@pytest.mark.parametrize(
    "content", [b"", b"garbage" * 40, bytes(5000), b"MATLAB 5.0 MAT-file" + bytes(109) + b"\x00\x01IM"]
)
def test_a_matrix_file_that_cannot_be_used_is_said_and_the_scan_is_read(tmp_path, content):
    path = write_analyze(tmp_path / "a.hdr", voxels(4, 3, 2))
    (tmp_path / "a.mat").write_bytes(content)
    header = inspect(path)
    assert {"disagrees", "orientation"} <= {doubt.kind for doubt in header.doubts}
    assert read(path).array.shape == (1, 2, 3, 4)


def test_a_matrix_that_flattens_space_is_not_used(tmp_path):
    path = write_analyze(tmp_path / "a.hdr", voxels(4, 3, 2))
    savemat(tmp_path / "a.mat", {"mat": np.zeros((4, 4))}, format="4")
    assert inspect(path).spacing == (2.0, 2.5, 3.0)


def test_either_half_finds_the_other(tmp_path):
    write_analyze(tmp_path / "A.hdr", voxels(4, 3, 2))
    files = [tmp_path / "A.hdr", tmp_path / "A.img"]
    assert [list(inspect(file).source.files) for file in files] == [files, files]


def test_each_pair_of_a_folder_is_one_scan(tmp_path):
    for name in ("a.hdr", "b.hdr"):
        write_analyze(tmp_path / name, voxels(4, 3, 2))
    found = discover([tmp_path])
    assert sorted(scan.title for scan in found.scans) == ["a", "b"]
    assert found.unreadable == ()


@pytest.mark.parametrize(("gone", "kept"), [(".hdr", ".img"), (".img", ".hdr")])
def test_half_a_pair_says_what_is_missing(tmp_path, gone, kept):
    write_analyze(tmp_path / "a.hdr", voxels(4, 3, 2))
    (tmp_path / f"a{gone}").unlink()
    with pytest.raises(ReadError, match=f"a{gone} is not beside it"):
        inspect(tmp_path / f"a{kept}")


def test_a_header_that_claims_more_than_the_voxels_file_holds_is_refused(tmp_path):
    path = write_analyze(tmp_path / "a.hdr", voxels(4, 3, 2), dim=[3, 4, 3, 200, 1, 0, 0, 0])
    with pytest.raises(ReadError, match="cut short"):
        inspect(path)


def test_coloured_voxels_are_shown_in_colour(tmp_path):
    path = write_analyze(tmp_path / "a.hdr", voxels(12, 3, 2, dtype="u1"), datatype=128, dim=[3, 4, 3, 2, 1, 0, 0, 0])
    assert colour_of(read(path)).tobytes() == (tmp_path / "a.img").read_bytes()
