"""Editing the cohort with the keyboard and the mouse, in the real window over a real workspace."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QMenu
from pytestqt.qtbot import QtBot

from desktop.pages.cohort import CohortPage
from desktop.pages.cohort.ask import Ask
from desktop.pages.cohort.contents import COUNTS, SCANS
from desktop.pages.cohort.menus import fill_columns, fill_groups, head_menu, rows_menu
from desktop.session import Session
from engine.cohort import Workspace

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, opened: Session) -> CohortPage:
    made = CohortPage(opened)
    made.resize(1000, 800)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def column(page: CohortPage, title: str) -> int:
    return [each.title for each in page.sheet.model.columns].index(title)


def cell(page: CohortPage, row: int, title: str):
    return page.sheet.model.index(row, column(page, title))


def begin(qtbot: QtBot, page: CohortPage, row: int, title: str) -> QComboBox:
    """Go to a cell with the mouse and press F2."""
    table = page.sheet.table
    place = table.visualRect(cell(page, row, title)).center()
    qtbot.mouseClick(table.viewport(), LEFT, NONE, place)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    return editor_of(page)


def editor_of(page: CohortPage) -> QComboBox:
    return next(box for box in page.sheet.table.findChildren(QComboBox) if box.property("cell") and box.isVisible())


def select_rows(qtbot: QtBot, page: CohortPage, first: int, last: int) -> None:
    table = page.sheet.table
    for row, held in ((first, NONE), (last, SHIFT)):
        place = table.visualRect(page.sheet.model.index(row, 0)).center()
        qtbot.mouseClick(table.viewport(), LEFT, held, place)


def question() -> Ask:
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, Ask)
    return shown


def ended(qtbot: QtBot, page: CohortPage):
    return qtbot.waitSignal(page.session.editing.ended)


def labels_on_disk(workspace: Path) -> dict[str, str]:
    return {patient.key: patient.label("diagnosis") for patient in Workspace.peek(workspace).cohort().patients}


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def action(menu: QMenu, *words: str):
    for word in words[:-1]:
        menu = cast("QMenu", next(each.menu() for each in menu.actions() if each.text() == word))
    return next(each for each in menu.actions() if each.text() == words[-1])


def test_a_label_typed_into_the_cell_is_in_the_workspace_after_reopening(
    qtbot: QtBot, page: CohortPage, workspace: Path
) -> None:
    editor = begin(qtbot, page, 0, "Diagnosis")
    qtbot.keyClicks(editor, "sarcopenic")
    with ended(qtbot, page):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    page.session.close_workspace()
    assert labels_on_disk(workspace)["P-001"] == "sarcopenic"


def test_what_is_typed_is_completed_to_a_known_class(qtbot: QtBot, page: CohortPage, workspace: Path) -> None:
    editor = begin(qtbot, page, 0, "Diagnosis")
    qtbot.keyClicks(editor, "hea")
    assert editor.currentText() == "healthy"
    with ended(qtbot, page):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert cell(page, 0, "Diagnosis").data() == "healthy"


def test_esc_leaves_the_cell_as_it_was(qtbot: QtBot, page: CohortPage) -> None:
    editor = begin(qtbot, page, 0, "Diagnosis")
    qtbot.keyClicks(editor, "healthy")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert cell(page, 0, "Diagnosis").data() == "osteopenic"
    assert not page.session.editing.busy


def test_tab_keeps_what_was_typed_and_goes_on_to_the_next_cell(qtbot: QtBot, page: CohortPage) -> None:
    editor = begin(qtbot, page, 0, "Diagnosis")
    qtbot.keyClicks(editor, "healthy")
    with ended(qtbot, page):
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
    following = editor_of(page)
    assert page.sheet.table.currentIndex() == cell(page, 0, "Age")
    qtbot.keyClicks(following, "55")
    with ended(qtbot, page):
        qtbot.keyClick(following, Qt.Key.Key_Return)
    assert page.session.roster.by_key["P-001"].covariates["age"] == "55"
    assert page.session.roster.by_key["P-001"].labels["diagnosis"] == "healthy"


def test_what_one_types_is_left_alone_while_another_edit_arrives(qtbot: QtBot, page: CohortPage) -> None:
    from engine.cohort.edits import SetLabel

    page.sheet.ask(sort="label:diagnosis")
    editor = begin(qtbot, page, 3, "Diagnosis")
    qtbot.keyClicks(editor, "sarc")
    with ended(qtbot, page):
        page.session.editing.make(SetLabel(("P-012",), "diagnosis", "aaa"))
    assert editor_of(page).currentText() == "sarc"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.sheet.model.rows[0].key == "P-012")


def test_an_empty_cell_takes_the_label_away(qtbot: QtBot, page: CohortPage) -> None:
    editor = begin(qtbot, page, 0, "Diagnosis")
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    with ended(qtbot, page):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert cell(page, 0, "Diagnosis").data() == "no label"
    assert page.tools.quick["unlabelled"].text() == "Unlabelled 1"


def test_undo_after_reopening_takes_yesterdays_edit_back(
    qtbot: QtBot, page: CohortPage, session: Session, workspace: Path
) -> None:
    editor = begin(qtbot, page, 0, "Diagnosis")
    qtbot.keyClicks(editor, "healthy")
    with ended(qtbot, page):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    session.close_workspace()
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(workspace)
    with ended(qtbot, page):
        session.edits.undo()
    session.close_workspace()
    assert labels_on_disk(workspace)["P-001"] == "osteopenic"


def test_a_label_for_many_rows_is_one_step(qtbot: QtBot, page: CohortPage, workspace: Path) -> None:
    select_rows(qtbot, page, 0, 3)
    assert page.bar.count_label.text() == "4 patients selected"
    qtbot.mouseClick(page.bar.buttons["Label…"], LEFT)
    ask = question()
    qtbot.keyClicks(ask.value, "healthy")
    with ended(qtbot, page):
        qtbot.keyClick(ask.value, Qt.Key.Key_Return)
    assert {page.session.roster.by_key[f"P-00{n}"].label("diagnosis") for n in range(1, 5)} == {"healthy"}
    with ended(qtbot, page):
        page.session.edits.undo()
    assert page.session.roster.by_key["P-001"].label("diagnosis") == "osteopenic"
    assert page.sheet.table.selected_keys() == ["P-001", "P-002", "P-003", "P-004"]


def test_a_label_of_a_new_column_makes_the_column(qtbot: QtBot, page: CohortPage) -> None:
    select_rows(qtbot, page, 0, 1)
    qtbot.mouseClick(page.bar.buttons["Label…"], LEFT)
    ask = question()
    ask.name.setEditText("fractured")
    qtbot.keyClicks(ask.value, "yes")
    with ended(qtbot, page):
        qtbot.mouseClick(ask.answer, LEFT)
    assert cell(page, 1, "Fractured").data() == "yes"
    assert cell(page, 2, "Fractured").data() == "no label"


def test_scans_are_excluded_for_a_reason_that_is_offered_again(qtbot: QtBot, page: CohortPage) -> None:
    select_rows(qtbot, page, 1, 2)
    qtbot.mouseClick(page.bar.buttons["Exclude…"], LEFT)
    ask = question()
    qtbot.keyClicks(ask.value, "motion")
    with ended(qtbot, page):
        qtbot.keyClick(ask.value, Qt.Key.Key_Return)
    assert page.sheet.model.rows[1].excluded == "motion"
    menu = rows_menu(page.bulk, page.session.roster, page.session.class_color, page, [])
    assert texts(action(menu, "Exclude").menu()) == ["motion", "Other reason…"]
    with ended(qtbot, page):
        qtbot.mouseClick(page.bar.buttons["Include"], LEFT)
    assert page.sheet.model.rows[1].excluded == ""


def test_rows_are_put_under_one_patient_and_apart_again(qtbot: QtBot, page: CohortPage) -> None:
    select_rows(qtbot, page, 0, 1)
    with ended(qtbot, page):
        qtbot.mouseClick(page.bar.buttons["Group"], LEFT)
    assert len(page.session.roster.rows) == 11
    assert max(row.scans for row in page.session.roster.rows) == 4
    with ended(qtbot, page):
        page.session.edits.undo()
    assert len(page.session.roster.rows) == 12


def test_the_menu_gives_every_class_of_every_label(qtbot: QtBot, page: CohortPage) -> None:
    select_rows(qtbot, page, 0, 0)
    menu = rows_menu(page.bulk, page.session.roster, page.session.class_color, page, [])
    with ended(qtbot, page):
        action(menu, "Diagnosis", "osteoporotic").trigger()
    assert cell(page, 0, "Diagnosis").data() == "osteoporotic"


def test_merging_classes_moves_everybody_and_undo_gives_all_back(qtbot: QtBot, page: CohortPage) -> None:
    before = {row.key: row.label("diagnosis") for row in page.session.roster.rows}
    page.edit_column("diagnosis")
    panel = page.column_panel
    assert panel is not None
    panel.classes.item(1).setSelected(True)
    panel.classes.item(2).setSelected(True)
    assert panel.merge.text() == "Merge into osteopenic"
    with ended(qtbot, page):
        qtbot.mouseClick(panel.merge, LEFT)
    assert panel.classes.names() == ["healthy", "osteopenic"]
    assert page.session.roster.counts["diagnosis"][1].patients == 8
    with ended(qtbot, page):
        page.session.edits.undo()
    assert {row.key: row.label("diagnosis") for row in page.session.roster.rows} == before
    assert len(panel.classes.names()) == 3


def test_a_class_is_renamed_where_it_stands(qtbot: QtBot, page: CohortPage) -> None:
    page.edit_column("diagnosis")
    panel = page.column_panel
    assert panel is not None
    with ended(qtbot, page):
        panel.classes.item(0).setText("control")
    assert {row.label("diagnosis") for row in page.session.roster.rows} == {"control", "osteopenic", "osteoporotic"}


def test_ordered_classes_are_sorted_by_their_order(qtbot: QtBot, page: CohortPage) -> None:
    page.edit_column("diagnosis")
    panel = page.column_panel
    assert panel is not None
    panel.type.setCurrentIndex(panel.type.findData("ordinal"))
    with ended(qtbot, page):
        panel.type.activated.emit(panel.type.currentIndex())
    panel.classes.item(2).setSelected(True)
    with ended(qtbot, page):
        panel.classes.move_chosen(-1)
    assert panel.classes.names() == ["healthy", "osteoporotic", "osteopenic"]
    page.sheet.ask(sort="label:diagnosis")
    assert page.sheet.model.rows[4].label("diagnosis") == "osteoporotic"
    assert page.sheet.model.rows[-1].label("diagnosis") == "osteopenic"


def test_a_covariate_becomes_a_label_and_back(qtbot: QtBot, page: CohortPage) -> None:
    page.edit_column("sex")
    panel = page.column_panel
    assert panel is not None
    panel.use.setCurrentIndex(panel.use.findData("label"))
    with ended(qtbot, page):
        panel.use.activated.emit(panel.use.currentIndex())
    assert page.session.roster.targets == ["diagnosis", "sex"]
    with ended(qtbot, page):
        qtbot.mouseClick(panel.remove, LEFT)
    assert panel.isHidden()
    assert page.session.roster.targets == ["diagnosis"]


def test_esc_puts_the_panel_of_a_column_away(qtbot: QtBot, page: CohortPage) -> None:
    page.edit_column("diagnosis")
    panel = page.column_panel
    assert panel is not None
    qtbot.keyClick(panel.classes, Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_the_history_goes_back_to_a_point_and_forward_again(qtbot: QtBot, page: CohortPage) -> None:
    for value in ("a", "b", "c"):
        select_rows(qtbot, page, 0, 0)
        with ended(qtbot, page):
            page.bulk.set_value("label", "diagnosis", value)
    page.show_history()
    qtbot.waitUntil(lambda: len(page.history.points) == 4)
    qtbot.mouseClick(page.history.points[2], LEFT)
    qtbot.waitUntil(lambda: not page.session.editing.busy and cell(page, 0, "Diagnosis").data() == "a")
    qtbot.waitUntil(lambda: page.history.points[2].property("on") is True)
    qtbot.mouseClick(page.history.points[0], LEFT)
    qtbot.waitUntil(lambda: not page.session.editing.busy and cell(page, 0, "Diagnosis").data() == "c")
    page.history.hide()


def test_rows_are_grouped_under_headings_that_fold(qtbot: QtBot, page: CohortPage) -> None:
    menu = QMenu(page)
    fill_groups(menu, page.sheet)
    action(menu, "Diagnosis").trigger()
    lines, table = page.sheet.model.lines, page.sheet.table
    assert [line.value for line in lines if hasattr(line, "value")] == ["healthy", "osteopenic", "osteoporotic"]
    assert len(lines) == 15
    place = table.visualRect(page.sheet.model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, NONE, place)
    assert len(page.sheet.model.lines) == 11
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert len(page.sheet.model.lines) == 15
    table.selectAll()
    assert len(table.selected_keys()) == 12


def test_columns_are_hidden_and_shown_and_are_not_exported(qtbot: QtBot, page: CohortPage) -> None:
    menu = QMenu(page)
    fill_columns(menu, page.sheet)
    action(menu, "Slices").trigger()
    assert page.sheet.table.isColumnHidden(column(page, "Slices"))
    page.session.selection.set(patient="P-002")
    page.copy_rows()
    assert "Slices" not in QApplication.clipboard().text()
    head = head_menu(page.sheet, page.sheet.model.columns[1], page, page.edit_column)
    assert "Hide diagnosis" in texts(head)


def test_a_scan_has_its_own_label_role_and_visit(qtbot: QtBot, page: CohortPage) -> None:
    page.tabs.setCurrentIndex(SCANS)
    assert page.sheet.model.rowCount() == 21
    for title, value in (("Diagnosis", "healthy"), ("Role", "PD"), ("Visit", "2")):
        editor = begin(qtbot, page, 0, title)
        qtbot.keyClicks(editor, value)
        with ended(qtbot, page):
            qtbot.keyClick(editor, Qt.Key.Key_Return)
    scan = page.session.roster.by_key["P-001"].patient.scans[0]
    assert (scan.labels["diagnosis"], scan.role, scan.visit) == ("healthy", "PD", "2")
    assert page.session.roster.by_key["P-001"].label("diagnosis") == "healthy, osteopenic"


def test_a_quick_filter_shows_only_those(qtbot: QtBot, page: CohortPage) -> None:
    qtbot.mouseClick(page.tools.quick["warned"], LEFT)
    assert page.sheet.table.lines.rows[0].key == "P-005"
    assert page.tools.shown_count.text() == "2 of 12 patients shown"
    assert not page.tools.quick["unlabelled"].isVisible()


def test_the_head_counts_take_the_place_of_the_tables(qtbot: QtBot, page: CohortPage) -> None:
    page.tabs.setCurrentIndex(COUNTS)
    assert not page.tools.isVisible()
    assert not page.sheets[0].table.isVisible()
    page.tabs.setCurrentIndex(SCANS)
    assert page.sheets[SCANS].table.isVisible()
