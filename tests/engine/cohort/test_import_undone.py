"""An import that is cancelled, fails or is killed leaves the workspace as it was, its unpacked files included."""

import hashlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.cohort import (
    ImportPlan,
    Workspace,
    import_as_workspace,
    import_folder,
    import_found,
    look_into,
)
from engine.cohort.edits import SetLabel
from engine.cohort.intake import bringing_in
from engine.cohort.intake.merging import Merged
from engine.cohort.intake.sources import sources_of
from engine.cohort.intake.writing import write
from engine.control import Control
from engine.errors import Cancelled, CohortError
from tests.helpers.cohorts import make_workspace, write_source
from tests.helpers.plain_pictures import write_classes

CLASSES = ImportPlan("class-folders")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

# Killed by its own hand when so many scans were read (or, at 0, when all rows are written but not yet committed).
KILLED = """
import os, signal, sys
from pathlib import Path
from engine.cohort import Workspace, import_folder
from engine.cohort.intake import bringing_in
source, workspace, at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
def end(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if at == 0:
    bringing_in.write_outline = end
with Workspace.open(workspace) as opened:
    import_folder(source, opened, progress=lambda done, total: end() if done == at else None)
"""


def content(folder: Path) -> dict[str, str]:
    """Every file but the lock and what SQLite keeps to roll back."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in (".db", ".gz", ".json"))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def archive(folder: Path, patients: int, seed: int = 0) -> Path:
    """A zip archive of a study."""
    write_source(folder / f"packed {seed}" / "study", patients, seed=seed)
    return Path(shutil.make_archive(str(folder / f"study {seed}"), "zip", folder / f"packed {seed}"))


@posix
@pytest.mark.parametrize("at", [1, 5, 0], ids=["reading the first", "reading the fifth", "all written"])
@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "archive"])
def test_a_killed_import_never_happened(tmp_path: Path, at: int, zipped: bool) -> None:
    workspace = make_workspace(tmp_path / "study", archive(tmp_path, 2))
    with Workspace.open(workspace) as opened:
        opened.store.edit(SetLabel(("P-001",), "diagnosis", "unsure"))
        cohort = opened.cohort()
    before = content(workspace)
    source = archive(tmp_path, 4, seed=1) if zipped else write_source(tmp_path / "scans", ["x", "y", "z"], seed=1)
    done = subprocess.run([sys.executable, "-c", KILLED, str(source), str(workspace), str(at)], check=False)
    assert done.returncode == -signal.SIGKILL
    with Workspace.open(workspace) as opened:
        assert opened.cohort() == cohort
        assert [one.words for one in opened.store.history()] == ["Set diagnosis of 1 patient to unsure"]
    assert content(workspace) == before
    assert not list(workspace.glob(".isocenter-*"))


@posix
def test_after_a_kill_the_same_import_goes_through(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "study", archive(tmp_path, 2))
    source = archive(tmp_path, 4, seed=1)
    subprocess.run([sys.executable, "-c", KILLED, str(source), str(workspace), "5"], check=False)
    with Workspace.open(workspace) as opened:
        assert import_folder(source, opened).new == 8


@pytest.mark.parametrize("at", [1, 40, 60])
def test_an_import_cancelled_anywhere_leaves_nothing(tmp_path: Path, at: int) -> None:
    workspace = make_workspace(tmp_path / "study", archive(tmp_path, 2))
    before, control = content(workspace), Control()
    source = write_classes(tmp_path / "films", 30)
    with Workspace.open(workspace) as opened, pytest.raises(Cancelled):
        import_folder(
            source, opened, CLASSES, control=control, progress=lambda done, _: control.cancel() if done == at else None
        )
    assert content(workspace) == before


def test_a_cancel_while_the_rows_are_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = make_workspace(tmp_path / "study", archive(tmp_path, 2))
    before, control = content(workspace), Control()

    def written(connection: sqlite3.Connection, merged: Merged, source: int, home: Path) -> None:
        write(connection, merged, source, home)
        control.cancel()

    monkeypatch.setattr(bringing_in, "write", written)
    with Workspace.open(workspace) as opened, pytest.raises(Cancelled):
        import_folder(write_classes(tmp_path / "films"), opened, CLASSES, control=control)
    assert content(workspace) == before


def test_a_failed_import_leaves_nothing(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "study", archive(tmp_path, 2))
    before = content(workspace)
    plan = ImportPlan(table=tmp_path / "absent.csv")
    with Workspace.open(workspace) as opened, pytest.raises(CohortError, match="not there"):
        import_folder(archive(tmp_path, 3, seed=1), opened, plan)
    assert content(workspace) == before
    assert len(sources_of(Workspace.peek(workspace))) == 1


def test_an_edit_made_while_files_are_read_counts(tmp_path: Path) -> None:
    source = write_source(tmp_path / "scans", 3)
    workspace = make_workspace(tmp_path / "study", source)
    (source / "labels.csv").write_text("patient,diagnosis\n0001,ill\n0002,ill\n0003,ill\n", encoding="utf-8")
    with Workspace.open(workspace) as opened, look_into(source) as found:

        def meanwhile(done: int, total: int) -> None:
            if done == 1:
                editor = threading.Thread(
                    target=lambda: Workspace.peek(workspace).store.edit(SetLabel(("P-002",), "diagnosis", "unsure"))
                )
                editor.start()
                editor.join()

        cohort = import_found(found, source, opened, progress=meanwhile).cohort
    assert [patient.label("diagnosis") for patient in cohort.patients] == ["ill", "unsure", "ill"]


def test_an_archive_that_is_there_already_stays_when_its_second_import_fails(tmp_path: Path) -> None:
    source = archive(tmp_path, 2)
    import_as_workspace(source, tmp_path / "study")
    before = content(tmp_path / "study")
    with Workspace.open(tmp_path / "study") as opened, pytest.raises(CohortError):
        import_folder(source, opened, ImportPlan("patient-folders", options={"no": "such"}))
    assert content(tmp_path / "study") == before
