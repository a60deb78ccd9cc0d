"""The audit page in a real window: what is found, done about it by its buttons, and taken back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.pages.audit import AuditPage
from desktop.pages.audit.rows import DISMISSED, DONE
from desktop.session import Session
from desktop.window import Window
from engine.audit import AuditReport, dismissed, keep_report
from engine.cohort import Workspace, import_as_workspace
from engine.control import Control
from engine.errors import Cancelled
from tests.helpers.planted import SHAPE, Planted, cut, pixels
from tests.helpers.slice_stacks import write_stacks

LEFT = Qt.MouseButton.LeftButton
WAIT = 20_000

Shown = Callable[[Path], AuditPage]


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    return Planted(tmp_path / "project", 12)


@pytest.fixture
def shown(qtbot: QtBot, window: Window) -> Shown:
    """`shown(workspace)`: the audit page of a workspace in the window."""

    def call(workspace: Path) -> AuditPage:
        if window.session.workspace is None:
            with qtbot.waitSignal(window.session.workspace_changed):
                window.session.open_workspace(workspace)
        window.show_page("audit")
        page = window.pages.page
        assert isinstance(page, AuditPage)
        return page

    return call


def audited(qtbot: QtBot, page: AuditPage) -> AuditPage:
    """The page after its audit, begun by the command in its title bar."""
    command = page.primary()
    assert command is not None
    command.trigger()
    qtbot.waitUntil(lambda: page.standing.report is not None and not page.standing.stale, timeout=WAIT)
    return page


def choose(page: AuditPage, kind: str, words: str = "") -> str:
    """Select the first open finding of a kind; its key."""
    found = next(one for one in page.standing.open if one.kind == kind and words in one.reason)
    page.findings.choose(found.key)
    return found.key


def buttons(page: AuditPage, words: str) -> list[QPushButton]:
    there = page.detail.findChildren(QPushButton)
    return [one for one in there if one.isVisible() and one.text().startswith(words)]


def click(qtbot: QtBot, page: AuditPage, words: str) -> None:
    """Click the button of the selected finding that begins with some words, once it is there."""
    qtbot.waitUntil(lambda: bool(buttons(page, words)), timeout=WAIT)
    qtbot.mouseClick(buttons(page, words)[0], LEFT)


def press(qtbot: QtBot, page: AuditPage, words: str) -> None:
    """Press a button of the finding; its edit is in the workspace and shown afterwards."""
    with qtbot.waitSignal(page.session.editing.ended, timeout=WAIT):
        click(qtbot, page, words)


def settled(qtbot: QtBot, page: AuditPage, key: str) -> None:
    qtbot.waitUntil(lambda: key in page.standing.settled, timeout=WAIT)


def undone(qtbot: QtBot, page: AuditPage, key: str) -> None:
    """Undo by the window's own command brings the finding back."""
    page.session.ask("edit.undo")
    qtbot.waitUntil(lambda: key in {one.key for one in page.standing.open}, timeout=WAIT)


def nameless(folder: Path) -> Path:
    """Slices of eight heads without a name."""
    write_stacks(folder / "scans", 8, 16, SHAPE)
    import_as_workspace(folder / "scans", folder / "study")
    return folder / "study"


def folds(page: AuditPage) -> dict[str, int]:
    return {row.fold: row.count for row in page.findings.rows if row.fold}


def words(page: AuditPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_a_cohort_that_was_never_audited_says_so_and_offers_it(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    planted.file(2, "again.png").write_bytes(planted.file(0).read_bytes())
    page = shown(planted.workspace())
    qtbot.waitUntil(lambda: "This cohort was never audited" in words(page), timeout=WAIT)
    qtbot.mouseClick(page.nothing.start, LEFT)
    qtbot.waitUntil(lambda: bool(page.standing.findings), timeout=WAIT)
    headings = [row.words for row in page.findings.rows if row.finding is None]
    assert headings[:2] == ["Errors", "Warnings"]
    assert page.badge().startswith("2 errors · ")
    assert page.caption().startswith("13 scans, audited today")


def test_a_copy_is_excluded_by_its_button_and_comes_back_on_undo(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    planted.file(0, "again.png").write_bytes(planted.file(0).read_bytes())
    page = audited(qtbot, shown(planted.workspace()))
    key = choose(page, "duplicate")
    press(qtbot, page, "Exclude 1 scan")
    settled(qtbot, page, key)
    assert folds(page)[DONE] == 1
    assert page.stale.isVisible()
    undone(qtbot, page, key)
    assert DONE not in folds(page)
    assert not page.stale.isVisible()


def test_a_button_that_is_clicked_twice_makes_one_edit(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    cut(planted.file(4))
    page = audited(qtbot, shown(planted.workspace()))
    key = choose(page, "truncated")
    qtbot.waitUntil(lambda: bool(buttons(page, "Repair 1 copy")), timeout=WAIT)
    button = buttons(page, "Repair 1 copy")[0]
    with qtbot.waitSignal(page.session.editing.ended, timeout=WAIT):
        qtbot.mouseClick(button, LEFT)
        qtbot.mouseClick(button, LEFT)
    settled(qtbot, page, key)
    assert page.session.edits.count() == 1


def test_of_copies_one_stays_whichever_was_excluded_by_hand(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    for name in ("second.png", "third.png"):
        planted.file(0, name).write_bytes(planted.file(0).read_bytes())
    page = audited(qtbot, shown(planted.workspace()))
    key = choose(page, "duplicate")
    tiles = page.detail.tiles
    qtbot.mouseClick(tiles.viewport(), LEFT, pos=tiles.visualRect(tiles.model().index(0, 0)).center())
    press(qtbot, page, "Exclude the selected 1 scan")
    press(qtbot, page, "Exclude 1 scan")
    settled(qtbot, page, key)
    assert page.session.cohort is not None
    assert len([scan for scan in page.session.cohort.by_key["P-001"].scans if not scan.excluded]) == 1


def test_two_spellings_are_merged_by_the_button(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    planted.table["0003"]["diagnosis"] = "HEALTHY"
    page = audited(qtbot, shown(planted.workspace()))
    key = choose(page, "label-clash")
    press(qtbot, page, "Merge into healthy")
    settled(qtbot, page, key)
    assert page.session.cohort is not None
    assert page.session.cohort.classes("diagnosis") == ["demented", "healthy"]
    undone(qtbot, page, key)
    assert "HEALTHY" in page.session.cohort.classes("diagnosis")


def test_a_truncated_picture_is_repaired_by_the_button(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    cut(planted.file(4))
    workspace = planted.workspace()
    page = audited(qtbot, shown(workspace))
    key = choose(page, "truncated")
    press(qtbot, page, "Repair 1 copy")
    settled(qtbot, page, key)
    assert page.session.cohort is not None
    assert len(page.session.cohort.by_key["P-005"].scans) == 2
    table = (workspace / "repaired" / "repaired.csv").read_text(encoding="utf-8")
    assert table.splitlines()[0] == "file,truncated,repaired"
    undone(qtbot, page, key)
    assert len(page.session.cohort.by_key["P-005"].scans) == 1


def test_the_patients_of_one_picture_become_one(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    planted.file(2, "again.png").write_bytes(planted.file(0).read_bytes())
    page = audited(qtbot, shown(planted.workspace()))
    key = choose(page, "leak")
    press(qtbot, page, "Make them one patient")
    settled(qtbot, page, key)
    assert page.session.cohort is not None
    assert len(page.session.cohort.patients) == 11
    undone(qtbot, page, key)
    assert len(page.session.cohort.patients) == 12


def test_a_scan_that_was_selected_is_excluded(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    planted.file(2, "again.png").write_bytes(planted.file(0).read_bytes())
    page = audited(qtbot, shown(planted.workspace()))
    key = choose(page, "leak")
    tiles = page.detail.tiles
    qtbot.mouseClick(tiles.viewport(), LEFT, pos=tiles.visualRect(tiles.model().index(1, 0)).center())
    assert page.session.selection.current.patient == tiles.scans[1].patient
    chosen = tiles.scans[1].id
    press(qtbot, page, "Exclude the selected 1 scan")
    settled(qtbot, page, key)
    assert page.session.cohort is not None
    assert [scan.id for scan in page.session.cohort.scans if scan.excluded] == [chosen]


def test_all_findings_of_a_kind_are_done_as_one_edit(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    for number in (0, 5):
        planted.file(number, "again.png").write_bytes(planted.file(number).read_bytes())
    page = audited(qtbot, shown(planted.workspace()))
    key = choose(page, "duplicate")
    press(qtbot, page, "The same for all 2")
    settled(qtbot, page, key)
    assert folds(page)[DONE] == 2
    undone(qtbot, page, key)
    assert DONE not in folds(page)


def test_proposed_patients_are_accepted_but_for_the_unticked(qtbot: QtBot, tmp_path: Path, shown: Shown) -> None:
    page = audited(qtbot, shown(nameless(tmp_path)))
    key = choose(page, "leak", "Patients are unknown")
    strips = page.detail.strips
    groups = strips.model().rowCount()
    strips.setCurrentIndex(strips.model().index(0, 0))
    qtbot.keyClick(strips, Qt.Key.Key_Space)
    press(qtbot, page, f"Accept {groups - 1} patients")
    qtbot.waitUntil(lambda: strips.model().rowCount() == 1, timeout=WAIT)
    assert page.badge().startswith("Image level, likely patients")
    page.session.ask("edit.undo")
    qtbot.waitUntil(lambda: strips.model().rowCount() == groups, timeout=WAIT)
    assert key in {one.key for one in page.standing.open}


def test_a_finding_is_no_problem_with_a_reason_and_stays_so(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    planted.file(0, "again.png").write_bytes(planted.file(0).read_bytes())
    workspace = planted.workspace()
    page = audited(qtbot, shown(workspace))
    key = choose(page, "duplicate")
    click(qtbot, page, "Not a problem…")
    assert not page.detail.question.keep.isEnabled()
    qtbot.keyClicks(page.detail.question.reason, "saved twice on purpose")
    qtbot.keyClick(page.detail.question.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: folds(page).get(DISMISSED) == 1, timeout=WAIT)
    assert dismissed(workspace)[key].reason == "saved twice on purpose"
    page.primary().trigger()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: page.progress.isHidden() and key in page.standing.dismissed, timeout=WAIT)
    assert key not in {one.key for one in page.standing.open}


def test_what_was_dismissed_can_be_a_problem_again(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    planted.file(0, "again.png").write_bytes(planted.file(0).read_bytes())
    page = audited(qtbot, shown(planted.workspace()))
    key = choose(page, "duplicate")
    page.dismiss(key, "on purpose")
    qtbot.waitUntil(lambda: DISMISSED in folds(page), timeout=WAIT)
    place = next(place for place, row in enumerate(page.findings.rows) if row.fold == DISMISSED)
    qtbot.mouseClick(
        page.findings.viewport(), LEFT, pos=page.findings.visualRect(page.findings.model().index(place, 0)).center()
    )
    page.findings.choose(key)
    click(qtbot, page, "It is a problem")
    qtbot.waitUntil(lambda: DISMISSED not in folds(page), timeout=WAIT)


def test_the_last_audit_is_shown_when_the_workspace_is_opened_again(
    qtbot: QtBot, planted: Planted, shown: Shown
) -> None:
    planted.file(2, "again.png").write_bytes(planted.file(0).read_bytes())
    workspace = planted.workspace()
    page = audited(qtbot, shown(workspace))
    found = [one.key for one in page.standing.findings]
    page.session.close_workspace()
    with Workspace.open(workspace) as opened:
        opened.store.exclude(1, "by hand")
    with qtbot.waitSignal(page.session.workspace_changed):
        page.session.open_workspace(workspace)
    qtbot.waitUntil(lambda: bool(page.standing.findings), timeout=WAIT)
    assert [one.key for one in page.standing.findings] == found
    assert page.standing.stale


def test_where_nothing_was_found_it_says_what_was_looked_for(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    workspace = planted.workspace()
    made = datetime.now(UTC) - timedelta(days=1)
    keep_report(AuditReport((), "patient", 240, checked=("Duplicates", "Leaks"), made=made), workspace)
    page = shown(workspace)
    qtbot.waitUntil(lambda: "Nothing was found wrong with 240 scans" in words(page), timeout=WAIT)
    assert "duplicates, leaks" in words(page)
    assert "yesterday" in page.caption()


def test_copies_are_compared_side_by_side_with_their_difference(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    planted.save("0005", pixels(planted.file(0)), "again.jpg")
    page = audited(qtbot, shown(planted.workspace()))
    choose(page, "near-duplicate")
    first, second, difference = page.detail.comparison.panels
    qtbot.waitUntil(lambda: difference.image is not None, timeout=WAIT)
    assert first.image is not None and second.image is not None  # noqa: PT018
    assert first.image.size() == difference.image.size()  # type: ignore[union-attr]
    assert difference.caption.text().startswith("Difference")


def test_an_audit_that_is_stopped_leaves_the_page_as_it_was(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    page = shown(planted.workspace())
    begun: list[Control] = []

    def endless(report: object, control: Control) -> None:
        begun.append(control)
        while True:
            control.check()

    page.session.bridge.job_started.connect(lambda job: job.report(3, 10, "Reading pictures"))
    page.follow(page.session.bridge.submit_job("Auditing the cohort", endless, owner=page))
    qtbot.waitUntil(lambda: page.progress.phase.text() == "Reading pictures, 3 of 10", timeout=WAIT)
    qtbot.mouseClick(page.progress.stop, LEFT)
    qtbot.waitUntil(page.progress.isHidden, timeout=WAIT)
    with pytest.raises(Cancelled):
        begun[0].check()
    assert "This cohort was never audited" in words(page)


def test_one_division_can_be_chosen_to_look_for_leaks_in(qtbot: QtBot, planted: Planted, shown: Shown) -> None:
    page = shown(planted.workspace())
    qtbot.waitUntil(lambda: page.division.box.findData("sex") > 0, timeout=WAIT)
    page.division.box.setCurrentIndex(page.division.box.findData("sex"))
    audited(qtbot, page)
    assert page.standing.report is not None
    assert page.standing.report.division == "sex"


def test_a_finding_leads_to_the_table_and_the_viewer(
    qtbot: QtBot, window: Window, session: Session, planted: Planted, shown: Shown
) -> None:
    planted.file(2, "again.png").write_bytes(planted.file(0).read_bytes())
    page = audited(qtbot, shown(planted.workspace()))
    choose(page, "leak")
    click(qtbot, page, "In the table")
    assert (window.pages.key, session.selection.current.patient) == ("cohort", "P-001")
