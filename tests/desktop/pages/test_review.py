"""Reviewing suggested labels with keys alone; nothing changes until it is accepted."""

import getpass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.pages.review import ReviewPage
from desktop.pages.review.page import REVIEW, START
from desktop.pages.review.share_bars import ROW
from desktop.window import Window
from engine.cohort import Workspace
from engine.cohort.edits import ExcludeScans, PutSuggestions, SetLabel
from engine.cohort.suggestions import suggestions
from engine.compute import execute
from engine.control import Control
from tests.helpers.cohorts import CLASSES, make_run, make_workspace, write_source

Key = Qt.Key
HEALTHY, SICK = CLASSES
DOUBTFUL_FIRST = ["P-006", "P-005", "P-008", "P-007"]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Four patients with a label and four without, whose label a run suggests."""
    labels = {f"{number:04d}": CLASSES[number % 2] for number in range(1, 5)}
    workspace = make_workspace(tmp_path / "study", write_source(tmp_path / "source", 8, labels=labels))
    shares = {"P-005": 0.6, "P-006": 0.49, "P-007": 0.05, "P-008": 0.8}
    told = {patient: {HEALTHY: share, SICK: 1 - share} for patient, share in shares.items()}
    with Workspace.open(workspace) as opened:
        opened.store.edit(PutSuggestions("20240101-100000-tiny", "diagnosis", told))
    return workspace


@pytest.fixture
def page(qtbot: QtBot, window: Window, study: Path) -> ReviewPage:
    """The review page in its window, with the first suggestion in front."""
    return reviewing(qtbot, window, study)


def reviewing(qtbot: QtBot, window: Window, study: Path) -> ReviewPage:
    with qtbot.waitSignal(window.session.workspace_changed):
        window.session.open_workspace(study)
    window.show_page("review")
    page = window.pages.page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: bool(page.found.columns))
    return page


def press(page: ReviewPage, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(page.window(), key)


def asked(page: ReviewPage) -> str:
    return page.queue.current.patient if page.queue.current is not None else ""


def settled(qtbot: QtBot, page: ReviewPage, decided: int) -> None:
    """All decisions are in the workspace, and the page has read them back."""
    qtbot.waitUntil(lambda: not page.session.editing.busy and page.found.standing.decided == decided)
    qtbot.waitUntil(lambda: not page.queue.sent)


def labels(page: ReviewPage) -> dict[str, str]:
    """The labels of the four, as the workspace has them."""
    assert page.session.workspace is not None
    cohort = Workspace.peek(page.session.workspace.path).cohort()
    return {key: cohort.by_key[key].label("diagnosis") for key in sorted(DOUBTFUL_FIRST)}


def test_the_most_doubtful_is_asked_about_first_with_its_picture(qtbot: QtBot, page: ReviewPage) -> None:
    assert [one.patient for one in page.side.model.rows] == DOUBTFUL_FIRST
    assert asked(page) == "P-006"
    qtbot.waitUntil(lambda: page.picture.pane.viewing is not None)
    assert page.picture.pane.scan is not None
    assert page.picture.pane.scan.patient == "P-006"


def test_a_whole_review_by_keys_alone(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_A, Key.Key_2, Key.Key_R, Key.Key_1)
    settled(qtbot, page, 4)
    assert labels(page) == {"P-005": SICK, "P-006": SICK, "P-007": HEALTHY, "P-008": ""}
    assert page._stack.currentIndex() == START
    assert page.start.title.text() == "All decided: 3 accepted, 1 rejected"


def test_nothing_changes_until_something_is_accepted(page: ReviewPage) -> None:
    press(page, Key.Key_S, Key.Key_Down, Key.Key_Up, Key.Key_Right, Key.Key_S)
    assert set(labels(page).values()) == {""}
    assert page.session.edits.count() == 1


def test_the_next_one_comes_at_once(page: ReviewPage) -> None:
    press(page, Key.Key_A)
    assert asked(page) == "P-005"
    assert page.verdict.progress_words.text() == "1 of 4 decided"


def test_what_is_skipped_comes_again_at_the_end(page: ReviewPage) -> None:
    press(page, Key.Key_S)
    assert [one.patient for one in page.side.model.rows] == ["P-005", "P-008", "P-007", "P-006"]
    assert asked(page) == "P-005"


def test_arrows_go_through_the_queue_and_stop_at_its_ends(page: ReviewPage) -> None:
    press(page, *[Key.Key_Down] * 9)
    assert asked(page) == "P-007"
    press(page, *[Key.Key_Up] * 2)
    assert asked(page) == "P-005"


def test_arrows_across_go_through_the_scans_and_the_role_stays(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_Right)
    assert page.picture.pane.scan is not None
    assert page.picture.pane.scan.role == "T2"
    press(page, Key.Key_Down)
    qtbot.waitUntil(lambda: page.picture.pane.viewing is not None)
    assert (page.picture.pane.scan.role, page.picture.pane.scan.patient) == ("T2", "P-005")


def test_backspace_takes_the_last_decision_back_and_asks_again(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_A, Key.Key_R)
    settled(qtbot, page, 2)
    press(page, Key.Key_Backspace)
    settled(qtbot, page, 1)
    assert asked(page) == "P-005"
    press(page, Key.Key_Backspace)
    settled(qtbot, page, 0)
    assert (asked(page), set(labels(page).values())) == ("P-006", {""})


def test_backspace_waits_for_a_decision_that_is_on_its_way(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_A, Key.Key_Backspace)
    qtbot.waitUntil(lambda: page.session.edits.canRedo() and not page.session.editing.busy)
    settled(qtbot, page, 0)
    assert asked(page) == "P-006"


def test_backspace_takes_back_nothing_but_decisions(qtbot: QtBot, page: ReviewPage) -> None:
    with qtbot.waitSignal(page.session.announced) as said:
        press(page, Key.Key_Backspace)
    assert "no decision" in said.args[0]
    assert page.found.standing.open == 4


def test_undo_of_the_window_takes_decisions_back_too(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_A)
    settled(qtbot, page, 1)
    QTest.keyClick(page.window(), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, page, 0)
    assert asked(page) == "P-006"


def test_who_decided_is_recorded_and_shown(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_A)
    settled(qtbot, page, 1)
    page.side.turn(decided=True)
    (row,) = page.side.model.rows
    assert (row.patient, row.decision, row.label, row.who) == ("P-006", "accepted", SICK, getpass.getuser())
    assert f"by {getpass.getuser()}" in page.side.model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_what_was_decided_can_be_looked_at_but_not_decided_by_mistake(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_A, Key.Key_R, Key.Key_A, Key.Key_A)
    settled(qtbot, page, 4)
    qtbot.mouseClick(page.start.past, Qt.MouseButton.LeftButton)
    assert page._stack.currentIndex() == REVIEW
    press(page, Key.Key_Down, Key.Key_Down, Key.Key_A, Key.Key_1, Key.Key_R)
    front = page.front
    assert front is not None
    assert f"by {getpass.getuser()}" in page.verdict.doubt.text()
    assert not page.session.editing.busy
    qtbot.waitUntil(lambda: page.picture.pane.scan is not None and page.picture.pane.scan.patient == front.patient)


def test_a_class_is_given_by_a_click_too(qtbot: QtBot, page: ReviewPage) -> None:
    qtbot.mouseClick(page.verdict.bars, Qt.MouseButton.LeftButton, pos=QPoint(40, ROW // 2))
    settled(qtbot, page, 1)
    assert labels(page)["P-006"] == HEALTHY


def test_a_key_without_a_class_does_nothing(page: ReviewPage) -> None:
    press(page, Key.Key_3)
    assert asked(page) == "P-006"
    assert not page.session.editing.busy


def test_who_is_labelled_elsewhere_is_not_asked_about_any_more(qtbot: QtBot, page: ReviewPage) -> None:
    page.session.editing.make(SetLabel(("P-006",), "diagnosis", SICK))
    qtbot.waitUntil(lambda: len(page.queue.rows) == 3)
    assert asked(page) == "P-005"
    assert page.verdict.progress_words.text() == "0 of 3 decided"


def test_a_decision_that_cannot_be_made_is_told_and_asked_again(qtbot: QtBot, page: ReviewPage) -> None:
    """Somebody else decided meanwhile."""
    workspace = page.session.workspace
    assert workspace is not None
    with workspace.store.connect() as connection:
        connection.execute("UPDATE suggestions SET decision = 'rejected' WHERE patient = 6")
    with qtbot.waitSignal(page.session.failed):
        press(page, Key.Key_A)
    qtbot.waitUntil(lambda: not page.queue.sent and asked(page) == "P-005")
    assert labels(page)["P-006"] == ""


def test_the_scans_are_a_key_away(page: ReviewPage) -> None:
    press(page, Key.Key_Return)
    window = page.window()
    assert isinstance(window, Window)
    assert window.pages.key == "view"
    assert page.session.selection.current.patient == "P-006"


def test_a_hidden_page_reads_no_pictures(qtbot: QtBot, window: Window, study: Path) -> None:
    page = reviewing(qtbot, window, study)
    window.show_page("cohort")
    page.session.editing.make(SetLabel(("P-006",), "diagnosis", SICK))
    qtbot.waitUntil(lambda: len(page.queue.rows) == 3)
    assert page.picture.pane.scan is None or page.picture.pane.scan.patient != "P-005"


def test_without_a_workspace_or_a_run_the_way_on_is_offered(qtbot: QtBot, window: Window) -> None:
    window.show_page("review")
    page = window.pages.page
    assert isinstance(page, ReviewPage)
    assert page._stack.currentIndex() == START
    assert page.start.train.isVisible()
    assert not page.start.ask.isVisible()


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    """A finished run, and three patients without a label."""
    labels = {f"{number:04d}": CLASSES[number % 2] for number in range(1, 9)}
    workspace = make_workspace(tmp_path / "study", write_source(tmp_path / "source", 11, labels=labels))
    execute(workspace, make_run(workspace), Control(), lambda event: None)
    return workspace


def at_start(qtbot: QtBot, window: Window, workspace: Path) -> ReviewPage:
    with qtbot.waitSignal(window.session.workspace_changed):
        window.session.open_workspace(workspace)
    window.show_page("review")
    page = window.pages.page
    assert isinstance(page, ReviewPage)
    page.asking.where = "thread"
    qtbot.waitUntil(lambda: page.start.chooser.count() == 1)
    return page


def test_a_finished_run_is_asked_and_reviewed(qtbot: QtBot, window: Window, trained: Path) -> None:
    page = at_start(qtbot, window, trained)
    qtbot.mouseClick(page.start.ask, Qt.MouseButton.LeftButton)
    assert page.start.ask.text() == "Asking the run…"
    qtbot.waitUntil(lambda: page._stack.currentIndex() == REVIEW, timeout=30_000)
    assert len(page.queue.rows) == 3
    press(page, Key.Key_A)
    settled(qtbot, page, 1)


def test_a_run_whose_models_are_gone_is_told(qtbot: QtBot, window: Window, trained: Path) -> None:
    for kept in trained.glob("runs/*/folds/*/checkpoint.safetensors"):
        kept.unlink()
    page = at_start(qtbot, window, trained)
    with qtbot.waitSignal(page.session.failed, timeout=30_000) as failed:
        qtbot.mouseClick(page.start.ask, Qt.MouseButton.LeftButton)
    assert "is gone" in str(failed.args[0])
    assert page.start.ask.isEnabled()


def test_a_run_that_suggests_nothing_says_why(qtbot: QtBot, window: Window, trained: Path) -> None:
    with Workspace.open(trained) as opened:
        cohort = opened.cohort()
        scans = [scan.id for key in ("P-009", "P-010", "P-011") for scan in cohort.by_key[key].scans]
        opened.store.edit(ExcludeScans(tuple(scans), "motion"))
    page = at_start(qtbot, window, trained)
    qtbot.mouseClick(page.start.ask, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "motion" in page.start.outcome.text(), timeout=30_000)
    assert "suggests nothing" in page.start.outcome.text()
    assert not suggestions(opened.store)
