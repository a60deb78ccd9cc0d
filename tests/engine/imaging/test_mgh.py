import nibabel
import numpy as np
import pytest

from engine.errors import ReadError
from engine.imaging import inspect, open_scan, read
from tests.engine.imaging.made import OBLIQUE, voxels

NAMES = pytest.mark.parametrize("name", ["a.mgh", "a.mgz"])


def made(path, values, affine=OBLIQUE):
    nibabel.MGHImage(values, affine).to_filename(path)
    return path


def patched(path, offset, content):
    whole = bytearray(path.read_bytes())
    whole[offset : offset + len(content)] = content
    path.write_bytes(whole)
    return path


@NAMES
@pytest.mark.parametrize("dtype", ["u1", "i2", "i4", "f4"])
def test_voxels_and_place_are_those_that_nibabel_wrote(tmp_path, name, dtype):
    values = voxels(4, 3, 2, 5, dtype=dtype)
    volume = read(made(tmp_path / name, values))
    assert np.array_equal(volume.array, values.T)
    assert np.allclose(volume.affine, OBLIQUE, atol=1e-5)
    assert volume.array.dtype == np.dtype(dtype)


def test_a_file_that_says_where_it_lies_passes(tmp_path):
    header = inspect(made(tmp_path / "a.mgz", voxels(4, 3, 2, dtype="f4"), np.diag([1.0, 1, 2, 1])))
    assert (header.certificate, header.format, header.title) == ("pass", "mgh", "a")


def test_without_its_flag_freesurfers_default_is_taken_and_doubted(tmp_path):
    path = patched(made(tmp_path / "a.mgh", voxels(4, 3, 2, dtype="f4")), 28, b"\0\0")
    header = inspect(path)
    assert (header.orientation, header.spacing) == ("LIA", (1.0, 1.0, 1.0))
    assert {doubt.kind for doubt in header.doubts} == {"orientation", "size"}


def test_geometry_that_places_voxels_nowhere_is_not_used(tmp_path):
    path = patched(made(tmp_path / "a.mgh", voxels(4, 3, 2, dtype="f4")), 30, bytes(12))
    assert inspect(path).spacing == (1.0, 1.0, 1.0)
    assert inspect(path).certificate == "warn"


def test_frames_that_nothing_names_are_unknown(tmp_path):
    header = inspect(made(tmp_path / "a.mgz", voxels(4, 3, 2, 5, dtype="f4")))
    assert (header.frames, header.frame_axis) == (5, "unknown")


def test_a_header_that_claims_2_to_the_31_voxels_is_refused(tmp_path):
    path = patched(made(tmp_path / "a.mgh", voxels(4, 3, 2, dtype="f4")), 4, b"\x00\x00\x80\x00" * 2)
    with pytest.raises(ReadError, match="2\\^31 voxels"):
        inspect(path)


@NAMES
def test_a_plane_is_that_of_the_volume(tmp_path, name):
    path = made(tmp_path / name, voxels(4, 3, 5, 2, dtype="i2"))
    assert np.array_equal(open_scan(inspect(path).source).plane(1, 3), read(path).array[1, 3])


@NAMES
def test_the_footer_behind_the_voxels_is_no_doubt(tmp_path, name):
    path = made(tmp_path / name, voxels(4, 3, 2, dtype="f4"), np.diag([1.0, 1, 2, 1]))
    assert read(path).facts.doubts == ()
