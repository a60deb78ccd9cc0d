"""Sources of the open workspace: read again with the news told first, and found again where they were moved."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.window import Window
from engine.cohort import Cohort, Workspace, import_folder
from tests.helpers.cohorts import write_source


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_source(tmp_path / "spines", 3)


@pytest.fixture
def kept(tmp_path: Path, source: Path) -> Path:
    """A workspace with the scans of the source."""
    with Workspace.create(tmp_path / "kept") as made:
        import_folder(source, made)
    return tmp_path / "kept"


def open_kept(qtbot: QtBot, window: Window, kept: Path) -> None:
    window.session.open_workspace(kept)
    qtbot.waitUntil(lambda: bool(window.sources.kept), timeout=20_000)


def press(window: Window, words: str) -> None:
    """Press a button of the panel."""
    (button,) = (each for each in window.sources_panel.findChildren(QPushButton) if each.text() == words)
    button.click()


def said(window: Window) -> str:
    return "\n".join(label.text() for label in window.sources_panel.findChildren(QLabel) if label.isVisible())


def cohort_of(window: Window) -> Cohort:
    assert window.session.cohort is not None
    return window.session.cohort


def test_the_panel_lists_where_the_scans_came_from(qtbot: QtBot, window: Window, kept: Path, source: Path) -> None:
    open_kept(qtbot, window, kept)
    window.commands["workspace.sources"].trigger()
    qtbot.waitUntil(lambda: "6 scans" in said(window))
    assert "spines" in said(window)
    assert str(source) in said(window)
    window.commands["workspace.sources"].trigger()
    assert not window.sources_panel.isVisible()


def test_news_are_told_before_they_are_taken_in(qtbot: QtBot, window: Window, kept: Path, source: Path) -> None:
    open_kept(qtbot, window, kept)
    shutil.copytree(source / "0001", source / "0004")
    (source / "0002" / "T1.nii.gz").unlink()
    window.commands["workspace.sources"].trigger()
    press(window, "Look for news")
    qtbot.waitUntil(lambda: "2 new, 1 vanished, 5 as before." in said(window), timeout=20_000)
    assert len(Workspace.peek(kept).cohort().scans) == 6
    press(window, "Take it in")
    qtbot.waitUntil(lambda: len(cohort_of(window).scans) == 8, timeout=20_000)
    assert [scan.role for scan in cohort_of(window).scans if scan.gone] == ["T1"]
    qtbot.waitUntil(lambda: "1 gone" in said(window), timeout=20_000)


def test_a_folder_that_was_renamed_is_told_as_moved(qtbot: QtBot, window: Window, kept: Path, source: Path) -> None:
    open_kept(qtbot, window, kept)
    (source / "0001").rename(source / "0009")
    window.commands["workspace.sources"].trigger()
    press(window, "Look for news")
    qtbot.waitUntil(lambda: "2 moved, 4 as before" in said(window), timeout=20_000)
    assert "vanished" not in said(window)
    press(window, "Take it in")
    qtbot.waitUntil(lambda: cohort_of(window).patients[0].source_id == "0009", timeout=20_000)
    assert len(cohort_of(window).patients) == 3


def test_news_can_be_left(qtbot: QtBot, window: Window, kept: Path, source: Path) -> None:
    open_kept(qtbot, window, kept)
    shutil.copytree(source / "0001", source / "0004")
    window.commands["workspace.sources"].trigger()
    press(window, "Look for news")
    qtbot.waitUntil(lambda: "2 new" in said(window), timeout=20_000)
    press(window, "Leave it")
    assert "2 new" not in said(window)
    assert len(Workspace.peek(kept).cohort().scans) == 6


def test_where_nothing_is_new_there_is_nothing_to_take(qtbot: QtBot, window: Window, kept: Path) -> None:
    open_kept(qtbot, window, kept)
    window.commands["workspace.sources"].trigger()
    press(window, "Look for news")
    qtbot.waitUntil(lambda: "Nothing new, 6 as before." in said(window), timeout=20_000)
    assert "Take it in" not in [each.text() for each in window.sources_panel.findChildren(QPushButton)]


def test_scans_whose_files_are_gone_are_excluded_by_a_button(
    qtbot: QtBot, window: Window, kept: Path, source: Path
) -> None:
    open_kept(qtbot, window, kept)
    (source / "0002" / "T1.nii.gz").unlink()
    window.sources.take(window.sources.kept[0])
    qtbot.waitUntil(lambda: window.sources.kept[0].source.gone == 1, timeout=20_000)
    qtbot.waitUntil(lambda: any(scan.gone for scan in cohort_of(window).scans), timeout=20_000)
    window.sources.exclude_gone(window.sources.kept[0])
    qtbot.waitUntil(lambda: any(scan.excluded for scan in cohort_of(window).scans), timeout=20_000)
    window.session.edits.undo()
    qtbot.waitUntil(lambda: not any(scan.excluded for scan in cohort_of(window).scans), timeout=20_000)


def test_a_folder_that_is_not_there_is_told_and_found_again(
    qtbot: QtBot, window: Window, kept: Path, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = source.rename(tmp_path / "moved")
    open_kept(qtbot, window, kept)
    qtbot.waitUntil(window.source_notice.isVisible)
    assert "“spines” is not there" in window.source_notice.what.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(moved))
    window.source_notice.button.click()
    qtbot.waitUntil(lambda: all(scan.path.is_file() for scan in cohort_of(window).scans), timeout=20_000)
    qtbot.waitUntil(lambda: not window.source_notice.isVisible(), timeout=20_000)


def test_a_folder_that_holds_something_else_changes_nothing(
    qtbot: QtBot, window: Window, kept: Path, source: Path, tmp_path: Path
) -> None:
    source.rename(tmp_path / "moved")
    open_kept(qtbot, window, kept)
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(window.session.failed, timeout=20_000):
        window.sources.move(window.sources.kept[0], tmp_path / "empty")
    assert window.source_notice.isVisible()
    assert {scan.path.parents[1] for scan in Workspace.peek(kept).cohort().scans} == {source}


def test_nothing_is_said_where_all_is_there(qtbot: QtBot, window: Window, kept: Path) -> None:
    open_kept(qtbot, window, kept)
    assert not window.source_notice.isVisible()


def test_looking_for_news_in_an_archive_leaves_the_workspace_as_it_is(
    qtbot: QtBot, window: Window, source: Path, tmp_path: Path
) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", source))
    with Workspace.create(tmp_path / "kept") as made:
        import_folder(archive, made)
    unpacked = sorted((tmp_path / "kept" / "unpacked").rglob("*"))
    write_source(tmp_path / "more", 4, seed=5)
    shutil.copytree(tmp_path / "more" / "0004", source / "0004")
    shutil.make_archive(str(tmp_path / "packed"), "zip", source)
    open_kept(qtbot, window, tmp_path / "kept")
    window.commands["workspace.sources"].trigger()
    press(window, "Look for news")
    qtbot.waitUntil(lambda: "2 new" in said(window), timeout=20_000)
    assert sorted((tmp_path / "kept" / "unpacked").rglob("*")) == unpacked
    assert all(scan.path.is_file() for scan in Workspace.peek(tmp_path / "kept").cohort().scans)
