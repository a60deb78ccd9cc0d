"""The place that people call a scan's own."""

from pathlib import Path

import pytest

from engine.imaging import ScanSource


@pytest.mark.parametrize(
    ("files", "place"),
    [
        (["a/scan.nii.gz"], "a/scan.nii.gz"),
        (["a/scan.hdr", "a/scan.img"], "a/scan.hdr"),
        (["a/scan.mhd", "a/scan.raw"], "a/scan.mhd"),
        (["a/1.dcm", "a/2.dcm"], "a"),
        (["a/1.2.840.1", "a/1.2.840.2"], "a"),
        (["a/b/1", "a/c/2"], "a"),
        (["a/1", "a/c/2"], "a"),
    ],
)
def test_a_scan_lies_at_its_file_its_pair_or_the_folder_of_its_series(files: list[str], place: str) -> None:
    assert ScanSource("x", tuple(map(Path, files))).path == Path(place)
