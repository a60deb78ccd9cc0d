"""Thousands of spoiled files of each format: a scan or a ReadError, in bounded time and memory, and nothing else.

ISOCENTER_FUZZ=20 tries twenty times as many. A case that fails is replayed, and its files kept for a look, by
`python -m tests.engine.imaging.fuzzing.child FORMAT CASE CASE --keep FOLDER`.
"""

import gzip
import json
import os
import struct
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import ReadError
from engine.imaging import discover, open_scan
from tests.engine.imaging.fuzzing import dicom_seeds, seeds
from tests.engine.imaging.fuzzing.child import FORMATS, SECONDS
from tests.engine.imaging.fuzzing.mutations import with_checksums
from tests.engine.imaging.fuzzing.real_seeds import REAL, SAMPLES

REPOSITORY = Path(__file__).resolve().parents[3]
CASES = 200 * int(os.environ.get("ISOCENTER_FUZZ", "1"))
FEWEST_OPENED = 0.05
SLOW = {"dicom-jpeg-ls": 4, "dicom-jpeg-2000": 4}  # spoiled streams crash their decoders, which start anew


@pytest.mark.timeout(CASES)
@pytest.mark.parametrize("name", FORMATS)
def test_spoiled_files_give_a_scan_or_a_read_error(name: str) -> None:
    if name in REAL and not SAMPLES.is_dir():
        pytest.skip("the sample scans are not here")
    cases = CASES // SLOW.get(name, 1)
    words = [sys.executable, "-m", "tests.engine.imaging.fuzzing.child", name, "0", str(cases - 1)]
    done = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    faults = [f"{item['case']}\n{item['fault']}" for item in told if "fault" in item]
    assert not faults, f"{len(faults)} of {cases}:\n" + "\n".join(faults[:5])
    assert done.returncode == 0, f"after {lines[-1:]}, or {SECONDS} s later:\n{done.stderr[-3000:]}"
    assert not done.stderr, "decoders print, perhaps what stands in the file"
    assert told[-1]["opened"] >= FEWEST_OPENED * cases, "hardly any case was opened: nothing was tried"


MUCH = 20e6


def patched(content: bytes, at: int, layout: str, *values: int) -> bytes:
    packed = struct.pack(layout, *values)
    return content[:at] + packed + content[at + len(packed) :]


def after(content: bytes, mark: bytes, layout: str, *values: int) -> bytes:
    return patched(content, content.index(mark) + len(mark), layout, *values)


def dicom(files: dict[str, bytes]) -> bytes:
    """Rows, columns and frames as many as fit their fields."""
    (content,) = files.values()
    content = after(content, b"\x28\x00\x10\x00US\x02\x00", "<H", 65535)
    content = after(content, b"\x28\x00\x11\x00US\x02\x00", "<H", 65535)
    return content.replace(b"\x28\x00\x08\x00IS\x02\x003 ", b"\x28\x00\x08\x00IS\x0a\x002147483647")


ABSURD: dict[str, Callable[[], bytes]] = {
    "a.nii": lambda: patched(seeds.nifti()[0]["a.nii"], 40, "<8h", 4, 32767, 32767, 32767, 2, 1, 1, 1),
    "b.nii": lambda: patched(seeds.nifti()[2]["a.nii"], 16, "<4q", 3, 1 << 40, 1 << 20, 1 << 20),
    "a.nii.gz": lambda: gzip.compress(ABSURD["a.nii"]()),
    "b.nii.gz": lambda: gzip.compress(ABSURD["b.nii"]()),
    "a.mgh": lambda: patched(seeds.mgh()[0]["a.mgh"], 4, ">4i", *[2**31 - 1] * 4),
    "a.mgz": lambda: gzip.compress(ABSURD["a.mgh"]()),
    "a.npy": lambda: seeds.npy()[0]["a.npy"].replace(b"(4, 5, 6, 2), }", b"(9999999999, 9, 9, 9), }"),
    "b.npy": lambda: b"\x93NUMPY\x02\x00" + struct.pack("<I", 1 << 31) + b"{'descr': '<f4'",
    "a.png": lambda: with_checksums(patched(seeds.png()[0]["a.png"], 16, ">2I", 2**31 - 1, 2**31 - 1)),
    "a.jpg": lambda: after(seeds.jpeg()[0]["a.jpg"], b"\xff\xc0\x00\x0b\x08", ">2H", 65500, 65500),
    "a.tif": lambda: _wide(seeds.tiff()[4]["a.tif"]),
    "a.bmp": lambda: patched(seeds.bmp()[1]["a.bmp"], 18, "<2i", 2**31 - 1, 2**31 - 1),
    "a.nrrd": lambda: seeds.nrrd()[0]["a.nrrd"].replace(b"sizes: 6 5 4", b"sizes: 65536 65536 65536"),
    "b.nrrd": lambda: seeds.nrrd()[1]["a.nrrd"].replace(b"sizes: 6 5 4", b"sizes: 65536 65536 65536"),
    "a.mha": lambda: seeds.mha()[0]["a.mha"].replace(b"DimSize = 6 5 4", b"DimSize = 65536 65536 65536"),
    "a.dcm": lambda: dicom(dicom_seeds.explicit()[0]),
    "frames.dcm": lambda: dicom(dicom_seeds.frames()[1]),
    "rle.dcm": lambda: dicom(dicom_seeds.rle()[0]),
    "jpeg.dcm": lambda: dicom(dicom_seeds.jpeg()[0]),
    "jpeg-ls.dcm": lambda: dicom(dicom_seeds.jpeg_ls()[0]),
    "jpeg-2000.dcm": lambda: dicom(dicom_seeds.jpeg_2000()[0]),
}


def _wide(content: bytes) -> bytes:
    """A TIFF whose first page is 2^31 - 1 pixels wide and high."""
    at = int.from_bytes(content[4:8], "little") + 2
    for _ in range(2):
        content = patched(content, at, "<2H2I", int.from_bytes(content[at : at + 2], "little"), 4, 1, 2**31 - 1)
        at += 12
    return content


@pytest.mark.parametrize("name", ABSURD)
def test_a_header_that_claims_billions_of_voxels_is_refused_before_allocation(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(ABSURD[name]())
    discover([tmp_path])  # what is imported on the way does not count
    tracemalloc.start()
    try:
        found = discover([tmp_path])
        for scan in found.scans:
            with pytest.raises(ReadError):
                open_scan(scan.source).load()
        assert tracemalloc.get_traced_memory()[1] < MUCH
    finally:
        tracemalloc.stop()


def test_two_absurd_halves_of_a_pair_are_refused_before_allocation(tmp_path: Path) -> None:
    for name, content in seeds.analyze()[0].items():
        absurd = patched(content, 40, "<8h", 4, 32767, 32767, 32767, 2, 1, 1, 1)
        (tmp_path / name).write_bytes(absurd if name.endswith(".hdr") else content)
    assert not discover([tmp_path]).scans
