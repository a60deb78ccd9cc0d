"""How the tables looked comes back with the workspace, and with no other."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.pages.cohort import CohortPage
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window
from tests.desktop.made import make_workspace


def page_of(qtbot: QtBot, session: Session) -> CohortPage:
    made = CohortPage(session)
    made.resize(1000, 800)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def page(qtbot: QtBot, opened: Session) -> CohortPage:
    return page_of(qtbot, opened)


def place_of(page: CohortPage, title: str) -> int:
    return next(place for place, column in enumerate(page.sheet.model.columns) if column.title == title)


def is_shown(page: CohortPage, title: str) -> bool:
    return not page.sheet.table.isColumnHidden(place_of(page, title))


def hide(page: CohortPage, title: str) -> None:
    page.sheet.table.fitting.show_column(page.sheet.model.columns[place_of(page, title)], shown=False)


def again(qtbot: QtBot, workspace: Path) -> CohortPage:
    session = Session(Settings.load())
    page = page_of(qtbot, session)
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(workspace)
    return page


def test_hidden_columns_order_and_groups_are_there_after_a_restart(
    qtbot: QtBot, page: CohortPage, workspace: Path
) -> None:
    hide(page, "Frames")
    page.sheet.table.sortByColumn(place_of(page, "Age"), Qt.SortOrder.DescendingOrder)
    page.sheet.ask(group="label:diagnosis")
    shown = [row.key for row in page.sheet.model.rows]
    page.session.close()
    later = again(qtbot, workspace)
    assert not is_shown(later, "Frames")
    assert is_shown(later, "Slices")
    assert [row.key for row in later.sheet.model.rows] == shown
    head = later.sheet.table.horizontalHeader()
    assert (head.sortIndicatorSection(), head.sortIndicatorOrder()) == (
        place_of(later, "Age"),
        Qt.SortOrder.DescendingOrder,
    )
    later.session.close()


def test_another_workspace_has_a_look_of_its_own(qtbot: QtBot, page: CohortPage, tmp_path: Path) -> None:
    hide(page, "Frames")
    page.sheet.table.sortByColumn(place_of(page, "Age"), Qt.SortOrder.AscendingOrder)
    first = Path(page.session.workspace.path)  # type: ignore[union-attr]
    with qtbot.waitSignal(page.session.workspace_changed):
        page.session.open_workspace(make_workspace(tmp_path / "other"))
    assert is_shown(page, "Frames")
    assert page.sheet.model.rows[0].key == "P-001"
    with qtbot.waitSignal(page.session.workspace_changed):
        page.session.open_workspace(first)
    assert not is_shown(page, "Frames")
    assert page.sheet.wish.sort == "covariate:age"


def test_the_head_marks_the_column_of_the_order_where_a_new_column_moved_it(qtbot: QtBot, page: CohortPage) -> None:
    from engine.cohort.edits import SetLabel

    page.sheet.table.sortByColumn(place_of(page, "Age"), Qt.SortOrder.AscendingOrder)
    with qtbot.waitSignal(page.session.editing.ended):
        page.session.editing.make(SetLabel(("P-001",), "another", "seen"))
    assert page.sheet.table.horizontalHeader().sortIndicatorSection() == place_of(page, "Age")


@pytest.mark.parametrize("junk", [{"Cohort": 3}, {"Cohort": {"hidden": "all", "sort": 7, "group": ["x"]}}, []])
def test_settings_that_make_no_sense_are_the_usual_look(
    qtbot: QtBot, session: Session, workspace: Path, junk: object
) -> None:
    session.settings.tables[str(workspace)] = junk  # type: ignore[assignment]
    page = page_of(qtbot, session)
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(workspace)
    assert is_shown(page, "Frames")
    assert len(page.sheet.model.rows) == 12


def test_the_head_counts_have_the_room_of_the_inspector(qtbot: QtBot, opened: Session, window: Window) -> None:
    window.show_page("cohort")
    page = window.findChild(CohortPage)
    assert isinstance(page, CohortPage)
    assert window.side_bars.inspectors.isVisible()
    page.tabs.setCurrentIndex(2)
    assert not window.side_bars.inspectors.isVisible()
    page.tabs.setCurrentIndex(0)
    assert window.side_bars.inspectors.isVisible()
