"""convert, deidentify: what other programs may rely on."""

from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pydicom
import pytest

from engine.imaging import read
from tests.engine.cli.conftest import Isocenter
from tests.helpers.dicom_files import write_series

AFFINE = np.array([[-2.0, 0, 0, 30], [0, -2.5, 0, 20], [0, 0, 3.0, 10], [0, 0, 0, 1]])
ARRAY = np.arange(60, dtype=np.int16).reshape(3, 4, 5)


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """A folder with one series of one patient."""
    write_series(tmp_path / "series", ARRAY, AFFINE, SeriesDescription="T1 Testperson sag")
    return tmp_path / "series"


@pytest.mark.parametrize("ending", ["nii.gz", "nii", "npy"])
def test_a_series_becomes_one_file_named_after_pseudonym_and_title(
    isocenter: Isocenter, series: Path, ending: str
) -> None:
    answer = isocenter("convert", series, series.parent / "out", "--to", ending, "--json")
    assert answer.status == 0
    made = Path(answer.json["written"][0]["path"])
    assert made == series.parent / "out" / f"P-001_T1-sag.{ending}"
    assert np.array_equal(read(made).array, read(series).array)
    assert np.array_equal(read(made).affine, read(series).affine)


def test_what_convert_writes_others_read(isocenter: Isocenter, series: Path) -> None:
    made = isocenter("convert", series, series.parent / "out", "--json").json["written"][0]
    image: Any = nibabel.load(made["path"])
    assert np.allclose(image.affine, read(series).affine)
    assert {"path", "source", "patient", "certificate", "warnings"} <= made.keys()


def test_nothing_is_written_over(isocenter: Isocenter, series: Path) -> None:
    names = [Path(isocenter("convert", series, series.parent / "out", "--json").json["written"][0]["path"]).name]
    names.append(Path(isocenter("convert", series, series.parent / "out", "--json").json["written"][0]["path"]).name)
    assert names == ["P-001_T1-sag.nii.gz", "P-001_T1-sag-2.nii.gz"]


def test_a_damaged_file_is_told_and_the_rest_is_converted(isocenter: Isocenter, series: Path) -> None:
    (series.parent / "broken.nii.gz").write_bytes(b"no scan at all")
    answer = isocenter("convert", series, series.parent / "broken.nii.gz", series.parent / "out", "--json")
    assert (answer.status, len(answer.json["written"])) == (0, 1)
    assert [Path(item["path"]).name for item in answer.json["refused"]] == ["broken.nii.gz"]
    assert {"path", "error", "hint"} <= answer.json["refused"][0].keys()


@pytest.mark.parametrize("verb", ["convert", "deidentify"])
def test_where_nothing_can_be_done_the_status_is_1(isocenter: Isocenter, tmp_path: Path, verb: str) -> None:
    (tmp_path / "empty").mkdir()
    answer = isocenter(verb, tmp_path / "empty", tmp_path / "out", "--json")
    assert (answer.status, answer.json) == (1, {"written": [], "refused": []})


def test_an_unknown_format_is_wrong_usage(isocenter: Isocenter, series: Path) -> None:
    assert isocenter("convert", series, series.parent / "out", "--to", "mgz").status == 2


def test_for_people_convert_tells_the_files(isocenter: Isocenter, series: Path) -> None:
    assert "P-001_T1-sag.nii.gz" in isocenter("convert", series, series.parent / "out").out.replace("\n", "")


def test_copies_lie_in_a_folder_per_patient_and_name_nobody(isocenter: Isocenter, tmp_path: Path) -> None:
    for name in ("Anna", "Bert"):
        write_series(tmp_path / "in" / name, ARRAY, AFFINE, PatientName=name, PatientID=name)
    answer = isocenter("deidentify", tmp_path / "in", tmp_path / "out", "--json")
    assert (answer.status, len(answer.json["written"]), answer.json["refused"]) == (0, 6, [])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["P-001", "P-002"]
    contents = b"".join(Path(path).read_bytes() for path in answer.json["written"])
    assert b"Anna" not in contents
    assert b"Bert" not in contents


def test_several_patients_get_the_given_pseudonym_with_a_number(isocenter: Isocenter, tmp_path: Path) -> None:
    for name in ("Anna", "Bert"):
        write_series(tmp_path / "in" / name, ARRAY, AFFINE, PatientName=name, PatientID=name)
    isocenter("deidentify", tmp_path / "in", tmp_path / "out", "--pseudonym", "Bone", "--json")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["Bone-001", "Bone-002"]


def test_all_series_of_a_patient_stay_one_study(isocenter: Isocenter, tmp_path: Path) -> None:
    for series in "12":
        write_series(tmp_path / "in" / series, ARRAY, AFFINE, study="1.2.3", series=f"1.2.3.{series}")
    written = isocenter("deidentify", tmp_path / "in", tmp_path / "out", "--json").json["written"]
    made = [pydicom.dcmread(path) for path in written]
    assert len({one.StudyInstanceUID for one in made}) == 1
    assert len({one.SeriesInstanceUID for one in made}) == 2


def test_what_was_asked_for_is_kept(isocenter: Isocenter, tmp_path: Path) -> None:
    write_series(tmp_path / "in", ARRAY, AFFINE, PatientAge="045Y", StationName="MR1")
    words = ("--pseudonym", "A1", "--keep", "characteristics", "--keep", "dates", "--json")
    written = isocenter("deidentify", tmp_path / "in", tmp_path / "out", *words).json["written"]
    made = pydicom.dcmread(written[0])
    assert (made.PatientID, made.PatientAge, len(made.StudyDate)) == ("A1", "045Y", 8)
    assert made.get("StationName") != "MR1"


def test_suspicious_pictures_are_refused_unless_allowed(isocenter: Isocenter, tmp_path: Path) -> None:
    write_series(tmp_path / "in", ARRAY, AFFINE, BurnedInAnnotation="YES")
    refused = isocenter("deidentify", tmp_path / "in", tmp_path / "out", "--json")
    assert (refused.status, len(refused.json["refused"])) == (1, 3)
    allowed = isocenter("deidentify", tmp_path / "in", tmp_path / "out", "--allow-suspicious", "--json")
    assert (allowed.status, len(allowed.json["written"])) == (0, 3)


def test_other_formats_are_pointed_to_convert(isocenter: Isocenter, series: Path) -> None:
    isocenter("convert", series, series.parent / "nifti")
    answer = isocenter("deidentify", series.parent / "nifti", series.parent / "out", "--json")
    assert answer.status == 1
    assert "convert" in answer.json["refused"][0]["hint"]


def test_a_pseudonym_that_is_no_name_of_a_folder_is_a_clear_error(isocenter: Isocenter, series: Path) -> None:
    answer = isocenter("deidentify", series, series.parent / "out", "--pseudonym", "../x", "--json")
    assert answer.status == 1
    assert "pseudonym" in answer.json["error"]
    assert not (series.parent / "out").exists()


def test_copies_are_never_written_over(isocenter: Isocenter, series: Path) -> None:
    isocenter("deidentify", series, series.parent / "out")
    again = isocenter("deidentify", series, series.parent / "out", "--json")
    assert again.status == 1
    assert "not empty" in again.json["error"]


def test_what_failed_is_converted_only_where_that_is_accepted(isocenter: Isocenter, series: Path) -> None:
    write_series(series.parent / "gap", np.concatenate([ARRAY, ARRAY]), AFFINE)[2].unlink()
    refused = isocenter("convert", series.parent / "gap", series.parent / "out", "--json")
    assert (refused.status, refused.json["written"]) == (1, [])
    assert "--accept-failed" in refused.json["refused"][0]["hint"]
    accepted = isocenter("convert", series.parent / "gap", series.parent / "out", "--accept-failed")
    assert (accepted.status, "fail, accepted" in accepted.out) == (0, True)
