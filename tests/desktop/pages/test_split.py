"""The split page: who is where, divisions that are kept, and the vault."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.app import application
from desktop.pages.split import SplitPage
from desktop.pages.split.plan import TEST, TRAIN, VALIDATION, Wanted, drawn
from desktop.pages.split.raster import raster
from desktop.pages.split.saved_card import SavedRow
from desktop.pages.train import TrainPage
from desktop.session import Session
from desktop.window import Window
from engine.cohort.columns import Column
from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.saved_divisions import saved_divisions
from engine.cohort.dividing.vault import openings, seen_words
from engine.cohort.edits import PutColumn, SetAside, SetLabel
from engine.runs.division import write_folds
from tests.desktop.made import make_cohort, make_workspace
from tests.desktop.run_folders import small_recipe, truths_of, write_run

Act = Callable[[], object]


@pytest.fixture
def page(qtbot: QtBot, opened: Session) -> SplitPage:
    """The page on twelve patients of three classes, with a division shown."""
    made = SplitPage(opened)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    with qtbot.waitSignal(made.picture.counted):
        made.show()
    return made


def divided(qtbot: QtBot, page: SplitPage, act: Act) -> None:
    """Do something, and wait for the division that comes of it."""
    with qtbot.waitSignal(page.picture.counted):
        act()


def edited(qtbot: QtBot, page: SplitPage, act: Act) -> None:
    """Do something, and wait until the workspace has it and the page shows it."""
    with qtbot.waitSignals([page.session.editing.ended, page.keeping.known, page.picture.counted]):
        act()


def choose(page: SplitPage, key: str) -> None:
    combo = page.protocol.protocol.combo
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def home(page: SplitPage) -> Path:
    assert page.session.workspace is not None
    return Path(page.session.workspace.path)


def row(page: SplitPage, name: str) -> SavedRow:
    return page.saved.rows[name]


def codes(page: SplitPage) -> np.ndarray:
    assert page.picture.picture is not None
    return page.picture.picture.codes


def test_everybody_is_somewhere_and_classes_stand_together(page: SplitPage) -> None:
    picture = page.picture.picture
    assert picture is not None
    assert sorted(picture.patients) == [f"P-{number:03d}" for number in range(1, 13)]
    assert set(np.unique(picture.codes)) == {TRAIN, TEST}
    classes = [picture.division.targets["diagnosis"][key] for key in picture.patients]
    assert classes == sorted(classes)


@pytest.mark.parametrize(
    ("key", "folds"),
    [("k-fold", 5), ("repeated-k-fold", 25), ("jackknife", 12), ("rebalanced-jackknife", 12), ("nested", 5)],
)
def test_every_protocol_is_shown(qtbot: QtBot, page: SplitPage, key: str, folds: int) -> None:
    divided(qtbot, page, lambda: choose(page, key))
    assert codes(page).shape == (folds, 12)
    assert page.picture.fold.count() == folds


def test_classes_stand_in_the_order_of_their_column(qtbot: QtBot, page: SplitPage) -> None:
    stages = ("healthy", "osteopenic", "osteoporotic")
    column = Column("diagnosis", "label", "ordinal", stages[::-1])
    edited(qtbot, page, lambda: page.session.editing.make(PutColumn(column)))
    picture = page.picture.picture
    assert picture is not None
    assert picture.classes["diagnosis"] == stages[::-1]
    assert picture.division.targets["diagnosis"][picture.patients[0]] == "osteoporotic"


def test_a_preset_fills_the_options(qtbot: QtBot, page: SplitPage) -> None:
    divided(qtbot, page, lambda: page.protocol.use({"test": 0.25, "validation": 0.25}))
    assert set(np.unique(codes(page))) == {TRAIN, VALIDATION, TEST}
    assert [int((codes(page) == part).sum()) for part in (TRAIN, VALIDATION, TEST)] == [6, 3, 3]


def test_the_next_seed_draws_others(qtbot: QtBot, page: SplitPage) -> None:
    before = page.picture.picture
    divided(qtbot, page, page.commands["split.anew"].trigger)
    after = page.picture.picture
    assert before is not None
    assert after is not None
    assert (before.division.seed, after.division.seed) == (0, 1)
    assert before.division.folds != after.division.folds


def test_covariates_can_be_balanced_too(qtbot: QtBot, page: SplitPage) -> None:
    divided(qtbot, page, lambda: page.protocol.strata.buttons["sex"].click())
    assert page.protocol.wanted().options["by"] == ["sex"]
    assert page.picture.spread.isVisible()


def test_a_column_that_divides_is_chosen_among_those_there_are(qtbot: QtBot, page: SplitPage) -> None:
    choose(page, "column")
    qtbot.waitUntil(lambda: page.picture.trouble.text() == "No column was chosen.")
    combo = page.protocol.given.combo
    combo.setCurrentIndex(combo.findData("sex"))
    divided(qtbot, page, lambda: combo.activated.emit(combo.currentIndex()))
    assert page.protocol.wanted().options == {"column": "sex"}
    assert codes(page).shape == (2, 12)


def test_what_stands_in_the_way_is_said_in_place_of_the_picture(qtbot: QtBot, page: SplitPage) -> None:
    choose(page, "folders")
    qtbot.waitUntil(lambda: page.picture.trouble.isVisible())
    assert page.picture.trouble.text() == "No folder of the scans names a part."
    assert page.picture.hint.text()
    assert not page.picture.who.isVisible()
    assert not page.commands["split.train"].isEnabled()


def test_hovering_names_patient_class_fold_and_part(page: SplitPage) -> None:
    matrix = page.picture.matrix
    picture = page.picture.picture
    assert picture is not None
    cell = QPointF(matrix.width() - 2, matrix.height() - 4)
    assert matrix.cell_at(cell) == (0, 11)
    last = picture.patients[-1]
    part = "Test" if last in picture.division.folds[0].test else "Train"
    assert matrix.words_at(cell) == f"{last}\nosteoporotic\nFold 1: {part}"
    assert matrix.words_at(QPointF(2, matrix.height() - 4)) == ""


def test_a_click_looks_at_the_fold_and_selects_the_patient(qtbot: QtBot, page: SplitPage) -> None:
    divided(qtbot, page, lambda: choose(page, "k-fold"))
    matrix, picture = page.picture.matrix, page.picture.picture
    assert picture is not None
    place = QPointF(matrix.width() - 2, matrix.height() - 4).toPoint()
    divided(qtbot, page, lambda: QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place))
    assert (matrix.fold, page.picture.fold.currentIndex()) == (4, 4)
    assert page.session.selection.current.patient == picture.patients[-1]
    divided(qtbot, page, lambda: QTest.keyClick(matrix, Qt.Key.Key_Up))
    assert matrix.fold == 3


def test_a_division_is_saved_renamed_deleted_and_taken_back(qtbot: QtBot, page: SplitPage) -> None:
    page.saved.name.setText("main")
    edited(qtbot, page, page.saved.save.click)
    assert list(page.saved.rows) == ["main"]
    row(page, "main").begin_rename()
    row(page, "main").edit.setText("first")
    edited(qtbot, page, lambda: row(page, "main").edit.editingFinished.emit())
    assert list(page.saved.rows) == ["first"]
    edited(qtbot, page, lambda: page.saved.drop_wanted.emit("first"))
    assert list(page.saved.rows) == []
    edited(qtbot, page, page.session.edits.undo)
    assert [one.name for one in saved_divisions(home(page))] == ["first"]
    assert list(page.saved.rows) == ["first"]


def test_a_saved_division_is_shown_again(qtbot: QtBot, page: SplitPage) -> None:
    edited(qtbot, page, page.saved.save.click)
    kept = saved_divisions(home(page))[0]
    divided(qtbot, page, lambda: choose(page, "k-fold"))
    divided(qtbot, page, row(page, kept.name).button.click)
    assert page.picture.picture is not None
    assert page.picture.picture.division.folds == kept.folds
    assert page.picture.who.title.text().startswith(kept.name)


def test_saving_never_takes_the_place_of_another_division_unasked(qtbot: QtBot, page: SplitPage) -> None:
    edited(qtbot, page, page.saved.save.click)
    divided(qtbot, page, lambda: page.protocol.use({"test": 0.5}))
    assert page.saved.chosen_name() == "holdout, seed 0 (2)"
    edited(qtbot, page, page.saved.save.click)
    assert sorted(page.saved.rows) == ["holdout, seed 0", "holdout, seed 0 (2)"]
    page.saved.name.setText("holdout, seed 0")
    assert page.saved.save.text() == "Replace"
    page.saved.name.setText("another")
    assert page.saved.save.text() == "Save"


def test_training_twice_with_one_division_keeps_it_once(qtbot: QtBot, page: SplitPage) -> None:
    edited(qtbot, page, page.commands["split.train"].trigger)
    page.commands["split.train"].trigger()
    assert page.session.protocol_wanted == {"key": "saved", "name": "holdout, seed 0"}
    assert len(saved_divisions(home(page))) == 1


def test_who_is_not_divided_is_told_with_the_reason(qtbot: QtBot, page: SplitPage) -> None:
    aside, unlabelled = SetAside(("P-001", "P-002")), SetLabel(("P-003",), "diagnosis", "")
    edited(qtbot, page, lambda: page.session.editing.make(aside, unlabelled))
    assert page.picture.left_out.text() == "Not divided: 2 set aside in the test vault, 1 without diagnosis."


def test_the_wheel_scrolls_the_page_and_changes_no_share(page: SplitPage) -> None:
    at = QPointF(5, 5)
    turn = QWheelEvent(
        at, page.vault.share.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    application().sendEvent(page.vault.share, turn)
    assert page.vault.share.value() == 20


def test_a_saved_division_says_who_changed_since(qtbot: QtBot, page: SplitPage) -> None:
    edited(qtbot, page, page.saved.save.click)
    edited(qtbot, page, lambda: page.session.editing.make(SetLabel(("P-001",), "diagnosis", "")))
    (only,) = page.saved.rows.values()
    assert only.changes.text() == "1 patient of this division takes no part any more: P-001."
    divided(qtbot, page, only.button.click)
    assert page.picture.trouble.isHidden()
    assert page.picture.picture is not None
    assert page.picture.picture.division.name == only.division.name


def test_a_division_is_written_as_a_table_and_taken_from_one(
    qtbot: QtBot, page: SplitPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "given.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(table), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    with qtbot.waitSignal(page.session.announced):
        page.commands["split.export"].trigger()
    with table.open(encoding="utf-8") as stream:
        assert sorted(line["patient"] for line in csv.DictReader(stream)) == [f"P-{n:03d}" for n in range(1, 13)]
    shown = page.picture.picture
    edited(qtbot, page, page.commands["split.import"].trigger)
    (taken,) = saved_divisions(home(page))
    assert shown is not None
    assert (taken.name, taken.folds) == ("given", shown.division.folds)


def test_whoever_is_set_aside_leaves_the_picture_and_comes_back(qtbot: QtBot, page: SplitPage) -> None:
    page.vault.share.setValue(25)
    edited(qtbot, page, page.vault.aside.click)
    assert codes(page).shape == (1, 9)
    assert page.vault.state.text() == "3 patients set aside, never opened."
    edited(qtbot, page, page.vault.back.click)
    assert codes(page).shape == (1, 12)
    edited(qtbot, page, page.session.edits.undo)
    assert codes(page).shape == (1, 9)


def test_the_vault_says_who_of_it_took_part_in_runs_before(qtbot: QtBot, page: SplitPage) -> None:
    run = write_run(home(page), small_recipe(), truths_of(5))
    write_folds(run, [Fold(1, ("P-001", "P-002"), ("P-003",))])
    with qtbot.waitSignal(page.keeping.known):
        page.keeping.read()
    assert page.vault.seen.isHidden()
    edited(qtbot, page, lambda: page.session.editing.make(SetAside(("P-001", "P-011"))))
    assert page.vault.seen.text() == seen_words(1)


def test_the_vault_is_opened_for_a_reason_and_counted(qtbot: QtBot, page: SplitPage) -> None:
    page.vault.share.setValue(25)
    edited(qtbot, page, page.vault.aside.click)
    assert not page.vault.open.isEnabled()
    page.vault.reason.setText("final test")
    with qtbot.waitSignals([page.keeping.known, page.keeping.opened]):
        page.vault.open.click()
    assert [one.reason for one in openings(home(page))] == ["final test"]
    assert page.vault.state.text() == "3 patients set aside, 1 opening."
    assert page.vault.told.text().startswith("In it: P-")
    assert "final test" in page.vault.openings.text()


def test_training_takes_the_division_up(qtbot: QtBot, window: Window, workspace: Path) -> None:
    session = window.session
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(workspace)
    session.ask("go.split")
    qtbot.waitUntil(lambda: bool(window.findChildren(SplitPage)))
    (page,) = window.findChildren(SplitPage)
    qtbot.waitUntil(page.commands["split.train"].isEnabled)
    page.commands["split.train"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(TrainPage)))
    (train,) = window.findChildren(TrainPage)
    wanted = {"key": "saved", "name": "holdout, seed 0"}
    qtbot.waitUntil(lambda: train.recipe_panel.draft is not None and train.recipe_panel.draft.get("protocol") == wanted)
    assert train.recipe_panel.protocol.protocol.combo.currentData() == "saved"


def test_an_image_level_cohort_is_called_so(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(make_workspace(tmp_path / "images", level="image"))
    page = SplitPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.picture.remarks.isVisible())
    assert page.badge() == "Image level"
    assert page.picture.remarks.text().startswith("Image level: the source names no patients")
    assert page.picture.who.title.text() == "12 images (image level), 1 fold"


def test_without_a_workspace_the_page_says_what_comes_next(qtbot: QtBot, session: Session) -> None:
    page = SplitPage(session)
    qtbot.addWidget(page)
    assert page._stack.currentIndex() == 0
    assert not page.commands["split.train"].isEnabled()


def test_the_page_is_drawn_in_both_themes(page: SplitPage) -> None:
    dark = page.grab().toImage()
    theme.apply(application(), "light")
    assert page.grab().toImage() != dark
    theme.apply(application(), "dark")


def test_a_hundred_thousand_patients_become_as_many_pixels_as_there_are() -> None:
    codes = np.zeros((7, 100_000), np.uint8)
    codes[:, :50_000] = TEST
    image = raster(codes, ("#000000", "#111111", "#222222", "#ffffff"), 800, 100)
    assert (image.width(), image.height()) == (800, 7)
    assert image.pixelColor(399, 3).name() == "#ffffff"
    assert image.pixelColor(400, 3).name() == "#000000"


def test_patients_that_share_a_pixel_have_their_mean_colour() -> None:
    codes = np.array([[TEST, TRAIN, TEST, TRAIN]], np.uint8)
    image = raster(codes, ("#000000", "#000000", "#000000", "#ffffff"), 2, 1)
    assert [image.pixelColor(place, 0).name() for place in range(2)] == ["#808080", "#808080"]


def test_a_picture_is_worked_out_without_a_window(tmp_path: Path) -> None:
    cohort = make_cohort(tmp_path / "w")
    picture = drawn(Wanted("k-fold", {"folds": 3}, ("diagnosis",), 1), cohort, tmp_path / "w")
    for number, fold in enumerate(picture.division.folds):
        tested = {key for key, code in zip(picture.patients, picture.codes[number], strict=True) if code == TEST}
        assert tested == set(fold.test)
