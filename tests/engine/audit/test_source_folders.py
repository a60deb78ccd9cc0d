"""Which folders may tell something."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from engine.audit.source_folders import below_common, source_folders
from engine.cohort import Cohort, Patient, Scan
from engine.imaging import ScanSource


def cohort(*folders: str) -> Cohort:
    """A patient with one scan for each folder."""
    scans = [
        Scan(
            number, f"P-{number}", "T1", ScanSource("pictures", (Path("/data", folder, "a.png"),)), "", (9, 9, 1), 1, ""
        )
        for number, folder in enumerate(folders)
    ]
    return Cohort(tuple(Patient(one.patient, str(one.id), {"site": "x"}, {}, (one,)) for one in scans))


@pytest.mark.parametrize(
    ("folders", "told"),
    [
        (["001", "002", "003"], [".", ".", "."]),
        (["a/001", "a/002", "b/001", "b/002"], ["a", "a", "b", "b"]),
        (["001/a", "002/a", "003/b"], ["a", "a", "b"]),
        (["train/x/001", "train/x/002", "test/x/003", "test/X/004", "test/X/005"], [".", ".", ".", ".", "."]),
    ],
)
def test_the_folders_of_patients_classes_and_parts_tell_nothing(folders: list[str], told: list[str]) -> None:
    made = cohort(*folders)
    assert list(source_folders(made, made.scans).values()) == told


def test_folders_on_several_drives_have_nothing_in_common() -> None:
    folders = [PureWindowsPath(text).parts for text in ("C:/a/x", "D:/a/y")]
    assert below_common(folders) == [("C:\\", "a", "x"), ("D:\\", "a", "y")]


def test_the_common_folder_is_left_out_part_by_part() -> None:
    folders = [PurePosixPath(text).parts for text in ("/data/site-1/a", "/data/site-2/b", "/data/site-1")]
    assert below_common(folders) == [("site-1", "a"), ("site-2", "b"), ("site-1",)]
    assert below_common([]) == []
