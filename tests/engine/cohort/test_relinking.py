"""A source folder that was moved is found again; nothing else changes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.cohort import ImportPlan, Workspace, import_as_workspace, import_folder
from engine.cohort.edits import SetLabel
from engine.cohort.intake.refreshing import refresh
from engine.cohort.intake.relinking import Relinking, relink
from engine.cohort.intake.sources import sources_of
from engine.control import Control
from engine.errors import Cancelled, CohortError
from engine.imaging import open_scan
from tests.helpers.dicom_files import write_series
from tests.helpers.plain_pictures import write_classes, write_picture

CLASSES = ImportPlan("class-folders")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace of six pictures whose folder was moved, open."""
    import_as_workspace(write_classes(tmp_path / "films"), tmp_path / "study", CLASSES)
    (tmp_path / "films").rename(tmp_path / "moved")
    with Workspace.open(tmp_path / "study") as opened:
        yield opened


def relinked(study: Workspace, place: Path, *, dry_run: bool = False) -> Relinking:
    return relink(study, sources_of(study)[0], place, dry_run=dry_run)


def test_scans_are_found_below_the_new_place_with_all_that_people_did(study: Workspace, tmp_path: Path) -> None:
    study.store.edit(SetLabel(("P-001",), "class", "odd"))
    assert len(relinked(study, tmp_path / "moved").there) == 6
    assert all(open_scan(scan.source).load().frames for scan in study.cohort().scans)
    assert study.cohort().patients[0].label("class") == "odd"


def test_after_relinking_the_source_is_read_again_without_news(study: Workspace, tmp_path: Path) -> None:
    relinked(study, tmp_path / "moved")
    before = study.cohort()
    report = refresh(study, sources_of(study)[0])
    assert (report.cohort, report.new, report.unchanged) == (before, 0, 6)


def test_files_of_a_series_move_along(tmp_path: Path) -> None:
    write_series(tmp_path / "scans", np.ones((5, 8, 8), np.int16), np.eye(4))
    import_as_workspace(tmp_path / "scans", tmp_path / "study")
    (tmp_path / "scans").rename(tmp_path / "moved")
    with Workspace.open(tmp_path / "study") as study:
        relinked(study, tmp_path / "moved")
        (scan,) = study.cohort().scans
        assert len(scan.source.files) == 5
        assert open_scan(scan.source).load().frames == 1


def test_scans_that_are_not_there_are_told_and_marked(study: Workspace, tmp_path: Path) -> None:
    (tmp_path / "moved" / "healthy" / "0003.png").unlink()
    told = relinked(study, tmp_path / "moved")
    assert (len(told.there), len(told.missing)) == (5, 1)
    assert [scan.path for scan in study.cohort().scans if scan.gone] == [tmp_path / "moved" / "healthy" / "0003.png"]


def test_files_of_another_size_are_told(study: Workspace, tmp_path: Path) -> None:
    (tmp_path / "moved" / "healthy" / "0003.png").write_bytes(b"something else")
    assert len(relinked(study, tmp_path / "moved").other) == 1


def test_a_folder_that_holds_none_of_them_is_refused_and_nothing_changes(study: Workspace, tmp_path: Path) -> None:
    before = study.cohort()
    (tmp_path / "empty").mkdir()
    with pytest.raises(CohortError, match="none of the 6 scans of 'films' is here"):
        relinked(study, tmp_path / "empty")
    assert study.cohort() == before


def test_a_dry_run_tells_the_same_and_changes_nothing(study: Workspace, tmp_path: Path) -> None:
    before = study.cohort()
    assert len(relinked(study, tmp_path / "moved", dry_run=True).there) == 6
    assert study.cohort() == before


def test_a_folder_that_came_as_another_source_is_refused(study: Workspace, tmp_path: Path) -> None:
    import_folder(tmp_path / "moved", study, CLASSES)
    with pytest.raises(CohortError, match="in the cohort already"):
        relinked(study, tmp_path / "moved")


def test_other_sources_stay_where_they_are(study: Workspace, tmp_path: Path) -> None:
    import_folder(write_classes(tmp_path / "other", first=50), study, CLASSES)
    relinked(study, tmp_path / "moved")
    assert [source.root for source in sources_of(study)] == [tmp_path / "moved", tmp_path / "other"]
    assert all(scan.path.is_file() for scan in study.cohort().scans)


def test_folders_that_changed_names_among_each_other_keep_their_scans(study: Workspace, tmp_path: Path) -> None:
    relinked(study, tmp_path / "moved")
    shutil.move(tmp_path / "moved", tmp_path / "moved2")
    (tmp_path / "moved").mkdir()
    shutil.move(tmp_path / "moved2", tmp_path / "moved" / "fractured")
    relinked(study, tmp_path / "moved" / "fractured")
    assert all(scan.path.is_file() for scan in study.cohort().scans)


def test_a_cancelled_relinking_changes_nothing(study: Workspace, tmp_path: Path) -> None:
    before, control = study.cohort(), Control()
    with pytest.raises(Cancelled):
        relink(study, sources_of(study)[0], tmp_path / "moved", progress=lambda *_: control.cancel(), control=control)
    assert study.cohort() == before


def test_a_new_picture_is_found_at_the_new_place(study: Workspace, tmp_path: Path) -> None:
    relinked(study, tmp_path / "moved")
    write_picture(tmp_path / "moved" / "healthy" / "0009.png", 99)
    assert refresh(study, sources_of(study)[0]).new == 1
