"""A folder per patient, also where these are divided in train and test."""

from pathlib import Path

from tests.helpers.layouts import patients_of, previewed, write_scan


def test_folders_of_parts_are_no_patients(tmp_path: Path) -> None:
    for place in ("train/0001", "train/0002", "Test/0003"):
        write_scan(tmp_path / place / "T1.nii.gz")
    made = previewed(tmp_path)
    assert made.layout.info.key == "patient-folders"
    assert {name: one.told.covariates for name, one in patients_of(made).items()} == {
        "0001": {"part": "train"},
        "0002": {"part": "train"},
        "0003": {"part": "test"},
    }


def test_a_patient_of_two_parts_keeps_the_part_of_each_scan(tmp_path: Path) -> None:
    for place in ("train/0001", "test/0001", "test/0002"):
        write_scan(tmp_path / place / "T1.nii.gz")
    both = patients_of(previewed(tmp_path))["0001"]
    assert ([dict(scan.labels) for scan in both.scans], both.told.covariates) == (
        [{"part": "test"}, {"part": "train"}],
        {},
    )


def test_a_patient_may_be_called_test(tmp_path: Path) -> None:
    write_scan(tmp_path / "test" / "T1.nii.gz")
    assert list(patients_of(previewed(tmp_path))) == ["test"]
