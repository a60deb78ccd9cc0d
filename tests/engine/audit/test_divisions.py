"""Whatever division is given is held against copies, patients and likely patients."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.audit import audit
from engine.audit.divisions import choices, divisions_of
from engine.cohort import Workspace
from engine.errors import CohortError
from tests.engine.audit.conftest import Audited
from tests.helpers.cohorts import make_run
from tests.helpers.planted import Planted


@pytest.fixture
def copied(planted: Planted) -> Path:
    """P-001 and P-002 share a picture."""
    planted.file(1, "again.png").write_bytes(planted.file(0).read_bytes())
    return planted.workspace()


def save(workspace: Path, name: str, told: object) -> None:
    """A division in the workspace, whoever saved it."""
    with closing(sqlite3.connect(workspace / "workspace.db")) as connection, connection:
        row = (name, "2026-01-01T00:00:00+00:00", json.dumps(told))
        connection.execute("INSERT INTO divisions (name, made, json) VALUES (?, ?, ?)", row)


def everyone(workspace: Path) -> list[str]:
    return [patient.key for patient in Workspace.peek(workspace).cohort().patients]


def leaks(audited: Audited, workspace: Path, division: str = "") -> list[str]:
    found = audited(workspace, "leak", division=division).findings
    return [one.reason for one in found if "on both sides" in one.reason]


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_saved_division_that_parts_copies_is_a_leak(wrapped: bool, copied: Path, audited: Audited) -> None:
    people = everyone(copied)
    folds = [{"number": 1, "train": people[1:], "test": people[:1]}]
    save(copied, "first try", {"folds": folds} if wrapped else folds)
    assert leaks(audited, copied) == ["The saved division 'first try' puts the same picture on both sides, 1 time."]


@pytest.mark.parametrize("part", ["test", "validation"])
def test_what_validates_must_not_be_trained_on_either(part: str, copied: Path, audited: Audited) -> None:
    people = everyone(copied)
    save(copied, "mine", [{"number": 1, "train": people[1:], "test": [], part: people[:1]}])
    assert len(leaks(audited, copied)) == 1


def test_folds_within_the_training_part_are_looked_at(copied: Path, audited: Audited) -> None:
    people = everyone(copied)
    inner = {"number": 1, "train": people[1:5], "test": people[:1]}
    save(copied, "nested", [{"number": 1, "train": people[:5], "test": people[5:], "inner": [inner]}])
    assert len(leaks(audited, copied)) == 1


def test_a_run_with_a_validation_part_is_looked_at(copied: Path, audited: Audited) -> None:
    people = everyone(copied)
    run = make_run(copied)
    folds = [{"number": 1, "train": people[2:], "test": people[1:2], "validation": people[:1]}]
    (run.path / "division.json").write_text(json.dumps(folds), encoding="utf-8")
    assert len(leaks(audited, copied)) == 1


@pytest.mark.parametrize("told", ["nothing", 3, [3], [{"train": 3}], {"parts": []}])
def test_what_cannot_be_read_divides_nothing(told: object, copied: Path, audited: Audited) -> None:
    save(copied, "odd", told)
    assert leaks(audited, copied) == []


def test_only_the_division_that_is_asked_for_is_looked_at(copied: Path, audited: Audited) -> None:
    people = everyone(copied)
    save(copied, "parts them", [{"number": 1, "train": people[1:], "test": people[:1]}])
    save(copied, "keeps them", [{"number": 1, "train": people[2:], "test": people[:2]}])
    assert leaks(audited, copied, "keeps them") == []
    assert len(leaks(audited, copied, "parts them")) == 1


def test_what_can_be_asked_for_is_listed(copied: Path) -> None:
    save(copied, "mine", [{"number": 1, "train": everyone(copied)[1:], "test": everyone(copied)[:1]}])
    told = dict(choices(Workspace.peek(copied).cohort(), copied))
    assert {"mine", "sex", "age", "diagnosis"} <= told.keys()


def test_a_division_that_is_not_there_is_refused_with_a_hint(copied: Path) -> None:
    cohort = Workspace.peek(copied).cohort()
    with pytest.raises(CohortError, match="no division or column 'sx'") as refused:
        divisions_of(cohort, cohort.scans, copied, "sx")
    assert "'sex'" in refused.value.hint


def test_a_picture_on_both_sides_of_a_column_is_a_leak(planted: Planted, audited: Audited) -> None:
    planted.file(1, "again.png").write_bytes(planted.file(0).read_bytes())
    for number, row in enumerate(planted.table.values()):
        row["part"] = "test" if number == 0 else "train"
    report = audit(Workspace.peek(planted.workspace()), ["leak"])
    assert any("column 'part'" in one.reason for one in report.findings)
