"""Who is set aside is in no division, and every opening of the vault is counted for ever."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cohort import Workspace
from engine.cohort.dividing.division import Subjects, divide
from engine.cohort.dividing.vault import drawn_for_vault, open_vault, openings, vault_words
from engine.cohort.edits import GiveBack, GroupScans, SetAside
from engine.errors import CohortError
from engine.prepare.participants import participants
from engine.recipe import Choice
from tests.helpers.cohorts import tiny_recipe
from tests.helpers.divided import subjects


@pytest.fixture
def opened(workspace: Path) -> Iterator[Workspace]:
    with Workspace.open(workspace) as made:
        yield made


def who(workspace: Workspace) -> Subjects:
    return Subjects.of(workspace.cohort(), ["diagnosis"], workspace.path)


@pytest.mark.parametrize("key", ["holdout", "k-fold", "jackknife", "nested"])
def test_nobody_of_the_vault_is_in_a_division(opened: Workspace, key: str) -> None:
    opened.store.edit(SetAside(("P-003", "P-004")))
    options = {"folds": 2} if key in ("k-fold", "nested") else {}
    folds = divide(Choice.model_validate({"key": key, **options}), who(opened), 0)
    named = {patient for fold in folds for members in fold.parts.values() for patient in members}
    assert named == {"P-001", "P-002", "P-005", "P-006", "P-007", "P-008"}


def test_nobody_of_the_vault_takes_part_in_a_run_and_the_run_says_so(opened: Workspace) -> None:
    opened.store.edit(SetAside(("P-003",)))
    kept, left_out = participants(tiny_recipe(), opened.cohort())
    assert "P-003" not in {patient.key for patient in kept}
    assert left_out == ["P-003 is left out: it is set aside in the test vault"]


def test_setting_aside_and_giving_back_can_be_undone(opened: Workspace) -> None:
    opened.store.edit(SetAside(("P-003", "P-004")))
    opened.store.edit(GiveBack(("P-003",)))
    assert opened.cohort().vault == {"P-004"}
    opened.store.edit(GiveBack())
    assert opened.cohort().vault == frozenset()
    opened.store.undo()
    opened.store.undo()
    assert opened.cohort().vault == {"P-003", "P-004"}


@pytest.mark.parametrize("grouped", ["whole", "one scan"])
def test_scans_of_the_vault_stay_in_it_whoever_they_are_grouped_with(opened: Workspace, grouped: str) -> None:
    opened.store.edit(SetAside(("P-003",)))
    before = opened.cohort()
    aside, other = before.by_key["P-003"].scans, before.by_key["P-001"].scans
    taken = aside if grouped == "whole" else aside[:1]
    opened.store.edit(GroupScans((tuple(scan.id for scan in (*other, *taken)),)))
    after = opened.cohort()
    owners = {scan.patient for scan in after.scans if scan.id in {one.id for one in aside}}
    assert owners <= after.vault
    assert not owners & set(who(opened).patients)
    opened.store.undo()
    assert opened.cohort().vault == before.vault


@given(subjects(targets=1, least=2), st.floats(0.05, 0.6), st.integers(0, 99))
def test_a_share_of_each_class_is_set_aside(found: Subjects, share: float, seed: int) -> None:
    (classes,) = found.targets.values()
    aside = drawn_for_vault(found, share, (), seed)
    for name in set(classes.values()):
        heads = sum(value == name for value in classes.values())
        drawn = sum(classes[key] == name for key in aside)
        assert drawn < heads
        assert abs(drawn - share * heads) < 1 or drawn in (1, heads - 1)


@pytest.mark.parametrize("share", [0, 1, -0.2, 2])
def test_a_share_that_cannot_be_is_refused(opened: Workspace, share: float) -> None:
    with pytest.raises(CohortError, match="cannot be set aside"):
        drawn_for_vault(who(opened), share, (), 0)


def test_every_opening_is_counted_and_no_undo_takes_it_back(opened: Workspace) -> None:
    opened.store.edit(SetAside(("P-003", "P-004")))
    assert open_vault(opened, "final test of the paper", "run 7") == ("P-003", "P-004")
    assert open_vault(opened, "the reviewers asked") == ("P-003", "P-004")
    opened.store.undo()
    assert [(one.reason, one.run) for one in openings(opened.path)] == [
        ("final test of the paper", "run 7"), ("the reviewers asked", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["", "   "])
def test_the_vault_is_not_opened_without_a_reason(opened: Workspace, reason: str) -> None:
    opened.store.edit(SetAside(("P-003",)))
    with pytest.raises(CohortError, match="for a reason"):
        open_vault(opened, reason)
    assert openings(opened.path) == []


def test_an_empty_vault_cannot_be_opened(opened: Workspace) -> None:
    with pytest.raises(CohortError, match="the test vault is empty"):
        open_vault(opened, "curious")
    assert openings(opened.path) == []


def test_the_vault_in_words(opened: Workspace) -> None:
    opened.store.edit(SetAside(("P-003",)))
    assert vault_words(0, []) == ""
    assert vault_words(1, openings(opened.path)) == "The test vault of 1 patient was never opened."
    open_vault(opened, "a")
    assert vault_words(1, openings(opened.path)) == "The test vault of 1 patient was opened once."
    open_vault(opened, "b")
    assert vault_words(20, openings(opened.path)) == "The test vault of 20 patients was opened 2 times."
