"""The DICOM reader: it knows its files, finds scans in them, and opens them again."""

from pathlib import Path

import numpy as np
import pytest

from engine.control import Control
from engine.errors import Cancelled, ReadError
from engine.imaging import inspect, open_scan
from engine.imaging.discovery import discover
from engine.imaging.header import ScanHeader
from engine.imaging.readers.dicom import claims, open_dicom, stack_at, survey
from engine.imaging.unreadable import Unreadable
from tests.engine.imaging.dicom.written import write_series

AFFINE = np.array([[-1.5, 0, 0, 30], [0, -1.25, 0, 20], [0, 0, 3.0, -10], [0, 0, 0, 1]])


def voxels(*shape: int, first: int = 0) -> np.ndarray:
    return np.arange(first, first + np.prod(shape)).reshape(shape)


def surveyed(folder: Path) -> list[ScanHeader | Unreadable]:
    return list(survey(sorted(folder.rglob("*")), Control(), lambda done, total: None))


@pytest.mark.parametrize(
    "head",
    [
        b"\0" * 128 + b"DICM",
        b"\x02\x00\x00\x00UL\x04\x00\x00\x00\x00\x00\x02\x00\x01\x00",
        b"\x08\x00\x05\x00CS\x0a\x00ISO_IR 100",
        b"\x08\x00\x05\x00\x0a\x00\x00\x00ISO_IR 100",
        b"\x00\x08\x00\x05CS\x00\x0aISO_IR 100",
    ],
    ids=["preamble", "meta group", "explicit", "implicit", "big-endian"],
)
def test_dicom_is_known_by_its_first_bytes(head: bytes) -> None:
    assert claims(head.ljust(1024, b"\0"))


@pytest.mark.parametrize(
    "head",
    [b"", b"\0" * 1024, b"\x08\x00", b"\x93NUMPY" + b"\0" * 200, b"PK\x03\x04" + b"\0" * 200, b"II*\x00\x08\x00" * 50],
)
def test_other_files_are_not_claimed(head: bytes) -> None:
    assert not claims(head)


def test_the_real_files_of_other_projects_are_claimed(shared_data: Path) -> None:
    files = [*(shared_data / "dcm_qa_ts/In").glob("*.dcm"), *(shared_data / "nitest_balls1/DICOM").glob("*.dcm")]

    assert [file.name for file in files if not claims(file.read_bytes()[:1024])] == []


def test_a_series_under_any_names_is_one_scan_with_its_voxels_in_place(tmp_path: Path) -> None:
    write_series(tmp_path, voxels(4, 5, 6), AFFINE)

    (header,) = surveyed(tmp_path)

    assert isinstance(header, ScanHeader)
    assert header.affine == pytest.approx(AFFINE)
    np.testing.assert_array_equal(open_dicom(header.source).load().array[0], voxels(4, 5, 6).T)


def test_a_copy_of_a_file_is_told_as_a_copy_and_not_as_another_kind_of_file(tmp_path: Path) -> None:
    files = write_series(tmp_path / "a", voxels(4, 5, 3), AFFINE)
    (tmp_path / "b").write_bytes(files[0].read_bytes())

    told = [item for item in surveyed(tmp_path) if isinstance(item, Unreadable) and item.path.is_file()]

    assert [(item.path.name, item.foreign, item.error) for item in told] == [
        ("b", False, "it is a copy of another file here, which is taken")
    ]


def test_a_file_that_is_no_picture_is_told_beside_the_scans(tmp_path: Path) -> None:
    write_series(tmp_path, voxels(4, 5, 3), AFFINE)
    (tmp_path / "damaged.dcm").write_bytes(b"\0" * 128 + b"DICM" + b"\xff" * 40)

    kinds = sorted(type(item).__name__ for item in surveyed(tmp_path))

    assert kinds == ["ScanHeader", "Unreadable"]


def test_echoes_that_are_series_are_offered_as_one_and_open_as_one(tmp_path: Path) -> None:
    for echo in (80, 20):
        array = voxels(4, 5, 3, first=100 * echo)
        write_series(tmp_path / str(echo), array, AFFINE, EchoTime=echo, SeriesInstanceUID=f"1.2.{echo}")

    found = discover([tmp_path])
    joined = found.joined().scans[0]

    assert [len(found.scans), len(found.offers), len(found.joined().scans)] == [2, 1, 1]
    assert (joined.frame_axis, joined.frame_values) == ("echo time", (20, 80))
    volume = open_dicom(joined.source).load()
    np.testing.assert_array_equal(volume.array[:, 0, 0, 0], [2000, 8000])
    assert volume.frame_axis.values == (20, 80)


def test_a_scan_whose_file_has_changed_says_to_look_again(tmp_path: Path) -> None:
    files = write_series(tmp_path, voxels(4, 5, 3), AFFINE)
    (header,) = (item for item in surveyed(tmp_path) if isinstance(item, ScanHeader))
    write_series(tmp_path / "other", voxels(8, 5, 3), AFFINE)
    files[1].write_bytes((tmp_path / "other" / files[1].name).read_bytes())

    with pytest.raises(ReadError, match="no longer there") as failure:
        open_dicom(header.source)
    assert "look through the folder again" in failure.value.hint


def test_a_stack_is_found_again_slice_by_slice(tmp_path: Path) -> None:
    write_series(tmp_path, voxels(4, 5, 6), AFFINE)
    (header,) = (item for item in surveyed(tmp_path) if isinstance(item, ScanHeader))

    stack = stack_at(header.source)

    assert [picture.file.path for picture in stack.grid[0]] == list(header.source.files)


def test_who_the_patient_is_appears_in_nothing_that_is_shown(tmp_path: Path) -> None:
    write_series(tmp_path, voxels(4, 5, 3), AFFINE, SeriesDescription="T1")

    found = discover([tmp_path])

    shown = repr(found.as_json()) + repr(found.scans[0]) + repr(stack_at(found.scans[0].source).grid)
    assert "4711" not in shown
    assert "Jane" not in shown
    assert found.scans[0].patient == "P-001"


def test_a_survey_stops_when_asked(tmp_path: Path) -> None:
    write_series(tmp_path, voxels(4, 5, 3), AFFINE)
    control = Control()
    control.cancel()

    with pytest.raises(Cancelled):
        list(survey(sorted(tmp_path.iterdir()), control, lambda done, total: None))


def test_a_frame_that_stands_apart_opens_alone(tmp_path: Path) -> None:
    for time in (1, 2, 3):
        write_series(tmp_path / str(time), voxels(4, 5, 3, first=100 * time), AFFINE, TemporalPositionIdentifier=time)
    (tmp_path / "3" / "003").unlink()

    whole, part = sorted(
        (one for one in surveyed(tmp_path) if isinstance(one, ScanHeader)), key=lambda one: -one.frames
    )

    assert (whole.frames, part.shape) == (2, (4, 5, 2))
    assert open_dicom(part.source).load().array[0, 0, 0, 0] == 301


def test_a_file_that_lacks_pixels_fails_before_they_are_read(tmp_path):
    paths = write_series(tmp_path, np.ones((8, 8, 3), np.int16), AFFINE)
    paths[1].write_bytes(paths[1].read_bytes()[:-20])
    header = inspect(tmp_path)
    assert (header.certificate, header.warnings) == ("fail", ("1 of its 3 files are cut short: pixels are missing",))


def test_a_scan_that_lacks_pixels_says_so_once_and_which(tmp_path):
    paths = write_series(tmp_path, np.ones((8, 8, 3), np.int16), AFFINE)
    paths[1].write_bytes(paths[1].read_bytes()[:-20])
    (doubt,) = open_scan(inspect(tmp_path).source).load().facts.doubts
    assert (doubt.kind, doubt.text.startswith("1 of 3 slices are cut short")) == ("truncated", True)


def test_one_picture_that_is_cut_short_is_told_and_not_read(shared_data):
    header = inspect(shared_data / "pydicom_bundled/test_files/MR_truncated.dcm")
    assert header.certificate == "fail"
    with pytest.raises(ReadError, match="cut short: 8130 of 8192 bytes"):
        open_scan(header.source).load()


def test_of_two_copies_the_whole_one_is_taken(tmp_path):
    path = write_series(tmp_path, np.ones((8, 8, 1), np.int16), AFFINE)[0]
    (tmp_path / "000").write_bytes(path.read_bytes()[:-20])
    (scan,) = discover([tmp_path]).scans
    assert (scan.source.files, scan.certificate) == ((path,), "pass")
