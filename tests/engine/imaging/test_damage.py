"""Whatever a file holds, the answer is a scan or a ReadError of one line, and it comes soon."""

import contextlib
import gzip
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import nibabel
import numpy as np
import pytest
import SimpleITK
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.errors import ReadError
from engine.imaging import discover, inspect, open_scan, read
from tests.engine.imaging.made import AFFINE, voxels, write, write_analyze

SUFFIXES = (".nii", ".nii.gz", ".npy", ".npz", ".mgh", ".mgz", ".hdr", ".nrrd", ".mha", ".png", ".jpg", ".tif", ".bmp")
_PLENTY = settings(max_examples=150)
_EACH = settings(max_examples=40)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("damage")


def _sound_files(folder: Path) -> Iterator[Path]:
    np.save(folder / "a.npy", voxels(4, 3, 2, 3))
    np.save(folder / "b.npy", voxels(4, 3, 2).astype("f4"))
    nibabel.Nifti2Image(voxels(4, 3, 2), AFFINE).to_filename(folder / "c.nii")
    write(folder / "d.nii", voxels(4, 3, 2, 3))
    write(folder / "e.nii.gz", voxels(4, 3, 2, 3).astype("f4"), scl_slope=2.0)
    np.savez(folder / "f.npz", image=voxels(4, 3, 2), labels=np.arange(4))
    np.savez_compressed(folder / "g.npz", image=voxels(4, 3, 2), more=voxels(4, 3, 2, 3))
    nibabel.MGHImage(voxels(4, 3, 2, dtype="f4"), AFFINE).to_filename(folder / "h.mgh")
    nibabel.MGHImage(voxels(4, 3, 2, dtype="f4"), AFFINE).to_filename(folder / "i.mgz")
    for name in ("j.nrrd", "k.mha"):
        image = SimpleITK.GetImageFromArray(voxels(4, 3, 2))
        SimpleITK.WriteImage(image, str(folder / name), False)
        SimpleITK.WriteImage(image, str(folder / f"packed-{name}"), True)
    colours = np.random.default_rng(0).integers(0, 256, (24, 20, 3), dtype=np.uint8)
    for name in ("l.png", "m.jpg", "n.tif", "o.bmp"):
        Image.fromarray(colours).save(folder / name)
    pages = [Image.fromarray(colours[..., channel]) for channel in range(3)]
    pages[0].save(folder / "p.tif", save_all=True, append_images=pages[1:], compression="tiff_lzw")
    Image.fromarray(colours[..., 0].astype(np.uint16) * 9).save(folder / "q.png")
    yield from sorted(folder.iterdir())


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> list[tuple[str, bytes]]:
    """Sound files: suffix and content."""
    sound = _sound_files(tmp_path_factory.mktemp("sound"))
    return [("".join(path.suffixes), path.read_bytes()) for path in sound]


@pytest.fixture(scope="module")
def pair(folder) -> Path:
    """The header of a sound pair."""
    return write_analyze(folder / "pair.hdr", voxels(4, 3, 2), scl_slope=2.0)


def scan_or_read_error(path: Path) -> None:
    """Anything but ReadError passes through and fails the test."""
    found = discover([path])
    assert all(item.error and "\n" not in item.error and (item.hint or item.foreign) for item in found.unreadable)
    assert found.scans or found.unreadable
    for header in found.scans:
        assert np.isfinite(header.affine).all()
        assert all(size > 0 for size in header.spacing)
        json.dumps(header.as_json(), allow_nan=False)
        with contextlib.suppress(ReadError):
            scan = open_scan(header.source)
            plane = scan.plane(0, 0)
            array = scan.load().array
            assert (plane.dtype.name, array.dtype.name) == (header.dtype, header.dtype)
            assert array.shape == (header.frames, *header.shape[::-1])
            assert np.array_equal(plane, array[0, 0], equal_nan=plane.dtype.kind == "f")


@pytest.mark.parametrize("which", range(19))
@_EACH
@given(keep=st.floats(0, 1))
def test_a_cut_file_is_a_scan_or_a_read_error(folder, whole, which, keep):
    suffix, content = whole[which]
    path = folder / f"cut{suffix}"
    path.write_bytes(content[: int(keep * (len(content) - 1))])
    scan_or_read_error(path)


@_PLENTY
@given(which=st.integers(0, 4), keep=st.floats(0, 1))
def test_a_cut_file_of_bare_numbers_is_a_read_error(folder, whole, which, keep):
    suffix, content = whole[which]
    path = folder / f"short{suffix}"
    path.write_bytes(content[: int(keep * (len(content) - 1))])
    with pytest.raises(ReadError):
        read(path)


@pytest.mark.parametrize("which", range(19))
@_EACH
@given(bits=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=4))
def test_flipped_bits_give_a_scan_or_a_read_error(folder, whole, which, bits):
    suffix, content = whole[which]
    path = folder / f"flip{suffix}"
    path.write_bytes(flipped(content, bits))
    scan_or_read_error(path)


@_PLENTY
@given(bits=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=4))
def test_a_pair_with_a_damaged_header_is_a_scan_or_a_read_error(folder, pair, bits):
    path = folder / "damaged.hdr"
    path.write_bytes(flipped(pair.read_bytes(), bits))
    path.with_suffix(".img").write_bytes(pair.with_suffix(".img").read_bytes())
    scan_or_read_error(path)
    path.with_suffix(".img").unlink()


def flipped(content: bytes, bits: list[float]) -> bytes:
    """The content with these bits, as parts of its length, turned over."""
    changed = bytearray(content)
    for bit in bits:
        place = int(bit * len(changed) * 8)
        changed[place // 8] ^= 1 << (place % 8)
    return bytes(changed)


@_PLENTY
@given(header=st.binary(min_size=348, max_size=348), magic=st.booleans())
def test_any_header_gives_a_scan_or_a_read_error(folder, header, magic):
    content = (348).to_bytes(4, "little") + header[4:344] + (b"n+1\0" if magic else header[344:]) + bytes(4000)
    path = folder / "any.nii"
    path.write_bytes(content)
    scan_or_read_error(path)


@_PLENTY
@given(description=st.text(max_size=80), rest=st.binary(max_size=40))
def test_any_array_description_gives_a_scan_or_a_read_error(folder, description, rest):
    text = description.encode("latin-1", "replace") + b"\n"
    path = folder / "any.npy"
    path.write_bytes(b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + rest)
    scan_or_read_error(path)


@_PLENTY
@given(suffix=st.sampled_from(SUFFIXES), content=st.binary(max_size=600))
def test_content_under_the_wrong_name_gives_a_scan_or_a_read_error(folder, suffix, content):
    path = folder / f"wrong{suffix}"
    path.write_bytes(content)
    scan_or_read_error(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_format_under_each_name_gives_a_scan_or_a_read_error(folder, whole, suffix):
    for _, content in whole:
        path = folder / f"swapped{suffix}"
        path.write_bytes(content)
        scan_or_read_error(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_with_the_name_of_a_scan_is_a_read_error(tmp_path, suffix):
    (tmp_path / f"a{suffix}").mkdir()
    with pytest.raises(ReadError):
        inspect(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_a_header_that_claims_terabytes_is_refused_before_anything_is_allocated(tmp_path, name):
    path = write(tmp_path / name, voxels(4, 3, 2), dim=[4, 30000, 30000, 30000, 3, 1, 1, 1])
    tracemalloc.start()
    try:
        with pytest.raises(ReadError):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 20e6
    finally:
        tracemalloc.stop()


def test_a_damaged_checksum_is_noticed(tmp_path):
    path = write(tmp_path / "a.nii.gz", voxels(4, 3, 2))
    content = bytearray(path.read_bytes())
    content[-6] ^= 1
    path.write_bytes(content)
    with pytest.raises(ReadError, match="damaged"):
        read(path)


def test_a_compressed_file_that_ends_early_is_noticed(tmp_path):
    path = write(tmp_path / "a.nii.gz", voxels(40, 30, 20))
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())[:5000]))
    with pytest.raises(ReadError, match="cut short"):
        read(path)
