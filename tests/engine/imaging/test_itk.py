import numpy as np
import pytest
import SimpleITK

from engine.errors import ReadError
from engine.imaging import discover, inspect, open_scan, read
from tests.engine.imaging.made import colour_of

ENDINGS = pytest.mark.parametrize("ending", ["nrrd", "nhdr", "mha", "mhd"])
PACKED = pytest.mark.parametrize("packed", [False, True])
RNG = np.random.default_rng(0)


def made(path, values, packed=False, vector=False):
    """An oblique image of (z, y, x) or (z, y, x, values)."""
    image = SimpleITK.GetImageFromArray(values, isVector=vector)
    if image.GetDimension() == 3:
        cos, sin = np.cos(0.3), np.sin(0.3)
        image.SetDirection([cos, -sin, 0, sin, cos, 0, 0, 0, 1])
        image.SetSpacing((0.5, 0.6, 2))
        image.SetOrigin((1, 2, 3))
    SimpleITK.WriteImage(image, str(path), packed)
    return image


@ENDINGS
@PACKED
@pytest.mark.parametrize("dtype", ["u1", "i2", "u4", "f4", "f8"])
def test_voxels_and_place_are_simpleitks(tmp_path, ending, packed, dtype):
    values = RNG.integers(0, 99, (5, 4, 3)).astype(dtype)
    path = tmp_path / f"a.{ending}"
    image = made(path, values, packed)
    volume = read(path)
    assert np.array_equal(volume.array[0], values)
    assert volume.array.dtype == np.dtype(dtype)
    left, back, up = image.TransformIndexToPhysicalPoint((2, 3, 4))
    assert np.allclose(volume.to_world((2, 3, 4)), (-left, -back, up))
    assert inspect(path).certificate == "pass"


@ENDINGS
@PACKED
def test_a_plane_is_that_of_the_volume(tmp_path, ending, packed):
    values = RNG.integers(0, 99, (5, 4, 3)).astype("i2")
    made(tmp_path / f"a.{ending}", values, packed)
    assert np.array_equal(open_scan(inspect(tmp_path / f"a.{ending}").source).plane(0, 3), values[3])


@ENDINGS
@PACKED
def test_colours_come_with_their_brightness(tmp_path, ending, packed):
    values = RNG.integers(0, 256, (5, 4, 3, 3)).astype("u1")
    made(tmp_path / f"a.{ending}", values, packed, vector=True)
    volume = read(tmp_path / f"a.{ending}")
    assert np.array_equal(colour_of(volume)[0], values)
    assert volume.frames == 1


@ENDINGS
@PACKED
def test_other_vectors_are_frames_that_nothing_names(tmp_path, ending, packed):
    values = RNG.random((5, 4, 3, 6)).astype("f4")
    made(tmp_path / f"a.{ending}", values, packed, vector=True)
    assert np.array_equal(read(tmp_path / f"a.{ending}").array, np.moveaxis(values, -1, 0))
    assert inspect(tmp_path / f"a.{ending}").frame_axis == "unknown"


@ENDINGS
@PACKED
def test_a_fourth_axis_is_frames(tmp_path, ending, packed):
    values = RNG.random((3, 5, 4, 3)).astype("f4")
    made(tmp_path / f"a.{ending}", values, packed)
    assert np.array_equal(read(tmp_path / f"a.{ending}").array, values)


@ENDINGS
def test_a_flat_image_does_not_know_where_it_lies(tmp_path, ending):
    made(tmp_path / f"a.{ending}", RNG.random((4, 3)).astype("f4"))
    header = inspect(tmp_path / f"a.{ending}")
    assert header.shape == (3, 4, 1)
    assert [doubt.kind for doubt in header.doubts] == ["orientation"]


@pytest.mark.parametrize("ending", ["nhdr", "mhd"])
@PACKED
def test_data_beside_the_header_belong_to_the_scan(tmp_path, ending, packed):
    made(tmp_path / f"a.{ending}", RNG.random((5, 4, 3)).astype("f4"), packed)
    found = discover([tmp_path])
    assert (len(found.scans), found.unreadable) == (1, ())
    assert len(found.scans[0].source.files) == 2


@pytest.mark.parametrize("name", ["../a.raw", "/etc/passwd", "sub/a.raw", "..\\a.raw", "C:a.raw"])
def test_data_in_other_folders_are_never_touched(tmp_path, name):
    head = f"ObjectType = Image\nNDims = 3\nDimSize = 3 4 5\nElementType = MET_UCHAR\nElementDataFile = {name}\n"
    (tmp_path / "a.mhd").write_text(head)
    fields = f"NRRD0004\ntype: uchar\ndimension: 3\nsizes: 3 4 5\nencoding: raw\ndata file: {name}\n\n"
    (tmp_path / "b.nhdr").write_text(fields)
    for file in ("a.mhd", "b.nhdr"):
        with pytest.raises(ReadError, match="another folder"):
            inspect(tmp_path / file)


@pytest.mark.parametrize("name", ["LIST", "a%03d.raw 1 5 1"])
def test_data_in_several_files_are_refused(tmp_path, name):
    head = f"ObjectType = Image\nNDims = 3\nDimSize = 3 4 5\nElementType = MET_UCHAR\nElementDataFile = {name}\n"
    (tmp_path / "a.mhd").write_text(head)
    with pytest.raises(ReadError, match="several files"):
        inspect(tmp_path / "a.mhd")


@pytest.mark.parametrize("sizes", ["2000 2000 2000", "300 400 500", "0 4 5", "-3 4 5"])
def test_claims_beyond_the_file_are_refused(tmp_path, sizes):
    path = tmp_path / "a.nrrd"
    path.write_bytes(f"NRRD0004\ntype: short\ndimension: 3\nsizes: {sizes}\nencoding: raw\n\n".encode() + bytes(500))
    with pytest.raises(ReadError):
        inspect(path)


def test_text_data_are_read(tmp_path):
    numbers = " ".join(map(str, range(60)))
    fields = "NRRD0004\ntype: short\ndimension: 3\nsizes: 3 4 5\nencoding: ascii\n\n"
    (tmp_path / "a.nrrd").write_text(fields + numbers + "\n")
    assert np.array_equal(read(tmp_path / "a.nrrd").array.ravel(), np.arange(60))


def test_what_does_not_say_where_it_lies_is_doubted(tmp_path):
    path = tmp_path / "a.nrrd"
    path.write_bytes(b"NRRD0004\ntype: uchar\ndimension: 3\nsizes: 3 4 5\nencoding: raw\n\n" + bytes(range(60)))
    assert {doubt.kind for doubt in inspect(path).doubts} == {"orientation", "size"}


def test_a_file_of_nearly_the_same_name_is_not_read_instead(tmp_path):
    made(tmp_path / "a.mha", RNG.random((5, 4, 3)).astype("f4"))
    with pytest.raises(ReadError, match="no such file"):
        inspect(tmp_path / "a.mhd")


@pytest.mark.parametrize("ending", ["nrrd", "mha"])
def test_packed_slices_are_told_as_they_pass(tmp_path, ending):
    values = RNG.integers(0, 99, (5, 40, 30)).astype("i2")
    made(tmp_path / f"a.{ending}", values, packed=True)
    seen = []

    def arrived(volume, _frame, z):
        seen.append(z)
        assert np.array_equal(volume.array[0, z], values[z])

    open_scan(inspect(tmp_path / f"a.{ending}").source).load((0, 2), arrived)
    assert seen == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("ending", ["nrrd", "mha"])
def test_damaged_packed_data_are_noticed(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    made(path, RNG.integers(0, 99, (5, 40, 30)).astype("i2"), packed=True)
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    with pytest.raises(ReadError):
        read(path)
