"""Reviewing suggested labels with keys alone; nothing changes until it is accepted."""

import getpass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.pages.review import ReviewPage
from desktop.pages.review.agenda import Agenda
from desktop.pages.review.found import Found
from desktop.pages.review.share_bars import ROW
from desktop.window import Window
from engine.cohort import Workspace
from engine.cohort.edits import ExcludeScans, PutSuggestions, SetLabel
from engine.cohort.suggestions import Suggestion, suggestions
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
    assert [one.patient for one in page.stage.side.model.rows] == DOUBTFUL_FIRST
    assert asked(page) == "P-006"
    qtbot.waitUntil(lambda: page.stage.picture.pane.viewing is not None)
    assert page.stage.picture.pane.scan is not None
    assert page.stage.picture.pane.scan.patient == "P-006"


def test_a_whole_review_by_keys_alone(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_A, Key.Key_2, Key.Key_R, Key.Key_1)
    settled(qtbot, page, 4)
    assert labels(page) == {"P-005": SICK, "P-006": SICK, "P-007": HEALTHY, "P-008": ""}
    assert not page.stage.reviewing
    assert page.stage.start.title.text() == "All decided: 3 accepted, 1 rejected"


def test_nothing_changes_until_something_is_accepted(page: ReviewPage) -> None:
    press(page, Key.Key_S, Key.Key_Down, Key.Key_Up, Key.Key_Right, Key.Key_S)
    assert set(labels(page).values()) == {""}
    assert page.session.edits.count() == 1


def test_the_next_one_comes_at_once(page: ReviewPage) -> None:
    press(page, Key.Key_A)
    assert asked(page) == "P-005"
    assert page.stage.verdict.progress_words.text() == "1 of 4 decided"


def test_what_is_skipped_comes_again_at_the_end(page: ReviewPage) -> None:
    press(page, Key.Key_S)
    assert [one.patient for one in page.stage.side.model.rows] == ["P-005", "P-008", "P-007", "P-006"]
    assert asked(page) == "P-005"


def test_arrows_go_through_the_queue_and_stop_at_its_ends(page: ReviewPage) -> None:
    press(page, *[Key.Key_Down] * 9)
    assert asked(page) == "P-007"
    press(page, *[Key.Key_Up] * 2)
    assert asked(page) == "P-005"


def test_arrows_across_go_through_the_scans_and_the_role_stays(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_Right)
    assert page.stage.picture.pane.scan is not None
    assert page.stage.picture.pane.scan.role == "T2"
    press(page, Key.Key_Down)
    qtbot.waitUntil(lambda: page.stage.picture.pane.viewing is not None)
    assert (page.stage.picture.pane.scan.role, page.stage.picture.pane.scan.patient) == ("T2", "P-005")


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


def test_what_is_taken_back_is_not_told_of_any_more(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_A)
    assert "P-006: accepted" in page.stage.verdict.last.text()
    settled(qtbot, page, 1)
    QTest.keyClick(page.window(), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, page, 0)
    assert not page.stage.verdict.last.text()


def test_an_older_reading_never_brings_back_what_was_decided(qtbot: QtBot, page: ReviewPage) -> None:
    listed: list[str] = []
    page.heading_changed.connect(lambda: listed.extend(one.patient for one in page.queue.rows))
    page.reload()
    press(page, Key.Key_A)
    settled(qtbot, page, 1)
    assert listed
    assert "P-006" not in listed


def test_a_class_that_the_cohort_has_not_is_told_before_it_is_made(qtbot: QtBot, page: ReviewPage) -> None:
    assert page.stage.verdict.caution.isHidden()
    page.session.editing.make(PutSuggestions("later", "diagnosis", {"P-006": {HEALTHY: 0.5, "osteopenic": 0.5}}))
    qtbot.waitUntil(lambda: page.queue.rows[0].run == "later")
    assert page.stage.verdict.caution.isVisible()
    assert "no class osteopenic" in page.stage.verdict.caution.text()


def test_decisions_about_what_two_runs_suggested_of_one_patient_are_gone_through() -> None:
    past = [_decided("P-006", "second"), _decided("P-006", "first"), _decided("P-005", "first")]
    agenda = Agenda(Found(decided=tuple(past)), looking_back=True)
    seen = [agenda.front, agenda.step(1).front, agenda.step(1).step(1).front, agenda.step(9).front]
    assert seen == [*past, past[-1]]


def _decided(patient: str, run: str) -> Suggestion:
    return Suggestion(patient, "diagnosis", run, {HEALTHY: 1.0}, datetime(2024, 1, 1, tzinfo=UTC), "rejected")


def test_who_decided_is_recorded_and_shown(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_A)
    settled(qtbot, page, 1)
    page.stage.side.turn(decided=True)
    (row,) = page.stage.side.model.rows
    assert (row.patient, row.decision, row.label, row.who) == ("P-006", "accepted", SICK, getpass.getuser())
    assert f"by {getpass.getuser()}" in page.stage.side.model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_what_was_decided_can_be_looked_at_but_not_decided_by_mistake(qtbot: QtBot, page: ReviewPage) -> None:
    press(page, Key.Key_A, Key.Key_R, Key.Key_A, Key.Key_A)
    settled(qtbot, page, 4)
    qtbot.mouseClick(page.stage.start.past, Qt.MouseButton.LeftButton)
    assert page.stage.reviewing
    press(page, Key.Key_Down, Key.Key_Down, Key.Key_A, Key.Key_1, Key.Key_R)
    front = page.agenda.front
    assert front is not None
    assert f"by {getpass.getuser()}" in page.stage.verdict.doubt.text()
    assert not page.session.editing.busy
    qtbot.waitUntil(
        lambda: page.stage.picture.pane.scan is not None and page.stage.picture.pane.scan.patient == front.patient
    )


def test_a_class_is_given_by_a_click_too(qtbot: QtBot, page: ReviewPage) -> None:
    qtbot.mouseClick(page.stage.verdict.bars, Qt.MouseButton.LeftButton, pos=QPoint(40, ROW // 2))
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
    assert page.stage.verdict.progress_words.text() == "0 of 3 decided"


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
    assert not page.stage.verdict.last.text()


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
    assert page.stage.picture.pane.scan is None or page.stage.picture.pane.scan.patient != "P-005"


def test_without_a_workspace_or_a_run_the_way_on_is_offered(qtbot: QtBot, window: Window) -> None:
    window.show_page("review")
    page = window.pages.page
    assert isinstance(page, ReviewPage)
    assert not page.stage.reviewing
    assert page.stage.start.train.isVisible()
    assert not page.stage.start.ask.isVisible()


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
    qtbot.waitUntil(lambda: page.stage.start.chooser.count() == 1)
    return page


def test_a_finished_run_is_asked_and_reviewed(qtbot: QtBot, window: Window, trained: Path) -> None:
    page = at_start(qtbot, window, trained)
    qtbot.mouseClick(page.stage.start.ask, Qt.MouseButton.LeftButton)
    assert page.stage.start.ask.text() == "Asking the run…"
    qtbot.waitUntil(lambda: page.stage.reviewing, timeout=30_000)
    assert len(page.queue.rows) == 3
    press(page, Key.Key_A)
    settled(qtbot, page, 1)


def test_a_run_whose_models_are_gone_is_told(qtbot: QtBot, window: Window, trained: Path) -> None:
    for kept in trained.glob("runs/*/folds/*/checkpoint.safetensors"):
        kept.unlink()
    page = at_start(qtbot, window, trained)
    with qtbot.waitSignal(page.session.failed, timeout=30_000) as failed:
        qtbot.mouseClick(page.stage.start.ask, Qt.MouseButton.LeftButton)
    assert "is gone" in str(failed.args[0])
    assert page.stage.start.ask.isEnabled()


def test_a_run_that_suggests_nothing_says_why(qtbot: QtBot, window: Window, trained: Path) -> None:
    with Workspace.open(trained) as opened:
        cohort = opened.cohort()
        scans = [scan.id for key in ("P-009", "P-010", "P-011") for scan in cohort.by_key[key].scans]
        opened.store.edit(ExcludeScans(tuple(scans), "motion"))
    page = at_start(qtbot, window, trained)
    qtbot.mouseClick(page.stage.start.ask, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "motion" in page.stage.start.outcome.text(), timeout=30_000)
    assert "suggests nothing" in page.stage.start.outcome.text()
    assert not suggestions(opened.store)
