"""A workspace is founded whole or not at all."""

from pathlib import Path

import pytest

from engine.cohort import Workspace
from engine.cohort.intake.founding import import_as_workspace
from engine.control import Control
from engine.errors import Cancelled, CohortError


def test_a_new_workspace_holds_the_scans_of_the_source(tmp_path: Path, source: Path) -> None:
    report = import_as_workspace(source, tmp_path / "study")
    assert len(report.cohort.patients) == 8
    assert all(scan.path.is_file() for scan in Workspace.peek(tmp_path / "study").cohort().scans)


def test_an_empty_folder_becomes_the_workspace(tmp_path: Path, source: Path) -> None:
    (tmp_path / "study").mkdir()
    import_as_workspace(source, tmp_path / "study")
    Workspace.open(tmp_path / "study").close()


def test_a_cancelled_import_leaves_nothing(tmp_path: Path, source: Path) -> None:
    control = Control()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        import_as_workspace(source, tmp_path / "study", progress=lambda done, total: control.cancel(), control=control)
    assert sorted(tmp_path.iterdir()) == before


def test_what_a_crash_left_half_made_is_no_obstacle(tmp_path: Path, source: Path) -> None:
    Workspace.create(tmp_path / ".study.making").close()
    import_as_workspace(source, tmp_path / "study")
    assert not (tmp_path / ".study.making").exists()


def test_nothing_is_ever_overwritten(tmp_path: Path, source: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.docx").touch()
    for taken in ("full", "full/thesis.docx"):
        with pytest.raises(CohortError, match="the folder is not empty"):
            import_as_workspace(source, tmp_path / taken)
    assert (tmp_path / "full" / "thesis.docx").exists()
