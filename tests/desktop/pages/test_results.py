"""The results page on run folders written by the engine's own writers."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.pages.results import ResultsPage
from desktop.pages.results.found import in_words, read_found
from desktop.session import Session
from engine.evaluation.figure import Figure
from engine.runs import RunFolder
from engine.runs import events as ev
from tests.desktop.run_folders import predictions_of, small_recipe, truths_of, write_run

LEFT = Qt.MouseButton.LeftButton
RECIPE, TRUTHS = small_recipe(), truths_of(12)


@pytest.fixture
def run(workspace: Path) -> RunFolder:
    return write_run(workspace, RECIPE, TRUTHS)


@pytest.fixture
def page(qtbot: QtBot, run: RunFolder, opened: Session) -> ResultsPage:
    made = shown(qtbot, opened)
    qtbot.waitUntil(lambda: made.found is not None)
    return made


def shown(qtbot: QtBot, session: Session) -> ResultsPage:
    made = ResultsPage(session)
    made.resize(1000, 760)
    qtbot.addWidget(made)
    made.show()
    return made


def patients(page: ResultsPage) -> list[str]:
    return [row.patient for row in page.predictions.model.rows]


def wrong(truth: str, called: str) -> list[str]:
    return sorted(r.patient for r in predictions_of(RECIPE, TRUTHS) if (r.truth, r.predicted) == (truth, called))


def click_cell(qtbot: QtBot, page: ResultsPage, cell: tuple[int, int]) -> None:
    view = page.matrix.view
    qtbot.mouseClick(view, LEFT, pos=view.cell_box(cell).center().toPoint())


def test_the_verdict_is_the_sentence_of_the_run(page: ResultsPage, run: RunFolder) -> None:
    assert page.verdict.sentence.text() == run.metrics()["verdicts"]["diagnosis"]
    assert "12 patients, each predicted by a model that never saw it" in page.verdict.ground.text()


def test_every_headline_figure_carries_its_interval(page: ResultsPage, run: RunFolder) -> None:
    told = run.metrics()["metrics"]["diagnosis"]["balanced_accuracy"]
    row = page.figures.bars.rows[0]
    assert (row.value, row.low, row.high) == (told["value"], told["low"], told["high"])
    assert row.chance == 0.5
    assert all(row.interval for row in page.figures.bars.rows)


def test_the_figure_that_is_clicked_is_compared_with_the_baselines(qtbot: QtBot, page: ResultsPage) -> None:
    from desktop.plots.interval_bars import ROW

    bars = page.figures.bars
    qtbot.mouseClick(bars, LEFT, pos=bars.rect().topLeft() + bars.rect().center() * 0)
    place = bars.rect().topLeft()
    place.setX(10)
    place.setY(2 * ROW + 5)
    qtbot.mouseClick(bars, LEFT, pos=place)
    assert page.baselines.what.text() == "AUROC"
    assert [row.name for row in page.baselines.bars.rows] == ["This model", "Forest", "Linear", "Majority"]


def test_a_cell_of_the_matrix_selects_and_lists_its_patients(qtbot: QtBot, page: ResultsPage) -> None:
    click_cell(qtbot, page, (1, 0))
    expected = wrong("osteoporotic", "healthy")
    assert patients(page) == expected
    assert page.session.selection.current.patient == expected[0]
    assert page.predictions.title.text().endswith("osteoporotic, predicted healthy")


def test_all_patients_come_back_when_the_cell_is_let_go(qtbot: QtBot, page: ResultsPage) -> None:
    click_cell(qtbot, page, (1, 0))
    qtbot.mouseClick(page.predictions.all, LEFT)
    assert patients(page) == sorted(TRUTHS)
    assert page.matrix.view.current is None


def test_the_matrix_is_walked_by_the_arrow_keys(qtbot: QtBot, page: ResultsPage) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(page.matrix.view, key)
    assert page.matrix.view.current == (1, 1)


def test_a_row_selects_its_patient_and_the_fold_that_never_saw_it(qtbot: QtBot, page: ResultsPage) -> None:
    table = page.predictions.table
    qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(page.predictions.model.index(2, 0)).center())
    current = page.session.selection.current
    assert (current.patient, current.fold, current.run) == ("P-003", 3, page.found and page.found.folder.name)


@pytest.mark.parametrize("by_key", [False, True])
def test_a_row_opened_leads_to_the_scans_of_its_patient(qtbot: QtBot, page: ResultsPage, by_key: bool) -> None:
    table = page.predictions.table
    place = table.visualRect(page.predictions.model.index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    with qtbot.waitSignal(page.session.asked) as told:
        if by_key:
            qtbot.keyClick(table, Qt.Key.Key_Return)
        else:
            qtbot.mouseDClick(table.viewport(), LEFT, pos=place)
    assert told.args == ["go.view"]
    assert page.session.selection.current.patient == "P-003"


def test_a_patient_selected_elsewhere_is_marked_in_the_table(page: ResultsPage) -> None:
    page.session.selection.set(patient="P-005")
    assert page.predictions.table.currentIndex().row() == patients(page).index("P-005")


def test_the_newest_run_is_shown_first_and_any_other_on_demand(
    qtbot: QtBot, page: ResultsPage, workspace: Path, run: RunFolder
) -> None:
    newer = write_run(workspace, RECIPE, TRUTHS, skill=0.2)
    page.session.runs_changed.emit()
    qtbot.waitUntil(lambda: page.found is not None and page.found.folder.name == newer.name)
    page.session.selection.set(run=run.name)
    qtbot.waitUntil(lambda: page.found is not None and page.found.folder.name == run.name)


def test_a_run_that_stopped_says_where_and_offers_to_resume(qtbot: QtBot, workspace: Path, opened: Session) -> None:
    failure = ev.RunFailed(error="the worker process was killed by signal 9", hint="Resume it.")
    write_run(workspace, RECIPE, TRUTHS, folds_done=4, last=failure)
    opened.runs_changed.emit()
    page = shown(qtbot, opened)
    qtbot.waitUntil(page.stopped.isVisible)
    assert page.stopped.what.text() == "The run failed in fold 5 of 12: the worker process was killed by signal 9."
    assert page.stopped.resume.isEnabled()
    assert not [one for one in page.findChildren(QPushButton) if one.isVisible() and one.text() == "Watch it train"]
    assert not page.commands["results.export"].isEnabled()


def test_without_runs_the_page_leads_to_training(qtbot: QtBot, opened: Session) -> None:
    page = shown(qtbot, opened)
    (button,) = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    with qtbot.waitSignal(opened.asked) as told:
        qtbot.mouseClick(button, LEFT)
    assert told.args == ["go.train"]


def test_an_image_level_run_is_labelled_so(qtbot: QtBot, run: RunFolder, opened: Session) -> None:
    run.metrics_path.write_text(run.metrics_path.read_text().replace('"patient"', '"image"'), encoding="utf-8")
    page = shown(qtbot, opened)
    qtbot.waitUntil(lambda: page.found is not None)
    assert page.badge() == "Image level"
    assert page.verdict.level.isVisible()


def test_the_predictions_are_exported_as_they_are(
    qtbot: QtBot, page: ResultsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(page.session.announced):
        page.commands["results.export"].trigger()
    with path.open(encoding="utf-8", newline="") as stream:
        assert [row["patient"] for row in csv.DictReader(stream)] == list(TRUTHS)


def test_the_report_is_offered_once_it_is_there(
    qtbot: QtBot, run: RunFolder, opened: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.report_path.write_text("<html></html>", encoding="utf-8")
    page = shown(qtbot, opened)
    qtbot.waitUntil(lambda: page.found is not None)
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url))
    page.commands["results.report"].trigger()
    assert [url.toLocalFile() for url in asked] == [str(run.report_path)]


def test_a_damaged_run_is_told_and_the_page_lives_on(qtbot: QtBot, run: RunFolder, opened: Session) -> None:
    run.metrics_path.write_text("{", encoding="utf-8")
    with qtbot.waitSignal(opened.failed) as told:
        page = shown(qtbot, opened)
        qtbot.waitUntil(lambda: page._asked is not None)
    assert "cannot be read" in str(told.args[0])


def test_a_run_read_twice_gives_the_same_results(run: RunFolder) -> None:
    assert read_found(run) == read_found(run)


@pytest.mark.parametrize(
    ("name", "figure", "words"),
    [
        ("accuracy", Figure(0.714, 0.58, 0.82), ("71 %", "[58-82]")),
        ("mcc", Figure(0.4, -0.1, 0.68), ("0.40", "[-0.10, 0.68]")),
        ("auroc", Figure.undefined("one class"), ("n/a", "")),
    ],
)
def test_numbers_are_written_as_people_read_them(name: str, figure: Figure, words: tuple[str, str]) -> None:
    assert in_words(name, figure) == words
