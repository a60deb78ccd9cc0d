"""Scans that come in an archive: unpacked into the workspace, once."""

import shutil
from pathlib import Path

import pytest

from engine.cohort import Workspace, import_as_workspace, import_folder, import_found, look_into
from engine.control import Control
from engine.errors import Cancelled
from engine.imaging import open_scan
from tests.helpers.cohorts import write_source


def zipped(folder: Path, patients: int = 3) -> Path:
    """An archive of a study: one folder in which the patients' folders and the table lie."""
    write_source(folder / "packed" / "study", patients)
    return Path(shutil.make_archive(str(folder / "study"), "zip", folder / "packed"))


def test_the_patients_and_labels_of_an_archive_come_in(tmp_path: Path) -> None:
    cohort = import_as_workspace(zipped(tmp_path), tmp_path / "w").cohort
    assert [patient.source_id for patient in cohort.patients] == ["0001", "0002", "0003"]
    assert cohort.counts()["diagnosis"]["healthy"]["patients"] == 2


def test_the_scans_of_an_archive_lie_in_the_workspace_and_move_with_it(tmp_path: Path) -> None:
    import_as_workspace(zipped(tmp_path), tmp_path / "w")
    (tmp_path / "w").rename(tmp_path / "moved")
    scan = Workspace.peek(tmp_path / "moved").cohort().scans[0]
    assert open_scan(scan.source).load().frames == 10


def test_an_archive_imported_again_adds_nothing(tmp_path: Path) -> None:
    archive = zipped(tmp_path)
    import_as_workspace(archive, tmp_path / "w")
    with Workspace.open(tmp_path / "w") as workspace:
        before = workspace.cohort()
        assert import_folder(archive, workspace).cohort == before


def test_a_folder_given_by_a_relative_path_may_hold_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zipped(tmp_path / "scans").rename(tmp_path / "scans" / "first.zip")
    shutil.rmtree(tmp_path / "scans" / "packed")
    monkeypatch.chdir(tmp_path)
    cohort = import_as_workspace(Path("scans"), tmp_path / "w").cohort
    assert [patient.source_id for patient in cohort.patients] == ["first.zip"]


def test_what_was_looked_into_first_is_imported_without_the_archive(tmp_path: Path) -> None:
    archive = zipped(tmp_path)
    with look_into(archive) as found, Workspace.create(tmp_path / "w") as workspace:
        archive.unlink()
        import_found(found.only(found.scans[:1]), archive, workspace)
    (scan,) = Workspace.peek(tmp_path / "w").cohort().scans
    assert open_scan(scan.source).load().frames == 10


def test_a_cancelled_import_of_an_archive_leaves_nothing_unpacked(tmp_path: Path) -> None:
    archive, control = zipped(tmp_path), Control()
    with Workspace.create(tmp_path / "w") as workspace:
        with pytest.raises(Cancelled):
            import_folder(archive, workspace, progress=lambda done, total: control.cancel(), control=control)
        assert not list(workspace.path.rglob("*.nii.gz"))


def test_a_cancelled_second_import_leaves_the_scans_of_the_first(tmp_path: Path) -> None:
    archive, control = zipped(tmp_path), Control()
    import_as_workspace(archive, tmp_path / "w")
    with Workspace.open(tmp_path / "w") as workspace:
        with pytest.raises(Cancelled):
            import_folder(archive, workspace, progress=lambda done, total: control.cancel(), control=control)
        assert all(open_scan(scan.source).load().frames for scan in workspace.cohort().scans)
