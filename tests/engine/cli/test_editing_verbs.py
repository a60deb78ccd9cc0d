"""label, covariate, merge, role, column, group, undo, redo, history: what the window does, by the same edits."""

from pathlib import Path

import pytest

from engine.cohort import Workspace
from tests.engine.cli.conftest import Isocenter


def test_a_label_is_given_and_taken_back_and_given_again(isocenter: Isocenter, workspace: Path) -> None:
    answer = isocenter("label", workspace, "diagnosis", "unsure", "P-001", "P-002", "--json").json
    assert answer["patients"] == 2
    assert Workspace.peek(workspace).cohort().counts()["diagnosis"]["unsure"]["patients"] == 2
    assert isocenter("undo", workspace, "--json").json["words"] == "Set diagnosis of 2 patients to unsure"
    assert "unsure" not in Workspace.peek(workspace).cohort().counts()["diagnosis"]
    isocenter("redo", workspace)
    assert "unsure" in Workspace.peek(workspace).cohort().counts()["diagnosis"]


def test_a_label_of_some_scans_only(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("label", workspace, "quality", "poor", "P-001", "--role", "T2")
    first = Workspace.peek(workspace).cohort().by_key["P-001"]
    assert {scan.role: first.label_of(scan, "quality") for scan in first.scans} == {"T1": "", "T2": "poor"}


def test_classes_are_merged(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("merge", workspace, "diagnosis", "healthy", "osteoporotic", "--into", "anybody")
    assert list(Workspace.peek(workspace).cohort().counts()["diagnosis"]) == ["anybody"]


def test_merging_a_class_that_nobody_has_names_the_nearest(isocenter: Isocenter, workspace: Path) -> None:
    answer = isocenter("merge", workspace, "diagnosis", "healty", "--into", "well")
    assert answer.status == 1
    assert "Did you mean 'healthy'?" in answer.err


def test_an_order_makes_a_column_ordinal(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("column", workspace, "diagnosis", "--type", "ordinal", "--order", "osteoporotic, healthy")
    cohort = Workspace.peek(workspace).cohort()
    assert cohort.column("diagnosis").type == "ordinal"
    assert cohort.classes("diagnosis") == ["osteoporotic", "healthy"]


def test_a_label_becomes_a_covariate(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("column", workspace, "diagnosis", "--as", "covariate")
    cohort = Workspace.peek(workspace).cohort()
    assert (cohort.label_columns, cohort.covariate_columns) == ([], ["diagnosis"])


@pytest.mark.parametrize("words", [("--as", "lable"), ("--type", "ordinall")])
def test_a_word_that_is_none_of_the_choices_is_refused(
    isocenter: Isocenter, workspace: Path, words: tuple[str, str]
) -> None:
    answer = isocenter("column", workspace, "diagnosis", *words)
    assert answer.status == 1
    assert "Did you mean" in answer.err


def test_two_patients_become_one(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("group", workspace, "P-001", "P-003")
    cohort = Workspace.peek(workspace).cohort()
    assert len(cohort.patients) == 7
    assert len(cohort.by_key["P-009"].scans) == 4


def test_roles_and_covariates_are_set(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("role", workspace, "T1w", "P-001", "--was", "T1")
    isocenter("covariate", workspace, "age", "71", "P-001")
    first = Workspace.peek(workspace).cohort().by_key["P-001"]
    assert {scan.role for scan in first.scans} == {"T1w", "T2"}
    assert first.covariates["age"] == "71"


def test_the_history_lists_who_did_what(isocenter: Isocenter, workspace: Path) -> None:
    isocenter("exclude", workspace, "P-002", "--reason", "motion")
    isocenter("covariate", workspace, "age", "71", "P-001")
    isocenter("undo", workspace)
    told = isocenter("history", workspace, "--json").json
    assert [(one["words"], one["undone"]) for one in told] == [
        ("Exclude 2 scans", False),
        ("Set age of 1 patient to 71", True),
    ]
    assert all(one["made"].endswith("+00:00") for one in told)
    assert "Exclude 2 scans" in isocenter("history", workspace).out


def test_with_nothing_to_take_back_that_is_said(isocenter: Isocenter, workspace: Path) -> None:
    assert isocenter("undo", workspace).out.strip() == "There is nothing to take back."
    assert isocenter("redo", workspace, "--json").json["edit"] == 0


def test_an_unknown_patient_changes_nothing(isocenter: Isocenter, workspace: Path) -> None:
    answer = isocenter("label", workspace, "diagnosis", "healthy", "P-001", "P-099", "--json")
    assert answer.status == 1
    assert "P-099" in answer.json["error"]
    assert isocenter("history", workspace, "--json").json == []
