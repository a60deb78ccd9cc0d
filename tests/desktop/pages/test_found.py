import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest
from pydicom.uid import generate_uid
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.jobs import Job
from desktop.pages.found import FoundPage
from desktop.pages.found.listing import TABS
from desktop.pages.found.new_folder import default_workspace
from desktop.theme import SIZES
from desktop.window import SMALLEST, Window
from engine.cohort import Cohort
from tests.helpers.cohorts import write_source
from tests.helpers.dicom_files import write_series

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Three patients with two scans each, one of the scans damaged, and a file that is no picture."""
    made = write_source(tmp_path / "spines", 3, broken={"0002"})
    (made / "notes.txt").write_text("seen by nobody", encoding="utf-8")
    return made


def drop(window: Window, *places: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(place)) for place in places])
    how = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(200, 200), *how))
    QApplication.sendEvent(window, QDropEvent(QPoint(200, 200).toPointF(), *how))


def found_in(qtbot: QtBot, window: Window, *places: Path) -> FoundPage:
    """Drop places on the window, and wait until the page knows what adding them would come to."""
    drop(window, *places)
    qtbot.waitUntil(lambda: window.pages.key == "found", timeout=20_000)
    page = window.pages.page
    assert isinstance(page, FoundPage)
    qtbot.waitUntil(lambda: bool(page.listing.model.names) or not page.listing.model.rows, timeout=20_000)
    return page


def cohort_of(window: Window) -> Cohort:
    assert window.session.cohort is not None
    return window.session.cohort


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder by the hash of its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def told(page: FoundPage) -> str:
    return "\n".join(label.text() for label in page.listing.details.findChildren(QLabel))


def test_what_is_dropped_is_shown_before_anything_is_written(
    qtbot: QtBot, window: Window, source: Path, tmp_path: Path
) -> None:
    before = contents(tmp_path)
    page = found_in(qtbot, window, source)
    assert window.title_bar.title.text() == "What was found in spines"
    assert [row.title for row in page.listing.model.rows] == ["T1", "T2", "T1", "T1", "T2"]
    assert page.primary().text() == "Add 5 scans of 3 patients"
    assert contents(tmp_path) == before


def test_adding_makes_the_workspace_and_shows_its_cohort(
    qtbot: QtBot, window: Window, source: Path, tmp_path: Path
) -> None:
    found_in(qtbot, window, source)
    before = contents(source)
    with qtbot.waitSignal(window.session.workspace_changed, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert window.pages.key == "cohort"
    assert window.session.workspace is not None
    assert window.session.workspace.path == tmp_path / "spines-isocenter"
    assert window.title_bar.caption.text() == "3 patients, 5 scans"
    assert contents(source) == before


def test_adding_twice_adds_once(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    jobs: list[Job] = []
    window.session.bridge.job_started.connect(jobs.append)
    with qtbot.waitSignal(window.session.workspace_changed, timeout=20_000):
        page.add()
        page.add()
        page.primary().trigger()
    assert len(jobs) == 1


def test_a_scan_that_is_not_ticked_is_not_added(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    place = page.listing.table.visualRect(page.listing.model.index(0, 0)).center()
    qtbot.mouseClick(page.listing.table.viewport(), LEFT, pos=place)
    qtbot.waitUntil(lambda: page.primary().text() == "Add 4 scans of 3 patients")
    with qtbot.waitSignal(window.session.workspace_changed, timeout=20_000):
        page.primary().trigger()
    assert [scan.role for scan in cohort_of(window).scans] == ["T2", "T1", "T1", "T2"]


def test_the_space_bar_ticks_what_is_selected(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    page.listing.table.selectAll()
    qtbot.keyClick(page.listing.table, Qt.Key.Key_Space)
    assert not any(page.listing.model.wants(row) for row in page.listing.model.rows)
    qtbot.waitUntil(lambda: not page.primary().isEnabled())
    qtbot.keyClick(page.listing.table, Qt.Key.Key_Space)
    assert all(page.listing.model.wants(row) for row in page.listing.model.rows)


def test_a_broken_file_is_listed_with_its_reason_and_what_to_do(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    assert page.listing.tabs.tabText(TABS.index("left out")) == "Left out  1"
    (line,) = page.listing.files.model.lines
    assert line.path == str(Path("0002", "T2.nii.gz"))
    assert line.reason
    assert line.hint


def test_other_kinds_of_files_are_only_counted(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    assert ".txt" in page.listing.files.foreign.text()
    assert "notes.txt" not in [line.path for line in page.listing.files.model.lines]


def test_a_scan_that_is_looked_at_says_what_is_doubtful_and_what_to_do(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    page = found_in(qtbot, window, undirected(tmp_path / "odd"))
    page.listing.table.go_to(0)
    doubts = page.listing.model.rows[0].scan.doubts
    assert doubts
    assert all(doubt.action in told(page) for doubt in doubts)


def test_a_folder_without_scans_says_what_it_holds_and_what_can_be_read(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.docx").write_text("Dear", encoding="utf-8")
    page = found_in(qtbot, window, tmp_path / "letters")
    words = "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert "No scan was found in “letters”" in words
    assert "1 .docx" in words
    assert "DICOM" in words
    assert not page.primary().isEnabled()


def test_cancelling_while_looking_leaves_nothing(qtbot: QtBot, window: Window, source: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    with qtbot.waitSignal(window.session.bridge.job_ended):
        drop(window, source)
        window.commands["work.cancel"].trigger()
    assert window.session.intake.found is None
    assert window.pages.key == "start"
    assert contents(tmp_path) == before


def test_closing_the_window_while_looking_is_safe(qtbot: QtBot, window: Window, source: Path) -> None:
    drop(window, source)
    window.close()
    assert window.session.bridge.closed
    assert window.session.intake.found is None


def test_several_places_are_looked_into_at_once(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source / "0001", source / "0003" / "T2.nii.gz")
    assert window.title_bar.title.text() == "What was found in 0001 and 1 more"
    assert len(page.listing.model.rows) == 3
    assert page.form.destination == source / "0001-isocenter"


def test_leaving_the_page_keeps_what_was_found(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    page.listing.model.want(page.listing.model.rows[:1], wanted=False)
    window.show_page("start")
    assert window.rail.buttons["found"].isVisible()
    window.commands["go.found"].trigger()
    assert window.pages.page is page
    assert not page.listing.model.wants(page.listing.model.rows[0])


def test_discarding_lets_go_and_goes_back(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    page.discard()
    assert window.session.intake.found is None
    assert window.pages.key == "start"
    assert not window.rail.buttons["found"].isVisible()
    assert not window.commands["go.found"].isEnabled()


def test_scans_can_be_added_to_the_open_workspace(
    qtbot: QtBot, window: Window, source: Path, workspace: Path, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.session.workspace_changed):
        window.session.open_workspace(workspace)
    page = found_in(qtbot, window, source)
    page.form.into.setCurrentIndex(page.form.into.findText("Add to knees-isocenter"))
    qtbot.waitUntil(lambda: page.listing.model.names.get(page.listing.model.rows[0].key) == "P-013")
    with qtbot.waitSignal(window.session.cohort_changed, timeout=20_000):
        page.primary().trigger()
    assert len(cohort_of(window).patients) == 15
    assert window.pages.key == "cohort"
    assert not (tmp_path / "spines-isocenter").exists()


def test_when_adding_fails_the_table_is_still_there(qtbot: QtBot, window: Window, source: Path, tmp_path: Path) -> None:
    page = found_in(qtbot, window, source)
    (tmp_path / "file").touch()
    page.form.folder.setText(str(tmp_path / "file" / "new"))
    with qtbot.waitSignal(window.session.failed, timeout=20_000):
        page.primary().trigger()
    qtbot.waitUntil(page.primary().isEnabled)
    assert window.pages.page is page
    assert len(page.listing.model.rows) == 5


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("{source}", "not empty"),
        ("relative", "whole path"),
        ("{source}/new", "outside of the scans"),
        ("", "whole path"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused_at_once(
    qtbot: QtBot, window: Window, source: Path, folder: str, said: str
) -> None:
    page = found_in(qtbot, window, source)
    page.form.folder.setText(folder.format(source=source))
    assert not page.primary().isEnabled()
    assert said in page.form.note.text()


@pytest.mark.parametrize("place", ["spine.nii.gz", "spine.zip", "spine/DICOMDIR", "spine"])
def test_a_new_workspace_lies_beside_what_was_dropped_and_is_called_by_it(tmp_path: Path, place: str) -> None:
    dropped = tmp_path / place
    dropped.parent.mkdir(exist_ok=True)
    dropped.touch()
    assert default_workspace(dropped) == tmp_path / "spine-isocenter"


def test_a_taken_folder_is_never_offered(tmp_path: Path) -> None:
    assert default_workspace(tmp_path / "knees") == tmp_path / "knees-isocenter"
    (tmp_path / "knees-isocenter" / "something").mkdir(parents=True)
    assert default_workspace(tmp_path / "knees") == tmp_path / "knees-isocenter-2"


def test_how_patients_are_told_apart_is_said_and_can_be_chosen(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    assert page.form.ways.currentText() == "A folder per patient"
    assert page.form.why.text().startswith("Recognised: ")
    assert "3 folders hold scans" in page.form.why.text()
    page.form.ways.setCurrentIndex(page.form.ways.findData("single-files"))
    qtbot.waitUntil(lambda: page.primary().text() != "Add 5 scans of 3 patients" or not page.primary().isEnabled())


def test_labels_are_forecast_from_the_table_in_the_folder(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    assert page.form.told.text() == "labels.csv: diagnosis of 3 of 3 patients."


def test_a_label_table_that_cannot_be_read_is_told_before_adding(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    page.form.labels.setText(str(source / "nowhere.csv"))
    qtbot.waitUntil(lambda: "label table is not there" in page.form.note.text())
    assert not page.primary().isEnabled()


def test_a_search_and_a_chip_narrow_the_table(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    qtbot.keyClicks(page.listing.filters.search, "T2")
    assert [row.title for row in page.listing.model.rows] == ["T2", "T2"]
    page.listing.filters.ticked.emit(False)
    page.listing.filters.search.clear()
    assert [page.listing.model.wants(row) for row in page.listing.model.rows] == [True, False, True, True, False]


def test_the_table_is_sorted_by_any_column_and_keeps_the_selection(qtbot: QtBot, window: Window, source: Path) -> None:
    page = found_in(qtbot, window, source)
    page.listing.table.go_to(1)
    looked_at = page.listing.model.rows[1]
    page.listing.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert [row.title for row in page.listing.model.rows] == ["T2", "T2", "T1", "T1", "T1"]
    assert page.listing.table.selected_rows() == [looked_at]


def undirected(folder: Path) -> Path:
    """One array without any geometry."""
    folder.mkdir()
    np.save(folder / "knee.npy", np.ones((4, 5, 6), np.float32))
    return folder


@pytest.fixture
def echoes(tmp_path: Path) -> Path:
    """A patient whose three echoes are a series each."""
    study = generate_uid()
    for number, time in enumerate((10, 20, 30)):
        array = np.full((3, 8, 8), 100 - time, np.int16)
        write_series(tmp_path / "hip" / f"{number}", array, np.diag([1.0, 1, 4, 1]), study=study, EchoTime=time)
    return tmp_path / "hip"


def test_series_that_look_like_one_scan_are_offered_as_one(qtbot: QtBot, window: Window, echoes: Path) -> None:
    page = found_in(qtbot, window, echoes)
    (card,) = page.offers.cards
    assert card.words.text() == "3 series look like one scan with 3 echoes, 10-30 ms"
    card.join.click()
    assert [row.frames for row in page.listing.model.rows] == ["3 echoes, 10-30 ms"]
    assert not page.offers.isVisible()
    qtbot.waitUntil(lambda: page.primary().text() == "Add 1 scan of 1 patient")


def test_joining_is_undone_and_done_again(qtbot: QtBot, window: Window, echoes: Path) -> None:
    page = found_in(qtbot, window, echoes)
    page.offers.cards[0].join.click()
    qtbot.keyClick(window, "z", CTRL)
    assert len(page.listing.model.rows) == 3
    assert page.offers.isVisible()
    window.session.edits.redo()
    assert len(page.listing.model.rows) == 1


def test_series_that_are_kept_apart_are_not_asked_about_again(qtbot: QtBot, window: Window, echoes: Path) -> None:
    page = found_in(qtbot, window, echoes)
    page.offers.cards[0].apart.click()
    assert not page.offers.isVisible()
    assert len(page.listing.model.rows) == 3
    window.session.edits.undo()
    assert page.offers.isVisible()


def test_an_archive_is_added_with_a_place_of_its_own(qtbot: QtBot, window: Window, source: Path) -> None:
    archive = Path(shutil.make_archive(str(source.parent / "packed"), "zip", source))
    shutil.rmtree(source)
    page = found_in(qtbot, window, archive)
    with qtbot.waitSignal(window.session.workspace_changed, timeout=20_000):
        page.primary().trigger()
    assert len(cohort_of(window).scans) == 5
    assert all(scan.path.is_file() for scan in cohort_of(window).scans)


def test_a_failed_scan_is_said_to_stay_out_of_training(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    files = write_series(tmp_path / "gap", np.ones((6, 8, 8), np.int16), np.diag([1.0, 1, 4, 1]), shuffled=None)
    files[2].unlink()
    page = found_in(qtbot, window, tmp_path / "gap")
    assert page.listing.model.rows[0].certificate == "fail"
    assert "kept out of training until accepted" in page.form.note.text()


def test_no_identity_of_the_files_is_on_the_page(qtbot: QtBot, window: Window, echoes: Path) -> None:
    page = found_in(qtbot, window, echoes)
    page.listing.table.go_to(0)
    cells = [page.listing.model.index(0, place).data() for place in range(page.listing.model.columnCount())]
    said = "\n".join([*map(str, cells), *(label.text() for label in window.findChildren(QLabel)), window.windowTitle()])
    assert "4711" not in said
    assert "Anna" not in said


def test_cancelling_while_adding_leaves_no_workspace_and_the_table(
    qtbot: QtBot, window: Window, source: Path, tmp_path: Path
) -> None:
    page = found_in(qtbot, window, source)
    before = contents(tmp_path)
    # Told before the work begins: on a machine that is busy, five scans may be added before a key is pressed.
    window.session.bridge.job_started.connect(lambda _: window.commands["work.cancel"].trigger())
    with qtbot.waitSignal(window.session.bridge.job_ended):
        page.primary().trigger()
    qtbot.waitUntil(page.primary().isEnabled)
    assert window.session.workspace is None
    assert len(page.listing.model.rows) == 5
    assert contents(tmp_path) == before


def test_an_answer_to_what_is_gone_is_not_taken_back(qtbot: QtBot, window: Window, echoes: Path) -> None:
    page = found_in(qtbot, window, echoes)
    page.offers.cards[0].join.click()
    page.discard()
    window.session.edits.undo()
    assert not window.session.edits.canUndo()
    assert window.pages.key == "start"


def test_folders_with_a_great_many_scans_may_be_classes(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    for name in ("hand", "chest"):
        (tmp_path / "images" / name).mkdir(parents=True)
        for number in range(30):
            np.save(tmp_path / "images" / name / f"{number}.npy", np.full((4, 4, 2), number, np.uint8))
    page = found_in(qtbot, window, tmp_path / "images")
    qtbot.waitUntil(lambda: "if the folders are classes" in page.form.note.text())


def test_the_page_fits_the_smallest_window_whatever_was_found(qtbot: QtBot, window: Window, echoes: Path) -> None:
    gap = write_series(echoes / "gap", np.ones((6, 8, 8), np.int16), np.diag([1.0, 1, 4, 1]), shuffled=None)
    gap[2].unlink()
    undirected(echoes / "odd")
    page = found_in(qtbot, window, echoes)
    assert all(chip.isVisible() for chip in page.listing.filters.chips.values())
    assert page.minimumSizeHint().width() <= SMALLEST[0] - SIZES.rail - SIZES.inspector


def test_closing_the_window_while_adding_leaves_nothing_half_done(
    qtbot: QtBot, window: Window, source: Path, tmp_path: Path
) -> None:
    page = found_in(qtbot, window, source)
    page.primary().trigger()
    window.close()
    assert window.session.bridge.settle(20)
    assert not (tmp_path / ".spines-isocenter.making").exists()
