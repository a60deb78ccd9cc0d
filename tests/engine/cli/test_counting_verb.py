"""cohort: head counts as other programs may rely on."""

import csv
from pathlib import Path

import pytest

from tests.engine.cli.conftest import Isocenter
from tests.helpers.cohorts import CLASSES, make_workspace, write_source


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Six patients with T1 and T2, two of them without a label; the table says who trains, and the ages."""
    labels = {f"{number:04d}": CLASSES[number % 2] for number in range(1, 5)}
    columns = {
        "part": ["train", "train", "train", "test", "", ""],
        "age": ["30", "70", "34", "74", "", ""],
    }
    return make_workspace(tmp_path / "study", write_source(tmp_path / "source", 6, labels=labels, columns=columns))


def test_what_programs_rely_on_stays(workspace: Path, isocenter: Isocenter) -> None:
    answer = isocenter("cohort", workspace, "--json").json
    assert {"patients", "scans", "level", "targets", "skipped", "roles"} <= answer.keys()
    assert answer["targets"]["diagnosis"]["healthy"] == {"patients": 2, "scans": 4}
    assert answer["roles"] == {"T1": 6, "T2": 6}


def test_heads_are_counted_by_the_axes_asked_for(workspace: Path, isocenter: Isocenter) -> None:
    counts = isocenter("cohort", workspace, "--by", "label,part", "--part", "part", "--json").json["counts"][
        "diagnosis"
    ]
    told = {(row["label"], row["part"]): (row["patients"], row["scans"]) for row in counts}
    assert told == {
        ("healthy", "train"): (1, 2),
        ("healthy", "test"): (1, 2),
        ("osteoporotic", "train"): (2, 4),
        ("", ""): (2, 4),
    }


def test_the_column_that_divides_is_found_without_being_named(workspace: Path, isocenter: Isocenter) -> None:
    counts = isocenter("cohort", workspace, "--by", "part", "--json").json["counts"]["diagnosis"]
    assert {row["part"]: row["patients"] for row in counts} == {"train": 3, "test": 1, "": 2}


def test_covariates_are_told_per_class(workspace: Path, isocenter: Isocenter) -> None:
    age = isocenter("cohort", workspace, "--json").json["covariates"]["diagnosis"]["age"]
    assert age["groups"]["osteoporotic"]["words"] == "32 (30 to 34)"
    assert age["apart"]["between"] == ["healthy", "osteoporotic"]


def test_excluded_patients_are_apart(workspace: Path, isocenter: Isocenter) -> None:
    isocenter("exclude", workspace, "P-001")
    (row,) = [
        row
        for row in isocenter("cohort", workspace, "--by", "label", "--json").json["counts"]["diagnosis"]
        if row["label"] == "osteoporotic"
    ]
    assert (row["patients"], row["patients_out"], row["scans_out"]) == (1, 1, 2)


def test_for_people_missing_labels_have_a_row(workspace: Path, isocenter: Isocenter) -> None:
    out = isocenter("cohort", workspace).out
    assert "no label" in out
    assert "osteoporotic" in out


def test_the_counts_are_written_as_csv(workspace: Path, isocenter: Isocenter, tmp_path: Path) -> None:
    assert isocenter("cohort", workspace, "--by", "label", "--csv", tmp_path / "heads.csv").status == 0
    rows = list(csv.DictReader((tmp_path / "heads.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["target"], row["label"], row["patients"]) for row in rows] == [
        ("diagnosis", "healthy", "2"),
        ("diagnosis", "osteoporotic", "2"),
        ("diagnosis", "no label", "2"),
    ]


@pytest.mark.parametrize("wrong", [("--by", "labels"), ("--part", "prt")])
def test_what_is_written_wrongly_names_the_nearest(
    workspace: Path, isocenter: Isocenter, wrong: tuple[str, str]
) -> None:
    answer = isocenter("cohort", workspace, *wrong, "--json")
    assert answer.status == 1
    assert answer.json["hint"]
