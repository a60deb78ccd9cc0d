"""Edits of the cohort: in the workspace at once, in order, on the undo stack also after a restart."""

import gc
import sqlite3
import threading
import weakref
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.session import Session
from engine.cohort import Workspace
from engine.cohort.edits import ExcludeScans, SetLabel


def settle(qtbot: QtBot, session: Session) -> None:
    """Wait until everything wished is in the workspace and shown."""
    qtbot.waitUntil(lambda: not session.editing.busy)


def label(session: Session, patient: str = "P-001") -> str:
    assert session.cohort is not None
    return session.cohort.by_key[patient].label("note")


def test_an_edit_is_in_the_workspace_and_on_the_screen(qtbot: QtBot, opened: Session, workspace: Path) -> None:
    with qtbot.waitSignal(opened.editing.ended):
        opened.editing.make(SetLabel(("P-001",), "note", "seen"))
    assert label(opened) == "seen"
    assert Workspace.peek(workspace).cohort().by_key["P-001"].label("note") == "seen"
    assert opened.edits.undoText() == "Set note of 1 patient to seen"


def test_patients_that_were_not_touched_are_the_same_objects(qtbot: QtBot, opened: Session) -> None:
    assert opened.cohort is not None
    before = opened.cohort.by_key
    opened.editing.make(SetLabel(("P-001",), "note", "seen"))
    settle(qtbot, opened)
    assert [key for key, patient in opened.cohort.by_key.items() if before[key] is not patient] == ["P-001"]


def test_many_edits_at_once_come_in_their_order(qtbot: QtBot, opened: Session) -> None:
    for number in range(20):
        opened.editing.make(SetLabel(("P-001",), "note", str(number)))
    settle(qtbot, opened)
    assert label(opened) == "19"
    assert opened.edits.count() == 20
    for number in reversed(range(19)):
        opened.editing.undo()
        settle(qtbot, opened)
        assert label(opened) == str(number)


def test_undo_right_after_an_edit_takes_that_edit_back(qtbot: QtBot, opened: Session) -> None:
    opened.editing.make(SetLabel(("P-001",), "note", "first"))
    opened.editing.make(SetLabel(("P-001",), "note", "second"))
    opened.editing.undo()
    settle(qtbot, opened)
    assert label(opened) == "first"
    opened.editing.redo()
    settle(qtbot, opened)
    assert label(opened) == "second"


def test_what_was_done_before_a_restart_can_be_taken_back_after_it(
    qtbot: QtBot, opened: Session, workspace: Path
) -> None:
    for word in ("first", "second", "third"):
        opened.editing.make(SetLabel(("P-001",), "note", word))
    settle(qtbot, opened)
    opened.editing.undo()
    settle(qtbot, opened)
    opened.close_workspace()
    assert not opened.edits.canUndo()
    with qtbot.waitSignal(opened.workspace_changed):
        opened.open_workspace(workspace)
    assert opened.edits.canRedo()
    assert label(opened) == "second"
    opened.editing.undo()
    settle(qtbot, opened)
    assert label(opened) == "first"


def test_an_edit_that_fails_is_told_and_leaves_history_and_cohort_as_they_were(qtbot: QtBot, opened: Session) -> None:
    opened.editing.make(SetLabel(("P-001",), "note", "seen"))
    settle(qtbot, opened)
    with qtbot.waitSignal(opened.failed) as failed:
        opened.editing.make(SetLabel(("P-099",), "note", "nobody"), ExcludeScans((1,), "motion"))
    assert "P-099" in str(failed.args[0])
    settle(qtbot, opened)
    qtbot.waitUntil(lambda: opened.edits.count() == 1)
    assert label(opened) == "seen"


def test_an_edit_that_changes_nothing_is_not_on_the_undo_stack(qtbot: QtBot, opened: Session) -> None:
    opened.editing.make(SetLabel(("P-001",), "note", ""))
    settle(qtbot, opened)
    assert opened.edits.count() == 0


def test_an_edit_on_its_way_while_the_workspace_is_closed_is_kept_and_harms_nobody(
    qtbot: QtBot, opened: Session, workspace: Path
) -> None:
    opened.editing.make(SetLabel(("P-001",), "note", "seen"))
    opened.close_workspace()
    assert opened.bridge.settle(5)
    with qtbot.waitSignal(opened.workspace_changed):
        opened.open_workspace(workspace)
    assert label(opened) == "seen"
    assert opened.edits.undoText() == "Set note of 1 patient to seen"


def test_a_database_that_is_busy_is_told_and_the_window_goes_on(qtbot: QtBot, opened: Session, workspace: Path) -> None:
    holder = sqlite3.connect(workspace / "workspace.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    opened.editing.make(SetLabel(("P-001",), "note", "seen"))
    qtbot.wait(50)
    holder.execute("ROLLBACK")
    holder.close()
    settle(qtbot, opened)
    assert label(opened) == "seen"


def stored(workspace: Path, patient: str, column: str) -> str:
    """A label as it stands in the workspace's database."""
    return Workspace.peek(workspace).cohort().by_key[patient].label(column)


def test_edits_that_still_wait_when_the_window_closes_are_in_the_workspace(opened: Session, workspace: Path) -> None:
    opened.editing.make(SetLabel(("P-001",), "note", "first"))
    opened.editing.make(SetLabel(("P-002",), "note", "second"))
    opened.editing.make(SetLabel(("P-001",), "other", "third"))
    assert opened.close()
    assert [stored(workspace, *which) for which in (("P-001", "note"), ("P-002", "note"), ("P-001", "other"))] == [
        "first",
        "second",
        "third",
    ]


def test_edits_that_still_wait_when_another_workspace_is_opened_are_kept(
    qtbot: QtBot, opened: Session, workspace: Path
) -> None:
    for number in range(5):
        opened.editing.make(SetLabel(("P-001",), "note", str(number)))
    opened.close_workspace()
    assert stored(workspace, "P-001", "note") == "4"


def test_an_edit_with_no_thread_free_for_it_is_kept_when_the_window_closes(opened: Session, workspace: Path) -> None:
    gate = threading.Event()
    for _ in range(8):
        opened.bridge.submit(lambda: gate.wait(5))
    opened.editing.make(SetLabel(("P-001",), "note", "seen"))
    opened.editing.finish()
    gate.set()
    opened.close()
    assert stored(workspace, "P-001", "note") == "seen"


def test_an_edit_that_fails_does_not_take_the_ones_after_it_along(
    qtbot: QtBot, opened: Session, workspace: Path
) -> None:
    opened.editing.make(SetLabel(("P-099",), "note", "nobody"))
    opened.editing.make(SetLabel(("P-001",), "note", "first"))
    with qtbot.waitSignal(opened.failed):
        opened.editing.make(SetLabel(("P-001",), "note", "second"))
    settle(qtbot, opened)
    assert label(opened) == stored(workspace, "P-001", "note") == "second"
    assert [opened.edits.text(place) for place in range(opened.edits.count())] == [
        "Set note of 1 patient to first",
        "Set note of 1 patient to second",
    ]


def test_an_edit_made_while_a_failure_is_told_is_on_the_undo_stack_once(qtbot: QtBot, opened: Session) -> None:
    opened.failed.connect(lambda _: opened.editing.make(SetLabel(("P-001",), "note", "seen")))
    opened.editing.make(SetLabel(("P-099",), "note", "nobody"))
    qtbot.waitUntil(lambda: label(opened) == "seen")
    settle(qtbot, opened)
    assert opened.edits.count() == 1
    opened.editing.undo()
    settle(qtbot, opened)
    assert label(opened) == ""


def test_going_back_in_the_history_while_an_edit_is_on_its_way_goes_back_from_that_edit(
    qtbot: QtBot, opened: Session, workspace: Path
) -> None:
    for word in ("first", "second"):
        opened.editing.make(SetLabel(("P-001",), "note", word))
    settle(qtbot, opened)
    opened.editing.make(SetLabel(("P-002",), "note", "third"))
    opened.editing.go_to(1)
    settle(qtbot, opened)
    assert (label(opened), label(opened, "P-002")) == ("first", "")
    assert (stored(workspace, "P-001", "note"), stored(workspace, "P-002", "note")) == ("first", "")
    assert (opened.edits.index(), opened.edits.count()) == (1, 3)


def test_many_steps_back_are_shown_as_one_and_can_be_done_again(qtbot: QtBot, opened: Session) -> None:
    for number in range(40):
        opened.editing.make(SetLabel((f"P-00{number % 3 + 1}",), "note", str(number)))
    settle(qtbot, opened)
    shown = []
    opened.cohort_changed.connect(lambda: shown.append(1))
    opened.editing.go_to(0)
    settle(qtbot, opened)
    assert [label(opened, f"P-00{n}") for n in (1, 2, 3)] == ["", "", ""]
    assert len(shown) < 5
    opened.editing.go_to(40)
    settle(qtbot, opened)
    assert [label(opened, f"P-00{n}") for n in (1, 2, 3)] == ["39", "37", "38"]


def test_a_cohort_read_anew_and_an_edit_at_the_same_time_miss_nothing_of_each_other(
    qtbot: QtBot, opened: Session, workspace: Path
) -> None:
    opened.editing.make(SetLabel(("P-001",), "note", "mine"))
    Workspace.peek(workspace).store.edit(SetLabel(("P-002",), "note", "by another way"))
    opened.refresh_cohort()
    opened.editing.make(SetLabel(("P-003",), "note", "mine too"))
    settle(qtbot, opened)
    assert [label(opened, f"P-00{n}") for n in (1, 2, 3)] == ["mine", "by another way", "mine too"]


def test_a_cohort_that_was_replaced_goes_without_a_collection(qtbot: QtBot, opened: Session) -> None:
    assert opened.cohort is not None
    gc.collect()
    before = weakref.ref(opened.cohort)
    opened.editing.make(SetLabel(("P-001",), "note", "seen"))
    settle(qtbot, opened)
    opened.editing.make(SetLabel(("P-001",), "note", "again"))
    settle(qtbot, opened)
    assert before() is None
