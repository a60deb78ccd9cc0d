"""Whatever a file holds, the answer is a scan or a ReadError of one line, and it comes soon."""

import gzip
import json
import tracemalloc
from pathlib import Path

import nibabel
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ReadError
from engine.imaging import ScanHeader, inspect, read
from tests.engine.imaging.made import AFFINE, voxels, write

SUFFIXES = (".nii", ".nii.gz", ".npy")
_PLENTY = settings(max_examples=150)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("damage")


@pytest.fixture(scope="module")
def whole(folder) -> list[tuple[str, bytes]]:
    """Sound files: suffix and content."""
    np.save(folder / "a.npy", voxels(4, 3, 2, 3))
    np.save(folder / "b.npy", voxels(4, 3, 2).astype("f4"))
    nibabel.Nifti2Image(voxels(4, 3, 2), AFFINE).to_filename(folder / "c.nii")
    write(folder / "d.nii", voxels(4, 3, 2, 3))
    write(folder / "e.nii.gz", voxels(4, 3, 2, 3).astype("f4"), scl_slope=2.0)
    return [(path.name[1:], path.read_bytes()) for path in sorted(folder.iterdir())]


def scan_or_read_error(path: Path) -> None:
    """Anything but ReadError passes through and fails the test."""
    failures = []
    for use in (inspect, read):
        try:
            found = use(path)
        except ReadError as failure:
            failures.append(failure)
            continue
        assert np.isfinite(found.affine).all()
        assert all(size > 0 for size in found.spacing)
        if isinstance(found, ScanHeader):
            json.dumps(found.as_json(), allow_nan=False)
    assert all(failure.hint and "\n" not in str(failure) for failure in failures)


@_PLENTY
@given(which=st.integers(0, 4), keep=st.floats(0, 1))
def test_a_cut_file_is_a_read_error(folder, whole, which, keep):
    suffix, content = whole[which]
    path = folder / f"cut{suffix}"
    path.write_bytes(content[: int(keep * (len(content) - 1))])
    with pytest.raises(ReadError):
        read(path)
    scan_or_read_error(path)


@_PLENTY
@given(which=st.integers(0, 4), bits=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=4))
def test_flipped_bits_give_a_scan_or_a_read_error(folder, whole, which, bits):
    suffix, content = whole[which]
    flipped = bytearray(content)
    for bit in bits:
        place = int(bit * len(flipped) * 8)
        flipped[place // 8] ^= 1 << (place % 8)
    path = folder / f"flip{suffix}"
    path.write_bytes(flipped)
    scan_or_read_error(path)


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
    with pytest.raises(ReadError, match="compressed data are damaged"):
        read(path)


def test_a_compressed_file_that_ends_early_is_noticed(tmp_path):
    path = write(tmp_path / "a.nii.gz", voxels(40, 30, 20))
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())[:5000]))
    with pytest.raises(ReadError, match="cut short"):
        read(path)
