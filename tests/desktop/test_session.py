import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import report_unexpected
from desktop.session import Session, title_of
from desktop.settings import Settings
from engine.cohort import Workspace
from engine.errors import WorkspaceBusyError


def test_opening_remembers_the_workspace(opened: Session, workspace: Path) -> None:
    entry = Settings.load().recent[0]
    assert (entry.path, entry.title, entry.patients, entry.scans) == (str(workspace), "knees-isocenter", 12, 21)


def test_an_open_workspace_is_held_against_others_until_it_is_closed(opened: Session, workspace: Path) -> None:
    with pytest.raises(WorkspaceBusyError):
        Workspace.open(workspace)
    opened.close_workspace()
    Workspace.open(workspace).close()


def test_a_busy_workspace_is_an_error_one_can_read(qtbot: QtBot, session: Session, workspace: Path) -> None:
    with Workspace.open(workspace), qtbot.waitSignal(session.failed) as failed:
        session.open_workspace(workspace)
    assert isinstance(failed.args[0], WorkspaceBusyError)
    assert session.workspace is None


def test_the_cohort_is_read_anew(qtbot: QtBot, opened: Session) -> None:
    assert opened.cohort is not None
    assert opened.workspace is not None
    opened.workspace.store.exclude(opened.cohort.scans[0].id, "motion")
    with qtbot.waitSignal(opened.cohort_changed):
        opened.refresh_cohort()
    assert opened.cohort.scans[0].excluded == "motion"


def test_a_folder_that_is_no_workspace_is_looked_into(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    (tmp_path / "knees").mkdir()
    with qtbot.waitSignal(session.intake.changed):
        session.open_folder(tmp_path / "knees")
    assert session.intake.found is not None
    assert session.intake.found.name == "knees"
    assert session.workspace is None


def test_what_is_not_there_is_told(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.failed) as failed:
        session.open_places((tmp_path, tmp_path / "gone"))
    assert "no such file or folder" in str(failed.args[0])
    assert failed.args[0].hint
    assert not session.bridge.jobs


def test_the_database_of_a_workspace_opens_it(qtbot: QtBot, session: Session, workspace: Path) -> None:
    with qtbot.waitSignal(session.workspace_changed):
        session.open_folder(workspace / "workspace.db")
    assert session.workspace is not None


def test_a_workspace_among_folders_of_scans_is_refused(
    qtbot: QtBot, session: Session, workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "scans").mkdir()
    with qtbot.waitSignal(session.failed) as failed:
        session.open_places((tmp_path / "scans", workspace))
    assert "workspace" in str(failed.args[0])
    assert session.intake.found is None


def test_patients_are_called_by_their_pseudonyms_unless_one_asks_for_the_ids_of_their_files(
    qtbot: QtBot, opened: Session
) -> None:
    assert opened.patient_name("P-003") == "P-003"
    with qtbot.waitSignal(opened.cohort_changed):
        opened.show_patients_as("id")
    assert opened.patient_name("P-003") == "source-3"
    assert opened.patient_name("P-999") == "P-999"
    assert [row.name for row in opened.rows()][:2] == ["source-1", "source-2"]
    assert Settings.load().patient_names == "id"


def test_what_nobody_caught_is_shown_and_the_window_lives(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    report_unexpected(session)
    try:
        raise ValueError("a surprise")
    except ValueError as error:
        surprise = error
    with qtbot.waitSignal(session.failed) as failed:
        thread = threading.Thread(target=sys.excepthook, args=(ValueError, surprise, surprise.__traceback__))
        thread.start()
    thread.join()
    assert "a surprise" in str(failed.args[0])
    assert "a surprise" in capsys.readouterr().err


@pytest.mark.parametrize(("path", "title"), [("/data/knees", "knees"), ("/data/demo-knee/workspace", "demo-knee")])
def test_a_workspace_is_called_by_its_folder(path: str, title: str) -> None:
    assert title_of(Path(path)) == title
