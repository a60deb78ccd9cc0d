"""The workspace: one may change it, any may look, and what is wrong with it is said."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.cohort import Patient, Workspace
from engine.errors import CohortError, WorkspaceBusyError
from tests.helpers.cohorts import make_workspace, write_source
from tests.helpers.unprivileged import public_folder, without_rights

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and permissions")

HOLD = """
import sys
from pathlib import Path
from engine.cohort import Patient, Workspace
with Workspace.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""

HALF_WRITTEN = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN")
connection.execute("UPDATE patients SET key = 'torn-' || key")
connection.executemany("INSERT INTO facts VALUES (?, ?)", ((str(n), "x" * 999) for n in range(999)))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def holder(workspace: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the workspace open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(workspace)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def alter(workspace: Path, statement: str) -> None:
    connection = sqlite3.connect(workspace / "workspace.db")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_workspace_open_elsewhere_is_busy_and_names_the_process(
    workspace: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(WorkspaceBusyError, match=rf"open in another Isocenter \(process {holder.pid}\)"):
        Workspace.open(workspace)


def test_a_workspace_open_elsewhere_can_be_looked_at(workspace: Path, holder: subprocess.Popen[str]) -> None:
    assert len(Workspace.peek(workspace).cohort().patients) == 8


@posix
def test_a_workspace_is_free_when_who_had_it_open_was_killed(workspace: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with Workspace.open(workspace) as opened:
        assert len(opened.cohort().patients) == 8


@posix
@pytest.mark.parametrize("way", [Workspace.open, Workspace.peek], ids=["open", "peek"])
def test_a_change_that_a_crash_cut_short_never_happened(workspace: Path, way: object) -> None:
    before = Workspace.peek(workspace).cohort()
    subprocess.run([sys.executable, "-c", HALF_WRITTEN, str(workspace / "workspace.db")], check=False)
    assert (workspace / "workspace.db-journal").stat().st_size > 0
    with way(workspace) as opened:  # type: ignore[operator]
        assert opened.cohort() == before


def test_closing_lets_another_open(workspace: Path) -> None:
    Workspace.open(workspace).close()
    with Workspace.open(workspace) as opened:
        assert opened.cohort().level == "patient"


def test_a_workspace_is_not_made_twice(workspace: Path) -> None:
    with pytest.raises(CohortError, match="there is a workspace already"):
        Workspace.create(workspace)


def test_a_workspace_is_not_made_among_other_files(source: Path) -> None:
    with pytest.raises(CohortError, match="the folder is not empty"):
        Workspace.create(source)


def test_hidden_files_of_the_system_do_not_fill_a_folder(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").touch()
    Workspace.create(tmp_path).close()
    assert Workspace.exists(tmp_path)


def test_a_folder_that_is_none_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CohortError, match="not an Isocenter workspace") as caught:
        Workspace.open(tmp_path)
    assert "isocenter import" in caught.value.hint


@pytest.mark.parametrize(("version", "hint"), [(5, "Update Isocenter."), (0, "This is not a workspace made by")])
def test_another_schema_is_refused(workspace: Path, version: int, hint: str) -> None:
    alter(workspace, f"PRAGMA user_version = {version}")
    with pytest.raises(CohortError, match=f"the workspace is of schema {version}; this Isocenter uses 4") as caught:
        Workspace.peek(workspace)
    assert caught.value.hint.startswith(hint)


def first_schema(folder: Path) -> Path:
    """A workspace as the first version made it: two scans, one of them excluded, one with a warning."""
    folder.mkdir()
    script = Path(__file__).with_name("schema_1.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(folder / "workspace.db")) as connection:
        connection.executescript(f"""{script}
            INSERT INTO facts VALUES ('level', 'patient');
            INSERT INTO patients VALUES (1, 'P-001', 'a');
            INSERT INTO labels VALUES (1, 'diagnosis', 'well');
            INSERT INTO scans VALUES
                (4, 1, 'T1', '../s/T1.nii', 'nifti', '[2, 3, 4]', 1, 'd1', '[]', 'pass', 'motion'),
                (5, 1, 'T2', '../s/T2.nii', 'nifti', '[2, 3, 4]', 9, 'd2', '["it is odd"]', 'warn', '');
            PRAGMA user_version = 1;""")
    return folder


def test_a_workspace_of_the_first_version_is_brought_up_to_date_and_nothing_is_lost(tmp_path: Path) -> None:
    with Workspace.open(first_schema(tmp_path / "w")) as opened:
        (patient,) = opened.cohort().patients
    first, second = patient.scans
    assert (patient.key, patient.source_id, patient.labels) == ("P-001", "a", {"diagnosis": "well"})
    assert (first.id, first.path, first.excluded, first.digest) == (4, tmp_path / "s" / "T1.nii", "motion", "d1")
    assert (second.source.reader, second.frames, second.warnings, second.certificate) == (
        "nifti", 9, ("it is odd",), "warn",
    )  # fmt: skip


def second_schema(folder: Path) -> Path:
    """A workspace as the second version made it: two scans, one accepted, one of two files in an archive's folder."""
    folder.mkdir()
    script = Path(__file__).with_name("schema_2.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(folder / "workspace.db")) as connection:
        connection.executescript(f"""{script}
            INSERT INTO facts VALUES ('level', 'image');
            INSERT INTO patients VALUES (1, 'P-001', 'a');
            INSERT INTO labels VALUES (1, 'diagnosis', 'well');
            INSERT INTO covariates VALUES (1, 'age', '61');
            INSERT INTO scans VALUES
                (4, 1, 'T1', 'nifti', '../s/T1.nii', '', 'nifti', '[2, 3, 4]', 1, 'd1', '[]', 'motion', '', 't', 'MR'),
                (7, 1, 'T2', 'dicom', 'unpacked/1', 'b', 'dicom', '[2, 3, 4]', 9, 'd2',
                    '[{{"kind": "missing", "text": "gap", "severity": "fail"}}]', '', 'seen', 'u', 'CT');
            INSERT INTO scan_files VALUES (7, 1, 'unpacked/2');
            PRAGMA user_version = 2;""")
    return folder


def rows_of(workspace: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(workspace / "workspace.db")) as connection:
        tables = ("facts", "patients", "labels", "covariates", "scans", "scan_files")
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def test_a_workspace_of_the_second_version_is_brought_up_to_date_and_nothing_is_lost(tmp_path: Path) -> None:
    workspace = second_schema(tmp_path / "w")
    before = rows_of(workspace)
    with Workspace.open(workspace) as opened:
        assert opened.store.measurements() == ()
    after = rows_of(workspace)
    assert {table: after[table] for table in before if table not in ("facts", "scans")} == {
        table: before[table] for table in before if table not in ("facts", "scans")
    }
    assert [row[:15] for row in after["scans"]] == before["scans"]
    assert set(after["facts"]) >= set(before["facts"])


def third_schema(folder: Path) -> Path:
    """A workspace as the third version made it: a scan of two files with a measurement, and a patient who went."""
    folder.mkdir()
    script = Path(__file__).with_name("schema_3.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(folder / "workspace.db")) as connection:
        connection.executescript(f"""{script}
            INSERT INTO facts VALUES ('level', 'patient');
            INSERT INTO patients VALUES (1, 'P-001', 'a'), (8, 'P-008', 'b');
            INSERT INTO labels VALUES (8, 'diagnosis', 'well');
            INSERT INTO scans VALUES
                (3, 8, 'T2', 'dicom', 'unpacked/1', 'b', 'dicom', '[2, 3, 4]', 9, 'd2', '[]', '', 'seen', 'u', 'CT');
            INSERT INTO scan_files VALUES (3, 1, 'unpacked/2');
            INSERT INTO measurements VALUES (6, 3, 'later', '{{}}', 'a name', '2026-01-02T03:04:05+00:00');
            PRAGMA user_version = 3;""")
    return folder


def test_a_workspace_of_the_third_version_keeps_its_scans_and_what_was_measured_on_them(tmp_path: Path) -> None:
    with Workspace.open(third_schema(tmp_path / "w")) as opened:
        scan = opened.cohort().by_key["P-008"].scans[0]
        (measurement,) = opened.store.measurements(scan.id)
    assert (scan.id, len(scan.source.files), scan.accepted, scan.visit, scan.labels) == (3, 2, "seen", "", {})
    assert (measurement.id, measurement.name) == (6, "a name")


def test_a_new_patient_of_an_old_workspace_gets_a_pseudonym_that_nobody_had(tmp_path: Path) -> None:
    with Workspace.open(third_schema(tmp_path / "w")) as opened:
        cohort = opened.store.add([Patient("", "c")], "patient")
    assert [patient.key for patient in cohort.patients] == ["P-001", "P-008", "P-009"]


def schema_of(workspace: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(workspace / "workspace.db")) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
        return {(name, " ".join(sql.replace('"', "").split())) for name, sql in rows}


@pytest.mark.parametrize("earlier", [first_schema, second_schema, third_schema])
def test_a_workspace_brought_up_to_date_is_like_a_new_one(tmp_path: Path, earlier: Callable[[Path], Path]) -> None:
    Workspace.create(tmp_path / "new").close()
    Workspace.open(earlier(tmp_path / "old")).close()
    assert schema_of(tmp_path / "old") == schema_of(tmp_path / "new")


@pytest.mark.parametrize("earlier", [first_schema, second_schema, third_schema])
def test_a_workspace_of_an_earlier_version_is_not_changed_by_looking(
    tmp_path: Path, earlier: Callable[[Path], Path]
) -> None:
    workspace = earlier(tmp_path / "w")
    before = (workspace / "workspace.db").read_bytes()
    with pytest.raises(CohortError, match="made by an earlier Isocenter"):
        Workspace.peek(workspace)
    assert (workspace / "workspace.db").read_bytes() == before


def test_an_accepted_scan_stays_accepted_until_that_is_taken_back(workspace: Path) -> None:
    with Workspace.open(workspace) as opened:
        scan = opened.cohort().scans[0].id
        opened.store.accept(scan, "checked by hand")
        accepted = opened.cohort().scans[0].accepted
        opened.store.accept(scan, "")
        assert (accepted, opened.cohort().scans[0].accepted) == ("checked by hand", "")


@pytest.mark.parametrize("damage", [b"not a database at all, but long enough " * 30, b"\0" * 4096])
def test_a_damaged_database_is_said_to_be(workspace: Path, damage: bytes) -> None:
    (workspace / "workspace.db").write_bytes(damage)
    with pytest.raises(CohortError, match="the workspace database is damaged") as caught:
        Workspace.peek(workspace)
    assert "backup" in caught.value.hint


def test_a_database_cut_short_is_said_to_be_damaged(workspace: Path) -> None:
    path = workspace / "workspace.db"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(CohortError, match="the workspace database is damaged"):
        Workspace.peek(workspace).cohort()


def test_a_workspace_that_cannot_be_used_is_not_held(workspace: Path) -> None:
    alter(workspace, "PRAGMA user_version = 9")
    with pytest.raises(CohortError):
        Workspace.open(workspace)
    alter(workspace, "PRAGMA user_version = 4")
    Workspace.open(workspace).close()


@posix
def test_a_read_only_workspace_is_a_storage_error_when_opened_to_change_it() -> None:
    with public_folder() as folder:
        make_workspace(folder / "study", write_source(folder / "scans", 2))
        told = without_rights(folder, "Workspace.open(folder / 'study')")
    assert told == "StorageError: the folder may not be written to"


@posix
def test_a_read_only_database_is_a_storage_error_when_written() -> None:
    with public_folder() as folder:
        make_workspace(folder / "study", write_source(folder / "scans", 2))
        told = without_rights(folder, "Workspace.peek(folder / 'study').store.exclude(1, 'motion')")
    assert told == "StorageError: the workspace is read-only"


@posix
def test_a_read_only_workspace_can_be_looked_at() -> None:
    with public_folder() as folder:
        make_workspace(folder / "study", write_source(folder / "scans", 2))
        told = without_rights(folder, "print(len(Workspace.peek(folder / 'study').cohort().patients))")
    assert told == "2"


@posix
def test_a_workspace_in_a_folder_of_somebody_else_is_a_storage_error() -> None:
    with public_folder() as folder:
        told = without_rights(folder, "Workspace.create(folder / 'study')")
    assert told == "StorageError: the folder may not be written to"


def test_patients_stay_in_order_beyond_the_thousandth(tmp_path: Path) -> None:
    from engine.cohort.cohort import Patient

    with Workspace.create(tmp_path) as workspace:
        cohort = workspace.store.add([Patient("", str(number)) for number in range(1001)], "patient")
    assert [patient.key for patient in cohort.patients[-3:]] == ["P-999", "P-1000", "P-1001"]


def test_who_holds_the_workspace_is_this_process(workspace: Path) -> None:
    with Workspace.open(workspace), pytest.raises(WorkspaceBusyError, match=f"process {os.getpid()}"):
        Workspace.open(workspace)
