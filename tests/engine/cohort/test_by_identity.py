"""Scans that say whose they are: patients by that, whatever the folders are called."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.cohort.intake.choosing import recognised
from engine.cohort.intake.layout import FoundPatient, NoOptions, Placed, Site, layouts
from engine.cohort.label_table.labels import LabelRow, LabelTable
from engine.imaging import ScanHeader, ScanSource
from engine.imaging.header import Identity
from tests.helpers.dicom_files import write_series
from tests.helpers.layouts import patients_of, previewed

SOURCE = Path("/scans")


def header(patient: str, place: str, *, study: str = "", title: str = "3 T2 MSME", **details: str) -> ScanHeader:
    source = ScanSource("dicom", (SOURCE / place / "1", SOURCE / place / "2"))
    identity = Identity(patient, patient)
    return ScanHeader(
        source, "dicom", (2, 2, 2), np.eye(4), "int16", title=title, study=study, identity=identity, details=details
    )


def placed(*scans: ScanHeader) -> Site:
    return Site([Placed(scan, scan.source.files[0].relative_to(SOURCE)) for scan in scans], SOURCE)


def found(*scans: ScanHeader, table: LabelTable | None = None) -> tuple[list[FoundPatient], str]:
    arrangement = layouts.get("by-identity").find(placed(*scans), table or LabelTable(), NoOptions())
    return list(arrangement.patients), arrangement.level


def layout_of(*scans: ScanHeader) -> str:
    return recognised(placed(*scans)).info.key


def test_the_series_of_a_patient_come_together_from_all_folders() -> None:
    patients, level = found(header("a", "x/1"), header("b", "x/2"), header("a", "y"))
    assert [(one.source_id, len(one.scans)) for one in patients] == [("a", 2), ("b", 1)]
    assert level == "patient"


def test_the_role_is_the_title_without_the_series_number() -> None:
    ((patient,), _) = found(header("a", "x"))
    assert [scan.role for scan in patient.scans] == ["T2 MSME"]


@pytest.mark.parametrize("word", ["", "ANONYMOUS", "unknown", "0"])
def test_a_word_that_names_nobody_makes_the_cohort_image_level(word: str) -> None:
    patients, level = found(header(word, "x", study="1.2"), header(word, "y", study="1.3"))
    assert (len(patients), level) == (2, "image")


def test_scans_that_name_their_patients_are_recognised_before_their_folders() -> None:
    assert layout_of(header("a", "x/1"), header("a", "x/2")) == "by-identity"


def test_folders_tell_patients_apart_where_scans_name_nobody() -> None:
    assert layout_of(header("anonymous", "x/1"), header("anonymous", "y/2")) == "patient-folders"


def test_labels_are_found_by_the_id_or_by_a_folder() -> None:
    table = LabelTable({"a": LabelRow({"d": "well"}), "second": LabelRow({"d": "ill"})})
    patients, _ = found(header("a", "first"), header("b", "second"), table=table)
    assert [one.told.labels for one in patients] == [{"d": "well"}, {"d": "ill"}]


def test_age_and_sex_of_the_header_are_covariates_unless_the_table_says_otherwise() -> None:
    table = LabelTable({"a": LabelRow({}, {"age": "60"})})
    ((patient,), _) = found(header("a", "x", age="61", sex="F"), table=table)
    assert patient.told.covariates == {"age": "60", "sex": "F"}


def test_who_the_patient_is_is_never_printed() -> None:
    patients, _ = found(header("secret", "x"))
    assert "secret" not in repr(patients)


def test_people_with_one_number_are_kept_apart_and_take_no_label_of_it() -> None:
    both = [
        replace(header("4711", place), identity=Identity("4711", name)) for place, name in (("x", "Doe"), ("y", "Roe"))
    ]
    patients, _ = found(*both, table=LabelTable({"4711": LabelRow({"d": "ill"})}))
    assert [(len(one.scans), dict(one.told.labels)) for one in patients] == [(1, {}), (1, {})]


def test_a_name_makes_a_patient_where_there_is_no_number_but_never_that_of_a_number() -> None:
    named = replace(header("", "x"), identity=Identity("", "Smith"))
    patients, level = found(named, replace(named), header("Smith", "y"))
    assert (sorted(len(one.scans) for one in patients), level) == ([1, 2], "patient")


def test_studies_of_different_days_are_visits_in_the_order_of_the_days() -> None:
    scans = [header("a", place, study=study) for place, study in (("x", "1.9"), ("y", "1.2"), ("z", "1.2"))]
    dated = [replace(scan, day=700_000 + (scan.study == "1.9")) for scan in scans]
    ((patient,), _) = found(*dated)
    assert [scan.visit for scan in patient.scans] == ["2", "1", "1"]


def test_studies_of_one_day_are_one_visit_that_needs_no_number() -> None:
    scans = [replace(header("a", place, study=place), day=700_000) for place in ("x", "y")]
    ((patient,), _) = found(*scans)
    assert [scan.visit for scan in patient.scans] == ["", ""]


def test_studies_without_a_day_are_visits_as_they_come() -> None:
    scans = [header("a", place, study=study) for place, study in (("x", "1.9"), ("y", "1.2"))]
    ((patient,), _) = found(*scans)
    assert [scan.visit for scan in patient.scans] == ["1", "2"]


def test_the_age_is_that_of_the_first_visit() -> None:
    scans = [
        replace(header("a", place, study=place, age=age), day=day)
        for place, age, day in (("x", "61", 9), ("y", "60", 8))
    ]
    ((patient,), _) = found(*scans)
    assert patient.told.covariates == {"age": "60"}


def test_the_days_of_series_make_visits_and_are_told_nowhere(tmp_path: Path) -> None:
    grid = np.zeros((2, 4, 4), np.int16)
    for name, date in (("later", "20200102"), ("earlier", "20190304")):
        write_series(tmp_path / name, grid, np.eye(4), StudyDate=date, SeriesDescription="T1")
    made = previewed(tmp_path)
    (patient,) = patients_of(made).values()
    assert [(scan.header.path.name, scan.visit) for scan in patient.scans] == [("earlier", "1"), ("later", "2")]
    told = str([(scan.header, scan.header.as_json()) for scan in patient.scans])
    assert not any(text in told for text in ("20200102", "2020-01-02", "737426", "20190304"))
