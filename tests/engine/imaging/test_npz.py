import json
import struct
import tracemalloc
import zipfile

import numpy as np
import pytest

from engine.errors import ReadError
from engine.imaging import discover, open_scan
from tests.engine.imaging.made import colour_of

SAVES = pytest.mark.parametrize("save", [np.savez, np.savez_compressed])


def stack(*shape, dtype="i2"):
    return np.arange(np.prod(shape)).reshape(shape).astype(dtype)


def scans(path):
    found = discover([path])
    assert found.unreadable == ()
    return {scan.source.part: scan for scan in found.scans}


def refused(path):
    found = discover([path])
    assert found.scans == ()
    return found.unreadable[0].error


@SAVES
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 4), (2, 3, 4, 5)])
def test_every_layout_gives_the_saved_numbers(tmp_path, save, order, shape):
    values = stack(*shape)
    save(tmp_path / "a.npz", image=np.asarray(values, order=order))
    scan = open_scan(scans(tmp_path / "a.npz")["image"].source)
    array = scan.load().array
    expected = np.moveaxis(values, -1, 0) if len(shape) == 4 else values.reshape((1, 1, *shape)[-4:])
    assert np.array_equal(array, expected)
    assert np.array_equal(scan.plane(0, 0), array[0, 0])


@SAVES
def test_each_array_is_a_scan_of_its_name(tmp_path, save):
    save(tmp_path / "a.npz", one=stack(2, 3, 4), two=stack(5, 6, 7))
    found = scans(tmp_path / "a.npz")
    assert {part: scan.shape for part, scan in found.items()} == {"one": (4, 3, 2), "two": (7, 6, 5)}
    assert found["one"].title == "a: one"


def test_labels_and_tables_beside_a_stack_are_passed_over(tmp_path):
    classes, many = np.zeros((9, 1), "u1"), np.zeros((9, 14), "u1")
    np.savez(tmp_path / "a.npz", images=stack(9, 3, 4), names=np.array(["a", "b"]), classes=classes, many=many)
    assert list(scans(tmp_path / "a.npz")) == ["images"]


def test_a_stack_without_geometry_may_be_many_pictures_and_that_is_said(tmp_path):
    np.savez(tmp_path / "a.npz", train=stack(9, 3, 4))
    doubts = {doubt.kind: doubt.text for doubt in scans(tmp_path / "a.npz")["train"].doubts}
    assert set(doubts) == {"orientation", "size", "mixed"}
    assert "'train' may be 9 pictures" in doubts["mixed"]


def test_the_sidecar_gives_the_affine(tmp_path):
    np.savez(tmp_path / "a.npz", image=stack(9, 3, 4))
    (tmp_path / "a.json").write_text(json.dumps({"affine": np.diag([1, 2, 3, 1]).tolist()}))
    header = scans(tmp_path / "a.npz")["image"]
    assert (header.spacing, header.certificate) == ((1.0, 2.0, 3.0), "pass")
    assert header.companions == (tmp_path / "a.json",)


@SAVES
def test_pictures_in_colour_are_shown_in_colour(tmp_path, save):
    values = stack(5, 4, 3, 3, dtype="u1")
    save(tmp_path / "a.npz", images=values)
    header = scans(tmp_path / "a.npz")["images"]
    volume = open_scan(header.source).load()
    assert np.array_equal(colour_of(volume), values[np.newaxis])
    assert (header.frames, header.shape) == (1, (3, 4, 5))


def test_an_uncompressed_array_is_mapped(tmp_path):
    np.savez(tmp_path / "a.npz", image=stack(2, 3, 4))
    array = open_scan(scans(tmp_path / "a.npz")["image"].source).load().array
    with pytest.raises(ValueError, match="read-only"):
        array[0, 0, 0, 0] = 1


def test_pickled_objects_are_refused(tmp_path):
    np.savez(tmp_path / "a.npz", image=np.array([[{}, {}]], dtype=object))
    assert "pickled Python objects" in refused(tmp_path / "a.npz")


def test_an_archive_without_images_says_so(tmp_path):
    np.savez(tmp_path / "a.npz", labels=np.arange(9))
    assert refused(tmp_path / "a.npz") == "there is no image among its arrays"


def claiming(path, shape):
    """A compressed archive whose one array claims this shape and holds a few bytes."""
    description = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".encode()
    head = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(description) + 1) + description + b"\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("image.npy", head + bytes(1000))
    return path


def test_claims_beyond_the_archive_are_refused(tmp_path):
    assert "cut short" in refused(claiming(tmp_path / "a.npz", (100, 100, 100)))
    assert "2^31 voxels" in refused(claiming(tmp_path / "b.npz", (2000, 2000, 2000)))


def test_a_bomb_that_lies_in_the_archives_directory_is_refused(tmp_path):
    path = claiming(tmp_path / "a.npz", (1000, 1000, 1000))
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 2**32 - 2)
    path.write_bytes(content)
    assert "claims more than the file can hold" in refused(path) or "cut short" in refused(path)


def test_a_damaged_array_is_noticed_when_it_is_loaded(tmp_path):
    path = tmp_path / "a.npz"
    np.savez_compressed(path, image=np.random.default_rng(0).integers(0, 99, (20, 30, 40)).astype("i2"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    source = scans(path)["image"].source
    with pytest.raises(ReadError):
        open_scan(source).load()


def test_a_description_of_absurd_length_is_refused_unread(tmp_path):
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("image.npy", b"\x93NUMPY\x02\x00" + struct.pack("<I", 200 << 20) + b" " * (200 << 18))
    tracemalloc.start()
    try:
        assert "its description claims 209715200 bytes" in refused(path)
        assert tracemalloc.get_traced_memory()[1] < 20e6
    finally:
        tracemalloc.stop()
