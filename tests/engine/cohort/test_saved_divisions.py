"""A saved division is kept with everything in it, says what changed since, and travels as a table."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cohort import Workspace
from engine.cohort.dividing.division import Fold, Subjects, chosen, divide
from engine.cohort.dividing.division_counts import class_counts, spreads
from engine.cohort.dividing.division_table import read_division, write_division
from engine.cohort.dividing.remarks import gaps, left_out, level_words, remarks
from engine.cohort.dividing.saved_divisions import (
    Division,
    as_text,
    changes_since,
    from_text,
    saved_division,
    saved_divisions,
)
from engine.cohort.edits import DropDivision, PutDivision, RenameDivision, SetAside, SetLabel, SetScanLabel
from engine.errors import CohortError, DataLeakageError, IsocenterError
from engine.recipe import Choice
from tests.helpers.divided import choices, subjects

NESTED = Choice.model_validate({"key": "nested", "folds": 2, "inner_folds": 2})


@pytest.fixture
def opened(workspace: Path) -> Iterator[Workspace]:
    with Workspace.open(workspace) as made:
        yield made


def who(workspace: Workspace) -> Subjects:
    return Subjects.of(workspace.cohort(), ["diagnosis"], workspace.path)


def made(workspace: Workspace, name: str = "main", choice: Choice = NESTED) -> Division:
    found = who(workspace)
    return Division.of(name, choice, 0, tuple(divide(choice, found, 0)), found)


@given(subjects(least=4), choices(), st.integers(0, 99))
def test_the_text_gives_the_same_division_back(found: Subjects, choice: Choice, seed: int) -> None:
    protocol, options = chosen(choice)
    try:
        folds = protocol.divide(found, options, np.random.default_rng(seed))
    except CohortError:
        return
    before = Division.of("main", choice, seed, tuple(folds), found)
    after = from_text("main", "", as_text(before))
    assert [_sets(fold) for fold in after.folds] == [_sets(fold) for fold in before.folds]
    assert (after.targets, after.protocol, after.level, after.likely) == (
        before.targets, choice, before.level, before.likely,
    )  # fmt: skip


def _sets(fold: Fold) -> object:
    parts = {name: set(members) for name, members in fold.parts.items()}
    return (fold.number, fold.repeat, parts, [_sets(inner) for inner in fold.inner])


def test_a_division_is_kept_under_its_name_and_taken_back_like_any_edit(opened: Workspace) -> None:
    opened.store.edit(PutDivision(made(opened)))
    assert saved_division(opened.path, "main") == made(opened)
    opened.store.edit(RenameDivision("main", "first"))
    opened.store.edit(DropDivision("first"))
    assert saved_divisions(opened.path) == []
    opened.store.undo()
    opened.store.undo()
    assert [one.name for one in saved_divisions(opened.path)] == ["main"]
    opened.store.undo()
    assert saved_divisions(opened.path) == []


def test_saving_under_the_same_name_replaces_it_and_can_be_undone(opened: Workspace) -> None:
    opened.store.edit(PutDivision(made(opened)))
    opened.store.edit(PutDivision(made(opened, choice=Choice(key="holdout"))))
    assert len(saved_division(opened.path, "main").folds) == 1
    opened.store.undo()
    assert len(saved_division(opened.path, "main").folds) == 2


def test_a_division_that_leaks_is_not_saved(opened: Workspace) -> None:
    leaking = replace(made(opened), folds=(Fold(1, ("P-001", "P-002"), ("P-002",)),))
    with pytest.raises(DataLeakageError):
        opened.store.edit(PutDivision(leaking))
    assert saved_divisions(opened.path) == []


@pytest.mark.parametrize("edit", [RenameDivision("none", "x"), DropDivision("none"), RenameDivision("main", "other")])
def test_what_cannot_be_renamed_or_deleted_changes_nothing(opened: Workspace, edit: RenameDivision) -> None:
    opened.store.edit(PutDivision(made(opened)), PutDivision(made(opened, "other")))
    with pytest.raises(CohortError):
        opened.store.edit(edit)
    assert [one.name for one in saved_divisions(opened.path)] == ["main", "other"]


def test_the_nearest_name_is_suggested(opened: Workspace) -> None:
    opened.store.edit(PutDivision(made(opened)))
    with pytest.raises(CohortError) as caught:
        saved_division(opened.path, "mein")
    assert caught.value.hint == "Did you mean 'main'?"


def test_a_saved_division_divides_as_it_was_saved(opened: Workspace) -> None:
    opened.store.edit(PutDivision(made(opened)))
    again = divide(Choice.model_validate({"key": "saved", "name": "main"}), who(opened), 99)
    assert [_sets(fold) for fold in again] == [_sets(fold) for fold in made(opened).folds]


def test_a_division_says_who_changed_since(opened: Workspace) -> None:
    division = made(opened)
    assert changes_since(division, who(opened)) == []
    opened.store.edit(SetLabel(("P-001",), "diagnosis", "osteoporotic"), SetLabel(("P-002", "P-003"), "diagnosis", ""))
    assert changes_since(division, who(opened)) == [
        "2 patients of this division take no part any more: P-002, P-003.",
        "1 patient changed in 'diagnosis' since: P-001.",
    ]
    assert changes_since(replace(division, targets={"diagnosis": {"P-001": "osteoporotic"}}), who(opened)) == [
        "5 patients came since and are in no part of it: P-004, P-005, P-006 and 2 more.",
    ]


def test_whoever_is_set_aside_later_is_in_no_fold_any_more(opened: Workspace) -> None:
    opened.store.edit(PutDivision(made(opened)))
    opened.store.edit(SetAside(("P-001",)))
    folds = divide(Choice.model_validate({"key": "saved", "name": "main"}), who(opened), 0)
    assert all("P-001" not in (*fold.train, *fold.test) for fold in folds)
    assert changes_since(saved_division(opened.path, "main"), who(opened)) == [
        "1 patient of this division takes no part any more: P-001."
    ]


@pytest.mark.parametrize("key", ["holdout", "k-fold", "repeated-k-fold", "nested", "rebalanced-jackknife"])
def test_a_table_gives_the_same_division_back(opened: Workspace, tmp_path: Path, key: str) -> None:
    options: dict[str, float] = {} if key in ("holdout", "rebalanced-jackknife") else {"folds": 3}
    options |= {"validation": 0.25} if key == "holdout" else {"inner_folds": 2} if key == "nested" else {}
    before = made(opened, choice=Choice.model_validate({"key": key, **options}))
    after = read_division(write_division(tmp_path / "division.csv", before), "main", who(opened))
    assert [_sets(fold) for fold in after.folds] == [_sets(fold) for fold in before.folds]


def test_the_table_holds_pseudonyms_and_classes_and_no_source_id(opened: Workspace, tmp_path: Path) -> None:
    text = write_division(tmp_path / "division.csv", made(opened, choice=Choice(key="holdout"))).read_text()
    assert text.splitlines()[0] == "patient,repeat,fold,inner,part,diagnosis"
    assert sorted(line.split(",")[0] for line in text.splitlines()[1:]) == list(who(opened).patients)
    assert not any(patient.source_id in text for patient in opened.cohort().patients)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("patient,part\nP-001,train\nP-001,test\n", "fold 1 trains and tests on the same patient P-001"),
        ("patient,part\nP-001,train\nP-099,test\n", "names 1 patients that take no part here, such as P-099"),
        ("patient,part\nP-001,somewhere\n", "line 2 says no part of a fold: 'somewhere'"),
        ("patient,fold,part\nP-001,one,train\n", "line 2 says no part of a fold: 'train'"),
        ("name,side\nP-001,train\n", "no columns 'patient' and 'part'"),
        ("", "no columns 'patient' and 'part'"),
    ],
)
def test_a_table_that_cannot_be_is_refused(opened: Workspace, tmp_path: Path, rows: str, told: str) -> None:
    table = tmp_path / "given.csv"
    table.write_text(rows)
    with pytest.raises(IsocenterError, match=told) as caught:
        read_division(table, "given", who(opened))
    assert caught.value.hint


def test_what_vanishes_is_said() -> None:
    classes = {f"P-{number:02d}": "common" for number in range(20)} | {"P-20": "rare", "P-21": "rare"}
    found = Subjects({"x": classes})
    folds = divide(Choice(key="k-fold"), found, 0)
    assert gaps(folds, found) == ["x = rare is not tested in 3 of 5 folds."]
    assert any("Only 2 patients of x = rare are tested" in line for line in remarks(folds, found))
    given = [Fold(1, ("P-00", "P-20"), ("P-01",))]
    assert gaps(given, found) == [
        "No fold tests x = rare: figures of that class cannot be had.",
        "19 patients with labels are in no part.",
    ]


def test_the_level_is_said_first() -> None:
    found = Subjects({"x": {"a": "1", "b": "1"}}, level="image")
    assert remarks([Fold(1, ("a",), ("b",))], found)[0].startswith("Image level: the source names no patients")
    assert level_words("image", likely=True).startswith("Image level, grouped into likely patients")
    assert level_words("patient", likely=False) == ""


def test_parts_are_counted_by_class_and_covariate() -> None:
    found = Subjects(
        {"x": {"a": "1", "b": "1", "c": "2"}},
        {"sex": {"a": "f", "b": "m"}, "age": {"a": "30", "b": "40", "c": "50"}},
    )
    fold = Fold(1, ("a", "b"), ("c",))
    assert class_counts([fold], found.targets["x"]) == {"train": {"1": 2}, "test": {"2": 1}}
    told = {one.column: dict(one.parts) for one in spreads(fold, found, ["sex"])}
    assert told == {"sex": {"train": "f 1, m 1", "test": "not told"}}


def test_a_patient_whose_scans_differ_is_in_no_division_and_that_is_said(opened: Workspace) -> None:
    first, second = opened.cohort().by_key["P-001"].scans[:2]
    opened.store.edit(SetScanLabel((first.id,), "diagnosis", "healthy"))
    opened.store.edit(SetScanLabel((second.id,), "diagnosis", "osteoporotic"))
    cohort, found = opened.cohort(), who(opened)
    assert "P-001" not in found.patients
    assert left_out(cohort, found) == "Not divided: 1 whose scans differ in diagnosis."
    _, reasons = cohort.having(["T1"], ["diagnosis"])
    assert reasons == ["P-001 is left out: its scans differ in 'diagnosis'"]
