import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.pages.cohort import CohortPage
from desktop.pages.cohort.scan_card import ScanCard
from desktop.session import Session
from desktop.theme import SIZES
from tests.desktop.made import make_workspace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, opened: Session) -> CohortPage:
    made = CohortPage(opened)
    made.resize(1000, 800)
    qtbot.addWidget(made)
    made.show()
    return made


def keys(page: CohortPage) -> list[str]:
    return [str(row.key) for row in page.sheet.model.rows]


def click_row(qtbot: QtBot, page: CohortPage, row: int, keys_held: Qt.KeyboardModifier) -> None:
    place = page.sheet.table.visualRect(page.sheet.model.index(row, 0)).center()
    qtbot.mouseClick(page.sheet.table.viewport(), LEFT, keys_held, place)


def words(page: CohortPage) -> str:
    return "\n".join(label.text() for label in page.details.findChildren(QLabel))


def test_every_patient_has_a_row_with_what_is_known(page: CohortPage) -> None:
    head = [page.sheet.model.headerData(i, Qt.Orientation.Horizontal) for i in range(page.sheet.model.columnCount())]
    row = [page.sheet.model.index(0, i).data() for i in range(page.sheet.model.columnCount())]
    assert dict(zip(head, row, strict=True)) == {
        "Patient": "P-001",
        "Diagnosis": "osteopenic",
        "Scans": "T1, T2",
        "Slices": "22",
        "Frames": "9",
        "Certificate": "pass",
        "Age": "83",
        "Sex": "M",
        "Notes": "",
    }


def test_sorting_keeps_what_is_selected(page: CohortPage) -> None:
    page.session.selection.set(patient="P-003")
    page.sheet.table.sortByColumn(6, Qt.SortOrder.AscendingOrder)
    assert keys(page)[0] == "P-012"
    assert page.sheet.table.selected_keys() == ["P-003"]


def test_a_search_narrows_the_table_and_says_so(qtbot: QtBot, page: CohortPage) -> None:
    qtbot.keyClicks(page.tools.search, "healthy")
    assert keys(page) == ["P-003", "P-006", "P-009", "P-012"]
    assert page.tools.shown_count.text() == "4 of 12 patients shown"


def test_a_click_on_a_bar_shows_only_its_class_and_another_all(qtbot: QtBot, page: CohortPage) -> None:
    tile = page.bars.tiles["diagnosis", "healthy"]
    qtbot.mouseClick(tile, LEFT)
    assert keys(page) == ["P-003", "P-006", "P-009", "P-012"]
    qtbot.mouseClick(tile, LEFT)
    assert len(keys(page)) == 12


def test_a_row_selects_its_patient_everywhere(qtbot: QtBot, page: CohortPage) -> None:
    click_row(qtbot, page, 2, Qt.KeyboardModifier.NoModifier)
    assert page.session.selection.current.patient == "P-003"
    assert "P-003" in words(page)


def test_coming_to_the_page_selects_nobody(page: CohortPage) -> None:
    page.shown()
    assert page.session.selection.current.patient is None


def test_the_table_follows_a_selection_made_elsewhere(page: CohortPage) -> None:
    page.session.selection.set(patient="P-008")
    assert page.sheet.table.selected_keys() == ["P-008"]


def test_several_rows_can_be_selected(qtbot: QtBot, page: CohortPage) -> None:
    click_row(qtbot, page, 0, Qt.KeyboardModifier.NoModifier)
    click_row(qtbot, page, 3, Qt.KeyboardModifier.ControlModifier)
    assert page.sheet.table.selected_keys() == ["P-001", "P-004"]
    assert page.session.selection.current.patient == "P-004"


def test_a_patient_filtered_away_stays_selected(qtbot: QtBot, page: CohortPage) -> None:
    page.session.selection.set(patient="P-001")
    qtbot.keyClicks(page.tools.search, "healthy")
    assert page.session.selection.current.patient == "P-001"


def test_excluding_can_be_undone_and_done_again(qtbot: QtBot, page: CohortPage) -> None:
    session = page.session
    session.selection.set(patient="P-002")
    with qtbot.waitSignal(session.cohort_changed):
        page.toggle_excluded()
    assert page.sheet.model.rows[1].excluded == "by hand"
    with qtbot.waitSignal(session.cohort_changed):
        session.edits.undo()
    assert page.sheet.model.rows[1].excluded == ""
    with qtbot.waitSignal(session.cohort_changed):
        session.edits.redo()
    assert page.sheet.model.rows[1].excluded == "by hand"


def test_what_is_selected_stays_so_when_it_is_excluded(qtbot: QtBot, page: CohortPage) -> None:
    page.sheet.table.select_keys(["P-001", "P-004"])
    page.sheet.table.setColumnWidth(0, 333)
    with qtbot.waitSignal(page.session.cohort_changed):
        page.toggle_excluded()
    assert page.sheet.table.selected_keys() == ["P-001", "P-004"]
    assert page.sheet.table.columnWidth(0) == 333


def test_rows_are_copied_with_a_head_line(page: CohortPage) -> None:
    page.session.selection.set(patient="P-002")
    page.copy_rows()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Patient\tDiagnosis")
    assert [line.split("\t")[0] for line in lines[1:]] == ["P-002"]


def test_the_rows_shown_are_exported(qtbot: QtBot, page: CohortPage, tmp_path: Path) -> None:
    qtbot.keyClicks(page.tools.search, "healthy")
    with qtbot.waitSignal(page.session.announced):
        page.write_table(tmp_path / "cohort.csv")
    rows = list(csv.DictReader((tmp_path / "cohort.csv").read_text("utf-8").splitlines()))
    assert [row["Patient"] for row in rows] == ["P-003", "P-006", "P-009", "P-012"]


def test_without_a_cohort_the_page_teaches_and_offers(qtbot: QtBot, session: Session) -> None:
    page = CohortPage(session)
    qtbot.addWidget(page)
    assert page.caption() == ""
    assert page.inspector() is None
    assert not any(command.isEnabled() for command in page.actions())


@pytest.mark.parametrize(("level", "badge"), [("patient", ""), ("image", "Image level")])
def test_a_cohort_without_patient_ids_says_so(qtbot: QtBot, session: Session, tmp_path: Path, level, badge) -> None:
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(make_workspace(tmp_path / "images", level=level))
    page = CohortPage(session)
    qtbot.addWidget(page)
    assert page.badge() == badge


def test_a_class_has_one_colour_in_list_and_table(page: CohortPage) -> None:
    colors = {name: page.session.class_color("diagnosis", name) for name in ("healthy", "osteopenic", "osteoporotic")}
    assert len(set(colors.values())) == 3


def test_hovering_over_a_certificate_says_what_the_files_warn_of(page: CohortPage) -> None:
    place = [column.title for column in page.sheet.model.columns].index("Certificate")
    assert page.sheet.model.index(4, place).data(Qt.ItemDataRole.ToolTipRole) == "the spacing differs by 0.4 mm"


def test_hovering_says_why_there_is_no_picture(qtbot: QtBot, page: CohortPage) -> None:
    hover = Qt.ItemDataRole.ToolTipRole
    qtbot.waitUntil(lambda: "No picture" in page.sheet.model.index(0, 0).data(hover))
    assert "T1.nii.gz: the file is not there" in page.sheet.model.index(0, 0).data(hover)


def test_the_usual_columns_fit_beside_list_and_inspector_on_a_small_screen(qtbot: QtBot, opened: Session) -> None:
    page = CohortPage(opened)
    qtbot.addWidget(page)
    page.resize(1280 - SIZES.rail - SIZES.list - SIZES.inspector, 700)
    page.show()
    assert page.sheet.table.horizontalScrollBar().maximum() == 0
    assert page.sheet.table.isColumnHidden(page.sheet.model.columnCount() - 1)
    page.resize(1600, 700)
    assert not page.sheet.table.isColumnHidden(page.sheet.model.columnCount() - 1)


def test_on_a_large_screen_the_columns_spread_and_come_back(page: CohortPage) -> None:
    fitting = [page.sheet.table.columnWidth(place) for place in range(page.sheet.model.columnCount() - 1)]
    page.resize(1900, 800)
    wide = [page.sheet.table.columnWidth(place) for place in range(page.sheet.model.columnCount() - 1)]
    assert all(after > before for before, after in zip(fitting, wide, strict=True))
    assert page.sheet.table.horizontalScrollBar().maximum() == 0
    page.resize(1000, 800)
    assert [page.sheet.table.columnWidth(place) for place in range(page.sheet.model.columnCount() - 1)] == fitting


def test_a_width_drawn_by_hand_outlasts_another_window_size(page: CohortPage) -> None:
    page.sheet.table.setColumnWidth(1, 222)
    page.resize(1900, 800)
    assert page.sheet.table.columnWidth(1) == 222


def test_scrolling_through_a_scan_leaves_the_details_alone(page: CohortPage) -> None:
    page.session.selection.set(patient="P-003")
    shown = page.details.widget()
    page.session.selection.set(scan=1, frame=4, voxel=(1, 2, 3))
    assert page.details.widget() is shown
    page.session.selection.set(patient="P-001")
    assert page.details.widget() is not shown


def card_of(page: CohortPage, patient: str, role: str) -> ScanCard:
    page.session.selection.set(patient=patient)
    return next(card for card in page.details.findChildren(ScanCard) if role in told_by(card))


def told_by(card: ScanCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_a_certificate_tells_its_doubts_and_what_to_do(page: CohortPage) -> None:
    said = told_by(card_of(page, "P-007", "T2"))
    assert "Geometry certificate: failed" in said
    assert "Slice 7 is missing." in said
    assert "Ask the archive for the missing slices" in said


def test_a_scan_that_failed_is_used_once_somebody_says_why_and_that_can_be_undone(
    qtbot: QtBot, page: CohortPage
) -> None:
    session = page.session
    card = card_of(page, "P-007", "T2")
    assert "Kept out of training" in told_by(card)
    card.use_anyway.click()
    assert card.reason.text() == "checked by hand"
    card.reason.setText("the gap is outside of the bone")
    with qtbot.waitSignal(session.cohort_changed):
        qtbot.keyClick(card.reason, Qt.Key.Key_Return)
    assert "Used although it failed: the gap is outside of the bone" in told_by(card_of(page, "P-007", "T2"))
    assert page.sheet.model.rows[6].failed == 0
    with qtbot.waitSignal(session.cohort_changed):
        session.edits.undo()
    assert page.sheet.model.rows[6].failed == 1
    with qtbot.waitSignal(session.cohort_changed):
        session.edits.redo()
    assert page.sheet.model.rows[6].failed == 0


def test_an_accepted_scan_can_be_kept_out_again(qtbot: QtBot, page: CohortPage) -> None:
    for button in ("accept", "take_back"):
        with qtbot.waitSignal(page.session.cohort_changed):
            getattr(card_of(page, "P-007", "T2"), button).click()
    assert page.sheet.model.rows[6].failed == 1


def test_a_scan_that_passed_is_not_offered_to_be_used_anyway(page: CohortPage) -> None:
    assert not card_of(page, "P-001", "T1").use_anyway.isVisible()


def test_where_it_is_wished_patients_are_shown_by_the_ids_of_their_files_and_copied_by_pseudonym(
    qtbot: QtBot, page: CohortPage
) -> None:
    with qtbot.waitSignal(page.session.cohort_changed):
        page.session.show_patients_as("id")
    assert page.sheet.model.index(0, 0).data() == "source-1"
    page.session.selection.set(patient="P-002")
    assert "source-2" in words(page)
    page.copy_rows()
    assert "source-" not in QGuiApplication.clipboard().text()
