"""Whatever is edited can be taken back and done again, one edit after another, also after a restart or a crash."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cohort import Cohort, Patient, Scan, Workspace
from engine.cohort.columns import Column
from engine.cohort.edits import (
    AcceptScans,
    DropColumn,
    Edit,
    ExcludeScans,
    GroupScans,
    PutColumn,
    RenameClasses,
    SetCovariate,
    SetLabel,
    SetRole,
    SetScanLabel,
    SetVisit,
)
from engine.errors import CohortError, StorageError
from engine.imaging import ScanSource

PEOPLE = 6


def people(count: int = PEOPLE) -> list[Patient]:
    """Patients with two scans each, labelled in turn, with an age."""
    return [
        Patient(
            "",
            f"id {number}",
            {"diagnosis": ("well", "ill")[number % 2]},
            {"age": str(50 + number)},
            tuple(
                Scan(
                    0,
                    "",
                    role,
                    ScanSource("nifti", (Path(f"/scans/{number}/{role}.nii"),)),
                    "nifti",
                    (2, 2, 2),
                    1,
                    role,
                )
                for role in ("T1", "T2")
            ),
        )
        for number in range(count)
    ]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace of six patients; nobody has edited it."""
    with Workspace.create(tmp_path / "study") as made:
        made.store.add(people(), "patient")
        yield made


EVERY_EDIT: dict[str, Edit] = {
    "label": SetLabel(("P-001", "P-002"), "diagnosis", "unsure"),
    "no label": SetLabel(("P-001",), "diagnosis", ""),
    "new column": SetLabel(("P-003",), "grade", "2"),
    "covariate": SetCovariate(("P-004",), "age", "77"),
    "scan label": SetScanLabel((1, 3), "diagnosis", "ill"),
    "role": SetRole((1, 2), "T1w"),
    "visit": SetVisit((2, 4), "follow-up"),
    "exclude": ExcludeScans((1, 2, 3), "motion"),
    "accept": AcceptScans((5,), "checked"),
    "merge": RenameClasses("diagnosis", ("well", "ill"), "anything"),
    "group": GroupScans(((1, 3, 5), (7, 8)), likely=True),
    "ordinal": PutColumn(Column("diagnosis", "label", "ordinal", ("well", "ill"))),
    "age as a label": PutColumn(Column("age", "label", "number")),
    "drop": DropColumn("diagnosis"),
}


@pytest.mark.parametrize("name", EVERY_EDIT)
def test_every_edit_changes_the_cohort_and_can_be_taken_back_and_done_again(study: Workspace, name: str) -> None:
    before = study.cohort()
    study.store.edit(EVERY_EDIT[name])
    after = study.cohort()
    assert after != before
    study.store.undo()
    assert study.cohort() == before
    study.store.redo()
    assert study.cohort() == after


@pytest.mark.parametrize("name", EVERY_EDIT)
def test_what_an_edit_touched_is_read_anew_and_nothing_else(study: Workspace, name: str) -> None:
    before = study.cohort()
    edited = study.store.edit(EVERY_EDIT[name])
    renewed = study.store.renewed(before, edited)
    assert renewed == study.cohort()
    same = {patient.key for patient in renewed.patients if before.by_key.get(patient.key) is patient}
    assert same == {one.key for one in before.patients if one.number not in edited.patients and one in renewed.patients}


@settings(max_examples=25)
@given(steps=st.lists(st.sampled_from(["undo", "redo", *EVERY_EDIT]), max_size=14))
def test_any_way_back_and_forth_leads_where_it_should(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    with Workspace.create(tmp_path_factory.mktemp("any") / "study") as study:
        study.store.add(people(), "patient")
        past, future = [study.cohort()], list[Cohort]()
        for step in steps:
            if step == "undo":
                if study.store.undo() is not None:
                    future.append(past.pop())
            elif step == "redo":
                if study.store.redo() is not None:
                    past.append(future.pop())
            elif _possible(study, step) and study.store.edit(EVERY_EDIT[step]).number:
                past, future = [*past, study.cohort()], []
            assert study.cohort() == past[-1]
        assert len([one for one in study.store.history() if not one.undone]) == len(past) - 1


def _possible(study: Workspace, step: str) -> bool:
    """Grouping takes patients away, so not every edit can follow it."""
    there = set(study.cohort().by_key)
    return set(getattr(EVERY_EDIT[step], "patients", ())) <= there


def test_the_history_says_what_was_done_by_whom_and_survives_a_restart(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "study") as study:
        study.store.add(people(), "patient")
        study.store.edit(EVERY_EDIT["label"], who="a reader")
        study.store.edit(EVERY_EDIT["exclude"], EVERY_EDIT["role"], words="Clean up")
        study.store.undo()
    with Workspace.open(tmp_path / "study") as again:
        history = again.store.history()
        assert [(one.words, one.undone) for one in history] == [
            ("Set diagnosis of 2 patients to unsure", False),
            ("Clean up", True),
        ]
        assert history[0].who == "a reader"
        again.store.undo()
        assert again.cohort().by_key["P-001"].label("diagnosis") == "well"
        assert again.store.undo() is None


def test_a_new_edit_forgets_what_was_taken_back(study: Workspace) -> None:
    study.store.edit(EVERY_EDIT["label"])
    study.store.undo()
    study.store.edit(EVERY_EDIT["role"])
    assert study.store.redo() is None
    assert [one.words for one in study.store.history()] == ["Set the role of 2 scans to T1w"]


def test_an_edit_that_changes_nothing_is_not_in_the_history(study: Workspace) -> None:
    edited = study.store.edit(SetLabel(("P-001",), "diagnosis", "well"))
    assert edited.number == 0
    assert study.store.history() == []


def test_an_edit_that_fails_leaves_nothing_behind(study: Workspace) -> None:
    before = study.cohort()
    with pytest.raises(CohortError, match="there is no patient 'P-099'"):
        study.store.edit(EVERY_EDIT["exclude"], SetLabel(("P-099",), "diagnosis", "ill"))
    assert study.cohort() == before
    assert study.store.history() == []


def test_taking_an_edit_back_keeps_what_a_later_import_learned(study: Workspace) -> None:
    study.store.edit(EVERY_EDIT["exclude"])
    study.store.add([Patient("", "id 0", {"diagnosis": "cured"}, {}, ())], "patient")
    study.store.undo()
    first = study.cohort().by_key["P-001"]
    assert first.label("diagnosis") == "cured"
    assert not any(scan.excluded for scan in first.scans)


def test_a_pseudonym_is_never_given_twice(study: Workspace) -> None:
    study.store.edit(GroupScans(((11, 12, 9),)))
    keys = set(study.cohort().by_key)
    study.store.undo()
    study.store.add([Patient("", "somebody new")], "patient")
    assert set(study.cohort().by_key) - {f"P-{number:03d}" for number in range(1, PEOPLE + 1)} == {"P-008"}
    assert "P-007" in keys


def test_scans_of_one_patient_may_have_labels_of_their_own(study: Workspace) -> None:
    study.store.edit(SetScanLabel((1,), "diagnosis", "ill"))
    cohort = study.cohort()
    first = cohort.by_key["P-001"]
    assert [first.label_of(scan, "diagnosis") for scan in first.scans] == ["ill", "well"]
    assert first.label("diagnosis") == ""
    assert cohort.counts()["diagnosis"] == {"ill": {"patients": 4, "scans": 7}, "well": {"patients": 3, "scans": 5}}


def test_a_label_given_to_the_patient_goes_before_those_of_its_scans(study: Workspace) -> None:
    study.store.edit(SetScanLabel((1,), "diagnosis", "ill"))
    study.store.edit(SetLabel(("P-001",), "diagnosis", "cured"))
    assert study.cohort().by_key["P-001"].label("diagnosis") == "cured"


def test_grouped_patients_keep_what_they_agree_on_and_scans_what_they_do_not(study: Workspace) -> None:
    study.store.edit(GroupScans(((1, 2, 3, 4),)))
    cohort = study.cohort()
    (made,) = (patient for patient in cohort.patients if len(patient.scans) == 4)
    assert len(cohort.patients) == PEOPLE - 1
    assert (made.labels, made.covariates) == ({}, {})
    assert [made.label_of(scan, "diagnosis") for scan in made.scans] == ["well", "ill", "well", "ill"]
    assert not cohort.likely_patients


def test_an_accepted_guess_is_said_and_no_longer_when_it_is_taken_back(study: Workspace) -> None:
    study.store.edit(GroupScans(((1, 3),), likely=True))
    assert study.cohort().likely_patients
    study.store.undo()
    assert not study.cohort().likely_patients


def test_classes_have_the_order_that_was_given_and_a_renamed_one_keeps_its_place(study: Workspace) -> None:
    study.store.edit(PutColumn(Column("diagnosis", "label", "ordinal", ("well", "ill"))))
    assert study.cohort().classes("diagnosis") == ["well", "ill"]
    study.store.edit(RenameClasses("diagnosis", ("well",), "Zero"))
    assert study.cohort().classes("diagnosis") == ["Zero", "ill"]


KILLED = """
import itertools, sys
from pathlib import Path
from engine.cohort import Workspace
from engine.cohort.edits import SetLabel, ExcludeScans, GroupScans
with Workspace.open(Path(sys.argv[1])) as study:
    for number in itertools.count(1):
        if number % 7 == 0:
            study.store.undo()
        else:
            note = SetLabel(("P-001", "P-002"), "note", str(number))
            study.store.edit(note, ExcludeScans((1, 2, 3), f"because {number}"))
        print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("after", [1, 5, 12, 30])
def test_a_kill_while_editing_loses_no_edit_that_was_acknowledged(tmp_path: Path, after: int) -> None:
    with Workspace.create(tmp_path / "study") as made:
        made.store.add(people(), "patient")
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path / "study")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(after)][-1]
        os.kill(process.pid, signal.SIGKILL)
    with Workspace.open(tmp_path / "study") as again:
        done = [int(one.words.rsplit(" ", 1)[-1]) for one in again.store.history()]
        cohort = again.cohort()
        standing = [int(one.words.rsplit(" ", 1)[-1]) for one in again.store.history() if not one.undone]
        last = standing[-1] if standing else 0
        assert last >= acknowledged - 1
        assert cohort.by_key["P-001"].label("note") == cohort.by_key["P-002"].label("note") == str(last)
        assert {scan.excluded for scan in cohort.scans if scan.id <= 3} == {f"because {last}"}
        assert done == sorted(done)
        while again.store.undo() is not None:
            pass
        assert again.cohort().patients == tuple(_fresh(tmp_path).patients)


def _fresh(folder: Path) -> Cohort:
    with Workspace.create(folder / "fresh") as made:
        return made.store.add(people(), "patient")


def test_many_steps_at_once_are_the_same_as_one_after_another(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "many") as workspace:
        workspace.store.add(people(), "patient")
        for number in range(30):
            workspace.store.edit(SetLabel((f"P-00{number % 3 + 1}",), "note", str(number)))
        back = workspace.store.steps(25, back=True)
        assert [workspace.cohort().by_key[f"P-00{n}"].label("note") for n in (1, 2, 3)] == ["3", "4", "2"]
        forth = workspace.store.steps(99, back=False)
        assert [one.number for one in forth] == [one.number for one in reversed(back)]
        assert workspace.cohort().by_key["P-003"].label("note") == "29"


def test_an_edit_while_something_else_writes_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr("sqlite3.connect", lambda *args, **options: connect(*args, **{**options, "timeout": 0.05}))
    with Workspace.create(tmp_path / "busy") as workspace:
        workspace.store.add(people(), "patient")
        with closing(connect(tmp_path / "busy" / "workspace.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StorageError, match="something else is writing to the workspace"):
                workspace.store.edit(SetLabel(("P-001",), "note", "seen"))
            other.execute("ROLLBACK")
        assert workspace.store.history() == []
