import csv
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.cohort_rows import NO_LABEL, Filter, PatientRow, counted, head_counts, natural, rows_of
from desktop.cohort_table import as_text, ordered, patient_columns
from desktop.roster import Roster, renewed
from engine.cohort import Cohort, Patient, Workspace
from engine.imaging import Doubt
from tests.desktop.made import make_cohort, make_workspace


@pytest.fixture
def rows(tmp_path: Path) -> tuple[PatientRow, ...]:
    return rows_of(make_cohort(tmp_path / "cohort"))


def keys(rows) -> list[str]:
    return [row.key for row in rows]


def column(rows, title: str):
    return next(column for column in columns_of(rows) if column.title == title)


def columns_of(rows):
    return patient_columns(renewed(Cohort(tuple(row.patient for row in rows)), Roster(), by_id=False))


def test_a_row_sums_up_what_is_used_of_a_patient(rows) -> None:
    assert rows[0].roles == ("T1", "T2")
    assert (rows[0].scans, rows[0].slices, rows[0].frames) == (2, 22, 9)
    assert rows[4].warnings == ("the spacing differs by 0.4 mm",)


def test_a_patient_is_excluded_when_all_its_scans_are(tmp_path: Path) -> None:
    with Workspace.open(make_workspace(tmp_path / "cohort")) as workspace:
        first, *_ = workspace.cohort().patients
        workspace.store.exclude(first.scans[0].id, "motion")
        assert not rows_of(workspace.cohort())[0].excluded
        workspace.store.exclude(first.scans[1].id, "motion")
        assert rows_of(workspace.cohort())[0].excluded == "motion"


def test_a_patient_is_certified_as_the_worst_of_its_scans(rows) -> None:
    assert [row.certificate for row in rows[4:8]] == ["warn", "pass", "fail", "pass"]


def test_certificates_are_ordered_from_the_worst(rows) -> None:
    certificates = column(rows, "Certificate")
    assert keys(ordered(rows, certificates, descending=False))[:3] == ["P-007", "P-005", "P-001"]
    assert keys(ordered(rows, certificates, descending=True))[-2:] == ["P-005", "P-007"]


def test_the_thumbnail_is_of_the_first_scan_in_use(tmp_path: Path) -> None:
    with Workspace.open(make_workspace(tmp_path / "cohort")) as workspace:
        first, *_ = workspace.cohort().patients
        workspace.store.exclude(first.scans[0].id, "motion")
        motif = rows_of(workspace.cohort())[0].motif
    assert motif is not None
    assert (motif.path, motif.digest) == (first.scans[1].path, "1-T2")


def test_a_filter_asks_for_every_word_and_one_of_the_classes(rows) -> None:
    assert keys(Filter("t2 HEALTHY").of(rows)) == ["P-003", "P-006", "P-009"]
    healthy = Filter(classes={"diagnosis": frozenset({"healthy"})})
    assert keys(healthy.of(rows)) == ["P-003", "P-006", "P-009", "P-012"]


def test_choosing_a_class_twice_chooses_it_no_more(rows) -> None:
    wanted = Filter().toggled("diagnosis", "healthy").toggled("diagnosis", "healthy")
    assert wanted.of(rows) == list(rows)


def test_head_counts_name_patients_and_scans(rows) -> None:
    counts = {count.name: (count.patients, count.scans) for count in head_counts(rows, "diagnosis")}
    assert counts == {"healthy": (4, 7), "osteopenic": (4, 7), "osteoporotic": (4, 7)}


def test_who_has_no_label_is_counted_last(rows) -> None:
    assert [count.name for count in head_counts(rows, "fracture")] == [NO_LABEL]


def test_numbers_are_sorted_by_size_and_words_naturally(rows) -> None:
    assert keys(ordered(rows, column(rows, "Age"), descending=False))[0] == "P-012"
    assert keys(ordered(rows, column(rows, "Patient"), descending=True))[0] == "P-012"
    assert natural("P-9") < natural("P-10")


def test_empty_cells_come_last_either_way(rows) -> None:
    noted = column(rows, "Notes")
    assert keys(ordered(rows, noted, descending=False))[:2] == ["P-007", "P-005"]
    assert keys(ordered(rows, noted, descending=True))[:2] == ["P-005", "P-007"]


def test_the_table_as_text_has_a_head_and_quotes_what_it_must(rows) -> None:
    lines = as_text(rows[:1], columns_of(rows), ",").splitlines()
    assert lines[0] == "Patient,Diagnosis,Scans,Slices,Frames,Certificate,Age,Sex,Notes"
    assert lines[1] == 'P-001,osteopenic,"T1, T2",22,9,pass,83,M,'


@pytest.mark.parametrize("wicked", ['=HYPERLINK("x")', "+1+1", "-cmd", "@sum", "\t=1"])
def test_no_sheet_takes_a_cell_for_a_formula(wicked: str) -> None:
    patients = tuple(Patient(f"P-00{n}", f"s{n}", {"note": text}) for n, text in enumerate((wicked, "-3.5"), start=1))
    rows = rows_of(Cohort(patients))
    lines = list(csv.reader(as_text(rows, columns_of(rows), ",").splitlines()))
    assert [line[1] for line in lines] == ["Note", f"'{wicked}", "-3.5"]


@pytest.mark.parametrize("by_id", [False, True])
def test_no_source_id_leaves_with_the_table(tmp_path: Path, by_id: bool) -> None:
    rows = rows_of(make_cohort(tmp_path / "cohort"), by_id=by_id)
    assert "source-" not in as_text(rows, columns_of(rows))


def test_a_scan_whose_geometry_failed_is_kept_out_until_it_is_accepted(tmp_path: Path) -> None:
    with Workspace.open(make_workspace(tmp_path / "cohort")) as workspace:
        row = rows_of(workspace.cohort())[6]
        assert (row.slices, row.standing) == (17, "1 scan kept out of training until accepted")
        workspace.store.accept(workspace.cohort().patients[6].scans[1].id, "checked by hand")
        row = rows_of(workspace.cohort())[6]
    assert (row.slices, row.standing, row.certificate) == (34, "", "fail")


def test_who_takes_part_in_nothing_is_counted_apart(tmp_path: Path) -> None:
    with Workspace.open(make_workspace(tmp_path / "cohort")) as workspace:
        seventh = workspace.cohort().patients[6]
        workspace.store.exclude(seventh.scans[0].id, "motion")
        counts = {count.name: count.idle for count in head_counts(rows_of(workspace.cohort()), "diagnosis")}
    assert counts == {"healthy": 0, "osteopenic": 1, "osteoporotic": 0}


def test_a_note_is_no_warning(tmp_path: Path) -> None:
    first = make_cohort(tmp_path / "cohort").patients[0]
    noted = replace(first.scans[0], doubts=(Doubt("lossy", "its compression is lossy", "note"),))
    (row,) = rows_of(Cohort((replace(first, scans=(noted,)),)))
    assert (row.certificate, row.warnings) == ("pass", ())


def test_counts_agree_with_their_noun() -> None:
    assert [counted(1, "patient"), counted(0, "scan"), counted(2, "class", "classes")] == [
        "1 patient",
        "0 scans",
        "2 classes",
    ]
