"""A large cohort: the window asks only for what it shows, and an edit touches only what changed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.cohort_rows import PatientRow
from desktop.pages.cohort import CohortPage
from desktop.pages.cohort.model import CohortModel
from desktop.session import Session
from engine.cohort import Patient, Scan, Workspace
from engine.cohort.edits import SetLabel
from engine.imaging import ScanSource

MANY = 20_000
SCREENFUL = 5_000
"""Far more cells than a screen has, times the roles Qt asks for; far fewer than there are rows times columns."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "workspace"
    with Workspace.create(folder) as workspace:
        workspace.store.add([_patient(number, folder) for number in range(MANY)], "patient")
    return folder


def _patient(number: int, folder: Path) -> Patient:
    source = ScanSource("pictures", (folder / f"{number}.png",))
    scan = Scan(0, "", "image", source, "PNG", (10, 10, 1), 1, str(number))
    return Patient("", str(number), {"kind": "abc"[number % 3]}, {"age": str(number % 90)}, (scan,))


@pytest.fixture
def page(qtbot: QtBot, session: Session, large: Path) -> CohortPage:
    with qtbot.waitSignal(session.workspace_changed, timeout=30_000):
        session.open_workspace(large)
    made = CohortPage(session)
    made.resize(1000, 800)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.sheet.model.rowCount() == MANY)
    return made


@pytest.fixture
def asked(page: CohortPage, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows whose cells were worked out."""
    seen: list[int] = []
    text = CohortModel._text

    def note(self: CohortModel, row, column):
        seen.append(row.key)
        return text(self, row, column)

    monkeypatch.setattr(CohortModel, "_text", note)
    return seen


def test_sorting_searching_and_selecting_all_look_at_the_rows_on_the_screen_only(
    qtbot: QtBot, page: CohortPage, asked: list[int]
) -> None:
    table = page.sheet.table
    with qtbot.waitSignal(page.sheet.changed):
        table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    table.selectAll()
    table.viewport().repaint()
    with qtbot.waitSignal(page.sheet.changed):
        page.tools.search.setText("kind:b age>50")
    table.viewport().repaint()
    table.scrollToBottom()
    table.viewport().repaint()
    assert len(asked) < SCREENFUL
    assert page.bar.count_label.text().endswith("patients selected")


def test_an_edit_makes_one_row_anew_and_keeps_place_and_selection(
    qtbot: QtBot, page: CohortPage, asked: list[int]
) -> None:
    table, model = page.sheet.table, page.sheet.model
    row = model.lines[15_000]
    assert isinstance(row, PatientRow)
    key = row.key
    page.session.selection.set(patient=key)
    place, before = table.verticalScrollBar().value(), list(model.lines)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignal(page.session.editing.ended):
        page.session.editing.make(SetLabel((key,), "kind", "c" if row.label("kind") != "c" else "a"))
    qtbot.waitUntil(lambda: model.lines[15_000] is not before[15_000])
    assert sum(new is not old for new, old in zip(model.lines, before, strict=True)) == 1
    assert table.selected_keys() == [key]
    assert (table.verticalScrollBar().value(), resets) == (place, [])
    assert len(asked) < SCREENFUL


def test_all_rows_are_copied(qtbot: QtBot, page: CohortPage) -> None:
    page.sheet.table.selectAll()
    with qtbot.waitSignal(page.session.announced, timeout=20_000):
        page.copy_rows()
    assert len(QApplication.clipboard().text().splitlines()) == MANY + 1


def test_grouping_many_rows_counts_them_all(qtbot: QtBot, page: CohortPage) -> None:
    with qtbot.waitSignal(page.sheet.changed):
        page.sheet.ask(group="label:kind")
    page.sheet.fold_all(folded=True)
    assert page.sheet.model.rowCount() == 3
    assert sum(len(heading.rows) for heading in page.sheet.arranged.headings) == MANY
