"""Suggested labels: kept apart until accepted, who decided is known, and all of it can be taken back."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.cohort import Patient, Scan, Workspace
from engine.cohort.edits import (
    AcceptSuggestions,
    ExcludeScans,
    PutSuggestions,
    RejectSuggestions,
    RenameClasses,
    SetLabel,
    SetScanLabel,
)
from engine.cohort.edits.vault import SetAside
from engine.cohort.storage.store import Store
from engine.cohort.suggestions import Suggestion, open_ones, standing, suggestions
from engine.errors import CohortError
from engine.imaging import ScanSource

SHARES: Mapping[str, Mapping[str, float]] = {
    "P-001": {"well": 0.9, "sick": 0.1},
    "P-002": {"well": 0.48, "sick": 0.52},
    "P-003": {"well": 0.3, "sick": 0.7},
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Four patients without a label, three of whom have a suggestion."""
    with Workspace.create(tmp_path / "study") as workspace:
        people = []
        for number in range(1, 5):
            source = ScanSource("nifti", (tmp_path / f"{number}.nii",))
            scan = Scan(0, "", "T1", source, "nifti", (1, 1, 1), 1, f"d{number}")
            people.append(Patient("", f"source-{number}", {}, {}, (scan,)))
        workspace.store.add(people, "patient")
        workspace.store.edit(PutSuggestions("run-1", "diagnosis", SHARES), who="ada")
    return workspace.store


def waiting(store: Store) -> list[Suggestion]:
    return open_ones(suggestions(store, "diagnosis"), store.cohort())


def label(store: Store, patient: str) -> str:
    return store.cohort().by_key[patient].label("diagnosis")


def test_the_most_doubtful_come_first_and_no_label_changes(store: Store) -> None:
    assert [(one.patient, one.proposed) for one in waiting(store)] == [
        ("P-002", "sick"),
        ("P-003", "sick"),
        ("P-001", "well"),
    ]
    assert not store.cohort().label_columns


def test_accepting_gives_the_label_and_tells_who_and_when(store: Store) -> None:
    store.edit(AcceptSuggestions("diagnosis", {"P-001": "well"}), who="grace")
    (decided,) = [one for one in suggestions(store) if one.decision]
    assert (label(store, "P-001"), decided.decision, decided.label, decided.who) == (
        "well", "accepted", "well", "grace"
    )  # fmt: skip
    assert decided.decided is not None
    assert decided.decided >= decided.made


def test_another_label_than_the_suggested_one_may_be_given(store: Store) -> None:
    store.edit(AcceptSuggestions("diagnosis", {"P-001": "sick"}))
    (decided,) = [one for one in suggestions(store) if one.decision]
    assert (label(store, "P-001"), decided.proposed, decided.label) == ("sick", "well", "sick")


def test_rejecting_leaves_the_patient_without_a_label_and_asks_no_more(store: Store) -> None:
    store.edit(RejectSuggestions("diagnosis", ("P-002",)))
    assert label(store, "P-002") == ""
    assert [one.patient for one in waiting(store)] == ["P-003", "P-001"]


def test_decisions_are_taken_back_and_done_again(store: Store) -> None:
    store.edit(AcceptSuggestions("diagnosis", {"P-001": "well", "P-003": "sick"}))
    store.undo()
    assert (len(waiting(store)), label(store, "P-001")) == (3, "")
    store.redo()
    assert (len(waiting(store)), label(store, "P-003")) == (1, "sick")


def test_a_decision_can_be_made_only_once(store: Store) -> None:
    store.edit(RejectSuggestions("diagnosis", ("P-002",)))
    with pytest.raises(CohortError, match="waits for an answer"):
        store.edit(AcceptSuggestions("diagnosis", {"P-002": "sick"}))
    assert label(store, "P-002") == ""


def test_of_several_decisions_one_of_which_is_impossible_none_is_made(store: Store) -> None:
    with pytest.raises(CohortError):
        store.edit(AcceptSuggestions("diagnosis", {"P-001": "well", "P-004": "well"}))
    assert (label(store, "P-001"), len(waiting(store))) == ("", 3)


def test_a_label_must_have_a_name(store: Store) -> None:
    with pytest.raises(CohortError, match="needs a name"):
        store.edit(AcceptSuggestions("diagnosis", {"P-001": " "}))


BY_HAND = [SetLabel(("P-003",), "diagnosis", "well"), SetScanLabel((3,), "diagnosis", "well")]


@pytest.mark.parametrize("edit", BY_HAND)
def test_who_is_labelled_by_hand_is_not_asked_about_any_more(store: Store, edit: SetLabel | SetScanLabel) -> None:
    store.edit(edit)
    assert [one.patient for one in waiting(store)] == ["P-002", "P-001"]


@pytest.mark.parametrize("edit", BY_HAND)
def test_a_suggestion_never_overwrites_a_label_given_meanwhile(store: Store, edit: SetLabel | SetScanLabel) -> None:
    store.edit(edit)
    with pytest.raises(CohortError, match="P-003 was given a label"):
        store.edit(AcceptSuggestions("diagnosis", {"P-001": "well", "P-003": "sick"}))
    assert (label(store, "P-003"), label(store, "P-001")) == ("well", "")


@pytest.mark.parametrize("edit", [ExcludeScans((3,), "motion"), SetAside(("P-003",))])
def test_who_takes_no_part_is_not_asked_about(store: Store, edit: ExcludeScans | SetAside) -> None:
    store.edit(edit)
    assert [one.patient for one in waiting(store)] == ["P-002", "P-001"]
    assert standing(suggestions(store), store.cohort()).all == 2


def test_a_class_that_is_renamed_is_suggested_by_its_new_name(store: Store) -> None:
    store.edit(RejectSuggestions("diagnosis", ("P-003",)))
    store.edit(RenameClasses("diagnosis", ("sick",), "ill"))
    assert [(one.patient, one.proposed) for one in waiting(store)] == [("P-002", "ill"), ("P-001", "well")]
    assert [one.proposed for one in suggestions(store) if one.decision] == ["sick"]
    store.undo()
    assert waiting(store)[0].proposed == "sick"


def test_classes_that_are_merged_add_up(store: Store) -> None:
    store.edit(PutSuggestions("run-2", "diagnosis", {"P-004": {"well": 0.4, "ill": 0.35, "sick": 0.25}}))
    store.edit(RenameClasses("diagnosis", ("ill", "sick"), "sick"))
    (one,) = [one for one in waiting(store) if one.patient == "P-004"]
    assert dict(one.probabilities) == pytest.approx({"well": 0.4, "sick": 0.6})


def test_a_newer_run_goes_before_what_nobody_decided(store: Store) -> None:
    store.edit(RejectSuggestions("diagnosis", ("P-002",)))
    store.edit(PutSuggestions("run-2", "diagnosis", {"P-001": {"well": 0.2, "sick": 0.8}}))
    found = {(one.patient, one.run, one.decision) for one in suggestions(store)}
    assert found == {("P-001", "run-2", ""), ("P-002", "run-1", "rejected"), ("P-003", "run-1", "")}


def test_a_run_that_is_asked_again_does_not_ask_again_about_what_was_rejected(store: Store) -> None:
    store.edit(RejectSuggestions("diagnosis", ("P-002",)))
    store.edit(PutSuggestions("run-1", "diagnosis", SHARES))
    assert [one.patient for one in waiting(store)] == ["P-003", "P-001"]


def test_progress_counts_what_was_decided(store: Store) -> None:
    store.edit(RejectSuggestions("diagnosis", ("P-002",)))
    store.edit(AcceptSuggestions("diagnosis", {"P-001": "well"}))
    state = standing(suggestions(store), store.cohort())
    assert (state.decided, state.all, state.open) == (2, 3, 1)


def test_columns_are_reviewed_apart(store: Store) -> None:
    store.edit(PutSuggestions("run-1", "part", {"P-004": {"hand": 0.6, "leg": 0.4}}))
    assert [one.patient for one in suggestions(store, "part")] == ["P-004"]
    assert len(suggestions(store)) == 4
