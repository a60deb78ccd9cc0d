"""OASIS-1: visits, ratings, people without a rating, and which images are taken."""

from pathlib import Path

import openpyxl
import pytest

from engine.cohort import Workspace, import_folder
from engine.cohort.label_table.labels import LabelRow
from engine.cohort.names.oasis1_table import stage_of
from tests.helpers.cohorts import write_table
from tests.helpers.layouts import (
    OASIS_COLUMNS,
    OASIS_ROWS,
    STAGES,
    labels_in,
    patients_of,
    previewed,
    write_oasis1,
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_oasis1(tmp_path / "oasis")


def test_it_is_recognised_and_the_masked_images_are_proposed(source: Path) -> None:
    made = previewed(source)
    assert made.layout.info.key == "oasis1"
    assert made.options.model_dump()["images"] == "masked"
    assert (len(patients_of(made)), sum(len(one.scans) for one in made.arrangement.patients)) == (6, 7)


def test_the_second_visit_belongs_to_the_same_patient(source: Path) -> None:
    second = patients_of(previewed(source))["OAS1_0002"]
    assert [(scan.role, scan.visit, dict(scan.labels)) for scan in second.scans] == [
        ("T88 masked", "1", {}),
        ("T88 masked", "2", {}),
    ]


def test_classes_come_of_the_rating_in_the_order_of_severity(source: Path, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "study") as workspace:
        cohort = import_folder(source, workspace).cohort
    assert (cohort.column("dementia").type, cohort.classes("dementia")) == ("ordinal", list(STAGES))
    assert {name: count["patients"] for name, count in cohort.counts()["dementia"].items()} == dict.fromkeys(STAGES, 1)
    assert {cohort.column(name).type for name in ("age", "MMSE", "eTIV", "nWBV")} == {"number"}
    assert cohort.patients[0].covariates["sex"] == "F"


@pytest.mark.parametrize(
    ("rating", "stage"),
    [("0", STAGES[0]), ("0.5", STAGES[1]), ("0,5", STAGES[1]), ("1.0", STAGES[2]), ("2", STAGES[3]), ("3", STAGES[3])],
)
def test_a_rating_stands_for_a_stage(rating: str, stage: str) -> None:
    assert stage_of(LabelRow({"CDR": rating})) == stage


@pytest.mark.parametrize("rating", ["", "0.7", "unknown", "nan"])
def test_other_ratings_stand_for_none(rating: str) -> None:
    assert stage_of(LabelRow({"CDR": rating})) == ""


def test_who_was_not_rated_has_no_label_and_is_counted(source: Path) -> None:
    made = previewed(source)
    assert patients_of(made)["OAS1_0005"].told.labels == {}
    assert "2 patients have no rating (CDR): they come in without a label" in [item.reason for item in made.skipped]


def test_who_was_not_rated_may_count_as_healthy(source: Path) -> None:
    made = previewed(source, unrated="NonDemented")
    assert labels_in(made, "dementia") == {STAGES[0]: 3, STAGES[1]: 2, STAGES[2]: 1, STAGES[3]: 1}


def test_who_was_not_rated_may_be_left_out(source: Path) -> None:
    made = previewed(source, unrated="leave out")
    assert list(patients_of(made)) == ["OAS1_0001", "OAS1_0002", "OAS1_0003", "OAS1_0004"]
    assert sum("no rating (option" in reason for _, reason in made.arrangement.left_out) == 2


@pytest.mark.parametrize(
    ("images", "roles"),
    [
        ("raw", ["mpr-1", "mpr-2"]),
        ("subject", ["SUBJ"]),
        ("atlas", ["T88"]),
        ("segmented", ["segmentation"]),
        ("all", ["SUBJ", "T88", "T88 masked", "mpr-1", "mpr-2", "segmentation"]),
    ],
)
def test_other_images_can_be_chosen_and_each_has_a_role(source: Path, images: str, roles: list[str]) -> None:
    assert [scan.role for scan in patients_of(previewed(source, images=images))["OAS1_0001"].scans] == roles


def test_images_that_are_not_chosen_are_said_to_be_left_out(source: Path) -> None:
    made = previewed(source)
    assert sum("(option 'images')" in reason for _, reason in made.arrangement.left_out) == 35
    assert made.lost == 0


def test_the_table_may_be_a_spreadsheet_above_the_discs(source: Path) -> None:
    (source / "oasis_cross-sectional.csv").unlink()
    book = openpyxl.Workbook()
    for row in (OASIS_COLUMNS, *OASIS_ROWS):
        book.active.append([float(cell) if cell.replace(".", "").isdecimal() else cell or None for cell in row])
    book.save(source.parent / "oasis_cross-sectional-5708aa0a98d82080.xlsx")
    book.close()
    made = previewed(source)
    assert labels_in(made, "dementia") == {STAGES[0]: 1, STAGES[1]: 2, STAGES[2]: 1, STAGES[3]: 1}


def test_a_visit_that_was_rated_otherwise_has_a_label_of_its_own(source: Path) -> None:
    rows = [list(row) for row in OASIS_ROWS]
    rows[-1][OASIS_COLUMNS.index("CDR")] = "1"
    table = write_table(source.parent / "changed.csv", [OASIS_COLUMNS, *rows])
    second = patients_of(previewed(source, table=table))["OAS1_0002"]
    assert second.told.labels["dementia"] == STAGES[1]
    assert [dict(scan.labels) for scan in second.scans] == [{}, {"dementia": STAGES[2]}]


def test_without_a_table_all_come_in_and_it_is_said_that_nobody_has_a_label(source: Path) -> None:
    (source / "oasis_cross-sectional.csv").unlink()
    made = previewed(source)
    assert (len(patients_of(made)), labels_in(made, "dementia")) == (6, {})
    assert any("no clinical table" in item.reason for item in made.skipped)
