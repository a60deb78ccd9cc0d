"""The train page in a real window: the recipe's steps, who takes part, a run steered by clicks."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.pages.train import TrainPage
from desktop.pages.train.division_options import DivisionOptions
from desktop.session import Session
from desktop.window import Window
from engine.cohort.dividing.division import Subjects, divide
from engine.cohort.dividing.saved_divisions import Division
from engine.cohort.edits import PutDivision
from engine.compute.worker import WorkerRun
from engine.recipe import Choice, load_recipe
from engine.runs import RunState
from engine.runs import events as ev
from tests.desktop.run_folders import small_recipe, truths_of, write_run
from tests.helpers.cohorts import make_workspace, tiny_recipe, write_source

LEFT = Qt.MouseButton.LeftButton
WAIT = 120_000
WORKERS = pytest.mark.timeout(600)  # processes that train, which begin late where the machine has other work


@pytest.fixture
def page(qtbot: QtBot, opened: Session) -> TrainPage:
    """The page on the cohort of twelve, with the recipe that fits best, judged."""
    made = TrainPage(opened)
    made.resize(1100, 800)
    qtbot.addWidget(made)
    made.show()
    judged(qtbot, made)
    return made


def judged(qtbot: QtBot, page: TrainPage) -> None:
    qtbot.waitUntil(lambda: page.recipe_panel.fit is not None, timeout=WAIT)


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.waitUntil(button.isEnabled)
    qtbot.mouseClick(button, LEFT)


def go_words(page: TrainPage) -> str:
    return f"{page.go.what.text()} {page.go.hint.text()}"


def test_an_empty_window_says_what_comes_first_and_offers_it(qtbot: QtBot, session: Session) -> None:
    page = TrainPage(session)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(session.asked) as told:
        click(qtbot, next(b for b in page.findChildren(QAbstractButton) if b.isVisible() and "demo" in b.text()))
    assert told.args == ["workspace.demo"]


def test_who_takes_part_is_counted_per_class_and_who_does_not_is_told_why(page: TrainPage) -> None:
    ((_, classes),) = page.recipe_panel.data.targets
    assert {name: classes._bars[name].words.text() for name in classes.ticks} == {
        "healthy": "3", "osteoporotic": "3", "osteopenic": "left out",
    }  # fmt: skip
    reasons = page.recipe_panel.data.reasons.text()
    assert "P-004: no usable T2 scan" in reasons
    assert "P-001: 'osteopenic' is not a class of the recipe" in reasons
    assert "6 models" in go_words(page)


def test_a_class_that_is_ticked_takes_part(qtbot: QtBot, page: TrainPage) -> None:
    ((_, classes),) = page.recipe_panel.data.targets
    classes.ticks["osteopenic"].click()
    judged(qtbot, page)
    assert page.recipe_panel.fit is not None
    assert page.recipe_panel.fit.patients == 8


def test_a_scan_whose_geometry_failed_is_left_out_and_the_reason_told(qtbot: QtBot, page: TrainPage) -> None:
    ((_, classes),) = page.recipe_panel.data.targets
    classes.ticks["osteopenic"].click()
    judged(qtbot, page)
    assert "P-007: no usable T2 scan (slice 7 is missing)" in page.recipe_panel.data.reasons.text()


def test_a_recipe_that_does_not_fit_says_why_and_cannot_start(qtbot: QtBot, page: TrainPage) -> None:
    page.recipe_panel.take(small_recipe(4, "targets.0.column=fracture"))
    judged(qtbot, page)
    assert "no label column 'fracture'" in go_words(page)
    assert not page.go.start.isEnabled()


def test_a_role_the_cohort_lacks_is_named(qtbot: QtBot, page: TrainPage) -> None:
    page.recipe_panel.take(small_recipe(4, "inputs.t2.role=FLAIR"))
    judged(qtbot, page)
    assert "role 'FLAIR'" in go_words(page)
    assert page.recipe_panel.data.roles["t2"].combo.currentText() == "FLAIR (not in the cohort)"


def test_a_setting_changed_in_the_form_is_in_the_recipe_and_can_be_taken_back(qtbot: QtBot, page: TrainPage) -> None:
    form = page.recipe_panel.model.training
    usual = form.values()["epochs"]
    form.rows["epochs"].editor.setValue(3)
    judged(qtbot, page)
    assert page.recipe_panel.recipe is not None
    assert page.recipe_panel.recipe.training.epochs == 3
    assert "3 epochs" in go_words(page)
    assert page.caption().endswith("changed")
    page.commands["train.reset"].trigger()
    judged(qtbot, page)
    assert form.values()["epochs"] == usual
    assert not page.commands["train.reset"].isEnabled()


def test_another_model_brings_its_own_options(qtbot: QtBot, page: TrainPage) -> None:
    card = page.recipe_panel.model
    combo = card.model.combo
    combo.setCurrentIndex(combo.findData("simple-3d-cnn"))
    combo.activated.emit(combo.currentIndex())
    judged(qtbot, page)
    assert card.options is not None
    assert set(card.options.rows) == {"width", "dropout"}
    assert "takes 1 input" in go_words(page)


def test_steps_are_added_moved_and_removed(qtbot: QtBot, page: TrainPage) -> None:
    card, draft = page.recipe_panel.prepare, page.recipe_panel.draft
    assert draft is not None

    def keys() -> list[str]:
        return [step["key"] for step in draft.get("inputs", "t1", "steps")]

    assert keys() == ["resize", "z-score"]
    card._add("t1", "crop-or-pad")
    card._move("t1", 1)
    card._remove("t1", 0)
    assert keys() == ["resize", "crop-or-pad"]


def choose_protocol(page: TrainPage, key: str) -> DivisionOptions:
    combo = page.recipe_panel.protocol.protocol.combo
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())
    assert page.recipe_panel.protocol.options is not None
    return page.recipe_panel.protocol.options


def test_a_saved_division_is_chosen_among_those_there_are(qtbot: QtBot, page: TrainPage) -> None:
    session, draft = page.session, page.recipe_panel.draft
    assert session.workspace is not None
    assert session.cohort is not None
    assert draft is not None
    who, folds = Subjects.of(session.cohort, ["diagnosis"]), Choice(key="jackknife")
    with qtbot.waitSignal(session.editing.ended):
        session.editing.make(PutDivision(Division.of("main", folds, 0, tuple(divide(folds, who, 0)), who)))
    options = choose_protocol(page, "saved")
    assert not options.form.rows
    combo = options.choice.combo
    qtbot.waitUntil(lambda: combo.findData("main") >= 0)
    combo.setCurrentIndex(combo.findData("main"))
    combo.activated.emit(combo.currentIndex())
    judged(qtbot, page)
    assert draft.get("protocol") == {"key": "saved", "name": "main"}


def test_strata_are_turned_on_among_the_covariates(qtbot: QtBot, page: TrainPage) -> None:
    options = choose_protocol(page, "k-fold")
    options.strata.buttons["sex"].click()
    judged(qtbot, page)
    draft = page.recipe_panel.draft
    assert draft is not None
    assert draft.get("protocol", "by") == ["sex"]
    assert "by" not in options.form.rows


def test_a_column_that_divides_is_chosen_among_those_there_are(qtbot: QtBot, page: TrainPage) -> None:
    options = choose_protocol(page, "column")
    combo = options.choice.combo
    assert combo.findData("diagnosis") >= 0
    combo.setCurrentIndex(combo.findData("diagnosis"))
    combo.activated.emit(combo.currentIndex())
    judged(qtbot, page)
    draft = page.recipe_panel.draft
    assert draft is not None
    assert draft.get("protocol") == {"key": "column", "column": "diagnosis"}


def test_a_division_that_was_wanted_of_one_workspace_is_not_asked_of_the_next(
    qtbot: QtBot, page: TrainPage, tmp_path: Path
) -> None:
    page.session.protocol_wanted = {"key": "saved", "name": "main"}
    with qtbot.waitSignal(page.session.workspace_changed):
        page.session.open_workspace(make_workspace(tmp_path / "other", write_source(tmp_path / "others")))
    assert not page.commands["train.start"].isEnabled()
    judged(qtbot, page)
    assert page.session.protocol_wanted is None
    assert page.recipe_panel.draft is not None
    assert page.recipe_panel.draft.get("protocol", "key") != "saved"


def test_a_recipe_saved_as_toml_is_the_recipe_on_screen(
    qtbot: QtBot, page: TrainPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.toml"
    page.recipe_panel.model.training.rows["epochs"].editor.setValue(3)
    judged(qtbot, page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(page.session.announced):
        page.commands["train.save"].trigger()
    assert load_recipe(path) == page.recipe_panel.recipe


def test_a_recipe_file_is_taken_up(qtbot: QtBot, page: TrainPage, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(small_recipe(9).to_toml(), encoding="utf-8")
    page.recipe_panel.open_file(path)
    qtbot.waitUntil(lambda: page.recipe_panel.recipe == small_recipe(9))


def test_a_past_run_shows_its_curves_facts_and_log(qtbot: QtBot, page: TrainPage, workspace: Path) -> None:
    write_run(workspace, small_recipe(), truths_of(5), watched=True)
    page.session.runs_changed.emit()
    panel = page.run_panel
    qtbot.waitUntil(lambda: panel.watch is not None and panel.watch.progress.state == RunState.FINISHED)
    assert len(panel.loss.plot.lines["mean"].getData()[0]) == 4
    assert len(panel.loss.plot.lines["folds"].getData()[0]) == 5 * 4 + 4
    assert panel.loss.plot.watched
    assert panel.facts.facts["Fold"].value.text() == "5 of 5"
    assert "Finished" in panel.log.toPlainText()
    assert not panel.stopped.isVisible()


def test_a_failed_run_says_where_and_why_and_offers_to_resume(qtbot: QtBot, page: TrainPage, workspace: Path) -> None:
    failure = ev.RunFailed(error="the disk is full", hint="Free some space, then resume.")
    write_run(workspace, small_recipe(), truths_of(5), folds_done=2, last=failure)
    page.session.runs_changed.emit()
    qtbot.waitUntil(page.run_panel.stopped.isVisible)
    assert page.run_panel.stopped.what.text() == "The run failed in fold 3 of 5: the disk is full."
    assert page.run_panel.stopped.hint.text() == "Free some space, then resume."
    assert page.run_panel.stopped.resume.isEnabled()


def test_the_recipe_of_a_past_run_can_be_used_again(qtbot: QtBot, page: TrainPage, workspace: Path) -> None:
    write_run(workspace, small_recipe(7), truths_of(5))
    page.session.runs_changed.emit()
    qtbot.waitUntil(lambda: page.run_panel.watch is not None)
    click(qtbot, page.run_panel.reuse)
    qtbot.waitUntil(lambda: page.recipe_panel.recipe == small_recipe(7))


@pytest.fixture
def tiny(qtbot: QtBot, window: Window, tmp_path: Path) -> TrainPage:
    """The train page of a window on eight patients with real scans and the tiny recipe for them."""
    folder = make_workspace(tmp_path / "tiny", write_source(tmp_path / "source"))
    with qtbot.waitSignal(window.session.workspace_changed):
        window.session.open_workspace(folder)
    window.show_page("train")
    page = window.pages.page
    assert isinstance(page, TrainPage)
    judged(qtbot, page)
    page.recipe_panel.take(tiny_recipe("training.epochs=5000"))
    judged(qtbot, page)
    return page


@WORKERS
def test_a_run_is_started_paused_resumed_and_cancelled_by_clicks(qtbot: QtBot, tiny: TrainPage) -> None:
    go, panel, runs = tiny.go, tiny.run_panel, tiny.session.runs
    click(qtbot, go.start)
    qtbot.waitUntil(lambda: panel.watch is not None and panel.watch.progress.epochs_done > 2, timeout=WAIT)
    watch = panel.watch
    assert watch is not None
    assert len(panel.loss.plot.lines["mean"].getData()[0]) > 0
    assert not go.start.isVisible()
    click(qtbot, go.pause)
    qtbot.waitUntil(lambda: watch.progress.state == RunState.PAUSED, timeout=WAIT)
    click(qtbot, go.resume)
    qtbot.waitUntil(lambda: watch.progress.state == RunState.RUNNING, timeout=WAIT)
    with qtbot.waitSignal(runs.ended, timeout=WAIT):
        click(qtbot, go.cancel)
    assert panel.stopped.isVisible()
    assert panel.stopped.what.text() == "The run was cancelled in fold 1 of 1."
    assert go.start.isVisible()


@WORKERS
def test_a_run_whose_worker_was_killed_is_resumed_and_drawn_again(qtbot: QtBot, tiny: TrainPage) -> None:
    panel, runs = tiny.run_panel, tiny.session.runs
    click(qtbot, tiny.go.start)
    qtbot.waitUntil(lambda: panel.watch is not None and panel.watch.progress.epochs_done > 2, timeout=WAIT)
    assert isinstance(runs._handle, WorkerRun)
    with qtbot.waitSignal(runs.ended, timeout=WAIT):
        os.kill(runs._handle.pid or 0, signal.SIGKILL)
    drawn = len(panel.loss.plot.lines["mean"].getData()[0])
    click(qtbot, panel.stopped.resume)
    qtbot.waitUntil(lambda: len(panel.loss.plot.lines["mean"].getData()[0]) > drawn, timeout=WAIT)
    assert not panel.stopped.isVisible()
    with qtbot.waitSignal(runs.ended, timeout=WAIT):
        click(qtbot, tiny.go.cancel)


LOOK = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from desktop import theme
from desktop.app import application
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window

theme.apply(application(), "dark")
window = Window(Session(Settings()))
window.session.open_workspace(Path(sys.argv[1]))
for page in ("train", "results"):
    window.show_page(page)
    found = lambda: getattr(window.pages.page, "found", None) or getattr(window.pages.page, "recipe_panel", None)
    while found() is None or getattr(found(), "fit", True) is None:
        QTest.qWait(20)
print([name for name in ("torch", "sklearn", "scipy", "matplotlib") if name in sys.modules])
window.session.close()
"""


@WORKERS
def test_neither_page_brings_the_heavy_libraries_into_the_window(workspace: Path) -> None:
    write_run(workspace, small_recipe(), truths_of(5))
    told = subprocess.run(
        [sys.executable, "-c", LOOK, str(workspace)], capture_output=True, text=True, timeout=240, check=False
    )
    assert told.stdout.strip() == "[]", told.stderr
