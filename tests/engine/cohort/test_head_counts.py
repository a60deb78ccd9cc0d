"""Head counts of planted cohorts: every cell is known beforehand."""

import csv
import io
import time
from pathlib import Path

import pytest

from engine.cohort import Cohort, Patient, Scan
from engine.cohort.columns import Column
from engine.cohort.counting.count_table import count_rows, counts_csv
from engine.cohort.counting.head_counts import Count, Heads
from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.parts import (
    by_column,
    by_division,
    by_folders,
    has_part_folders,
    part_columns,
    part_of,
    parts_of,
)
from engine.cohort.dividing.saved_divisions import Division
from engine.errors import CohortError
from engine.imaging import Doubt, ScanSource
from engine.recipe import Choice


def scan(
    number: int, role: str = "T1", origin: str = "one", folder: str = "x", label: str = "", excluded: str = ""
) -> Scan:
    source = ScanSource("nifti", (Path("/data") / folder / f"{number}.nii",))
    labels = {"fracture": label} if label else {}
    return Scan(number, "", role, source, "nifti", (1, 1, 1), 1, "d", (), excluded, origin=origin, labels=labels)


def patient(key: str, label: str, *scans: Scan, **covariates: str) -> Patient:
    return Patient(key, f"name of {key}", {"fracture": label} if label else {}, covariates, scans)


@pytest.fixture
def cohort() -> Cohort:
    """Two sources, two roles; one patient without a label, one excluded, one whose scans differ, one without scans."""
    return Cohort(
        (
            patient("P-001", "yes", scan(1), scan(2, "T2"), scan(3, "T2"), part="train"),
            patient("P-002", "no", scan(4, origin="two"), part="test"),
            patient("P-003", "", scan(5), part="train"),
            patient("P-004", "yes", scan(6, excluded="motion")),
            patient("P-005", "", scan(7, label="yes"), scan(8, origin="two", label="no"), part="train"),
            patient("P-006", "no"),
        ),
        columns={"fracture": Column("fracture", "label", "ordinal", ("yes", "no"))},
    )


def test_missing_labels_have_a_row_and_what_is_excluded_is_apart(cohort: Cohort) -> None:
    assert Heads.of(cohort, "fracture").counts(["label"]) == {
        ("yes",): Count(patients=2, scans=4, patients_out=1, scans_out=1),
        ("no",): Count(patients=2, scans=2, patients_out=1),
        ("",): Count(patients=1, scans=1),
    }


def test_sums_count_nobody_twice(cohort: Cohort) -> None:
    table = Heads.of(cohort, "fracture").pivot("label", "role")
    assert table.cell("yes", "T1").patients + table.cell("yes", "T2").patients == 3
    assert table.row_sums["yes"].patients == 2
    assert table.total == Count(patients=4, scans=7, patients_out=2, scans_out=1)


def test_all_four_axes_at_once(cohort: Cohort) -> None:
    heads = Heads.of(cohort, "fracture", by_column("part"))
    assert heads.counts()["yes", "one", "train", "T2"] == Count(patients=1, scans=2)
    assert heads.values == {
        "label": ("yes", "no", ""),
        "source": ("one", "two", ""),
        "part": ("train", "test", ""),
        "role": ("T1", "T2", ""),
    }


def test_a_saved_division_tells_the_parts(cohort: Cohort) -> None:
    heads = Heads.of(cohort, "fracture", by_division({"P-001": "train", "P-002": "test"}))
    assert heads.counts(["part"])["test",] == Count(patients=1, scans=1)


def test_folders_called_train_and_test_tell_the_parts() -> None:
    scans = (scan(1, folder="Training/yes"), scan(2, folder="val/yes"), scan(3, folder="test/yes"))
    cohort = Cohort(tuple(patient(f"P-{one.id}", "yes", one) for one in scans))
    assert has_part_folders(cohort)
    assert Heads.of(cohort, "fracture", by_folders).values["part"] == ("train", "validation", "test")


def test_columns_that_divide_are_found(cohort: Cohort) -> None:
    assert part_columns(cohort) == ["part"]


def test_a_column_that_is_not_there_names_the_nearest(cohort: Cohort) -> None:
    with pytest.raises(CohortError) as caught:
        part_of(cohort, "prt")
    assert "part" in caught.value.hint


def test_a_scan_whose_geometry_failed_is_apart_too() -> None:
    failed = Scan(
        1, "", "T1", ScanSource("nifti", (Path("x"),)), "nifti", (1, 1, 1), 1, "d", (Doubt("missing", "a", "fail"),)
    )
    heads = Heads.of(Cohort((patient("P-001", "yes", failed),)), "fracture")
    assert heads.total == Count(patients_out=1, scans_out=1)


def test_an_empty_cohort_has_nothing_to_count() -> None:
    heads = Heads.of(Cohort(), "fracture")
    assert (heads.counts(), heads.total, heads.pivot("label", "part").cells) == ({}, Count(), {})


def test_rows_for_other_programs_leave_what_is_missing_empty(cohort: Cohort) -> None:
    assert count_rows(Heads.of(cohort, "fracture"), ["label"])[-1] == {
        "label": "", "patients": 1, "scans": 1, "patients_out": 0, "scans_out": 0
    }  # fmt: skip


def test_the_csv_says_what_is_missing_in_words(cohort: Cohort) -> None:
    table = list(csv.reader(io.StringIO(counts_csv({"fracture": Heads.of(cohort, "fracture")}, ["label"]))))
    assert table[0] == ["target", "label", "patients", "scans", "patients_out", "scans_out"]
    assert table[-1] == ["fracture", "no label", "1", "1", "0", "0"]


def test_a_class_that_a_sheet_would_take_for_a_formula_is_quoted() -> None:
    heads = Heads.of(Cohort((patient("P-001", "=1+1", scan(1)),)), "fracture")
    assert "'=1+1" in counts_csv({"fracture": heads}, ["label"])


def test_100_000_patients_are_counted_in_seconds() -> None:
    scans = [scan(number, origin=f"source {number % 3}") for number in range(100_000)]
    cohort = Cohort(tuple(patient(f"P-{one.id}", "yes" if one.id % 2 else "no", one) for one in scans))
    began = time.perf_counter()
    heads = Heads.of(cohort, "fracture")
    assert heads.pivot("label", "source").total.patients == 100_000
    assert time.perf_counter() - began < 20


def test_saved_divisions_divide_by_part_or_by_fold() -> None:
    subjects = {"fracture": {"P-001": "yes", "P-002": "no"}}
    once = Fold(1, ("P-001",), ("P-002",))
    twice = (once, Fold(2, ("P-002",), ("P-001",)))
    holdout, folds = (Division("a", Choice(key="holdout"), 1, some, subjects) for some in ((once,), twice))
    assert parts_of(holdout) == {"P-001": "train", "P-002": "test"}
    assert parts_of(folds) == {"P-002": "fold 1", "P-001": "fold 2"}
