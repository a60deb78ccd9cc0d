"""Whatever division is given is held against copies, patients and likely patients."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from engine.audit import audit
from engine.audit.divisions import choices, divisions_of
from engine.cohort import Workspace
from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.saved_divisions import Division
from engine.cohort.dividing.subjects import Subjects
from engine.cohort.edits.divisions import PutDivision
from engine.errors import CohortError
from engine.recipe import Choice
from tests.engine.audit.conftest import Audited
from tests.helpers.cohorts import make_run
from tests.helpers.planted import Planted


@pytest.fixture
def copied(planted: Planted) -> Path:
    """P-001 and P-002 share a picture."""
    planted.file(1, "again.png").write_bytes(planted.file(0).read_bytes())
    return planted.workspace()


def save(workspace: Path, name: str, *folds: Fold) -> None:
    """A division as the workspace keeps it."""
    with Workspace.open(workspace) as opened:
        subjects = Subjects.of(opened.cohort(), ["diagnosis"])
        opened.store.edit(PutDivision(Division.of(name, Choice(key="holdout"), 0, folds, subjects)))


def fold(train: Sequence[str], test: Sequence[str], *inner: Fold, validation: Sequence[str] = ()) -> Fold:
    return Fold(1, tuple(train), tuple(test), tuple(validation), inner=inner)


def save_damaged(workspace: Path, name: str, told: object) -> None:
    with closing(sqlite3.connect(workspace / "workspace.db")) as connection, connection:
        row = (name, "2026-01-01T00:00:00+00:00", json.dumps(told))
        connection.execute("INSERT INTO divisions (name, made, json) VALUES (?, ?, ?)", row)


def everyone(workspace: Path) -> list[str]:
    return [patient.key for patient in Workspace.peek(workspace).cohort().patients]


def leaks(audited: Audited, workspace: Path, division: str = "") -> list[str]:
    found = audited(workspace, "leak", division=division).findings
    return [one.reason for one in found if "on both sides" in one.reason]


def test_a_saved_division_that_parts_copies_is_a_leak(copied: Path, audited: Audited) -> None:
    people = everyone(copied)
    save(copied, "first try", fold(people[1:], people[:1]))
    assert leaks(audited, copied) == ["The saved division 'first try' puts the same picture on both sides, 1 time."]


@pytest.mark.parametrize("part", ["test", "validation"])
def test_what_validates_must_not_be_trained_on_either(part: str, copied: Path, audited: Audited) -> None:
    people = everyone(copied)
    parts = {"test": people[-1:], "validation": people[-1:], part: people[:1]}
    save(copied, "mine", fold(people[1:-1], parts["test"], validation=parts["validation"]))
    assert len(leaks(audited, copied)) == 1


def test_folds_within_the_training_part_are_looked_at(copied: Path, audited: Audited) -> None:
    people = everyone(copied)
    save(copied, "nested", fold(people[:5], people[5:], fold(people[1:5], people[:1])))
    assert len(leaks(audited, copied)) == 1


def test_a_run_with_a_validation_part_is_looked_at(copied: Path, audited: Audited) -> None:
    people = everyone(copied)
    run = make_run(copied)
    folds = [{"number": 1, "train": people[2:], "test": people[1:2], "validation": people[:1]}]
    (run.path / "division.json").write_text(json.dumps(folds), encoding="utf-8")
    assert len(leaks(audited, copied)) == 1


@pytest.mark.parametrize("told", ["nothing", 3, [3], [{"train": 3}], {"parts": []}])
def test_what_cannot_be_read_divides_nothing(told: object, copied: Path, audited: Audited) -> None:
    save_damaged(copied, "odd", told)
    assert leaks(audited, copied) == []


def test_only_the_division_that_is_asked_for_is_looked_at(copied: Path, audited: Audited) -> None:
    people = everyone(copied)
    save(copied, "parts them", fold(people[1:], people[:1]))
    save(copied, "keeps them", fold(people[2:], people[:2]))
    assert leaks(audited, copied, "keeps them") == []
    assert len(leaks(audited, copied, "parts them")) == 1


def test_what_can_be_asked_for_is_listed(copied: Path) -> None:
    save(copied, "mine", fold(everyone(copied)[1:], everyone(copied)[:1]))
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
