"""Edits of the cohort: in the workspace at once, in order, on the undo stack also after a restart."""

import sqlite3
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
