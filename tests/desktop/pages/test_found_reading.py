"""How what was found is read: options, file-name patterns, the columns of a table, the names of classes."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.pages.found import FoundPage
from desktop.pages.found.class_rows import class_rows, nearest
from desktop.pages.found.forecast import AUTO
from desktop.pages.found.listing import TABS, Tab
from desktop.window import Window
from tests.desktop.pages.test_found import cohort_of, found_in
from tests.desktop.pages.test_found_layouts import added, named, patients_in
from tests.helpers import layouts
from tests.helpers.cohorts import write_source, write_table


@pytest.fixture
def named_files(tmp_path: Path) -> Path:
    return layouts.write_named_files(tmp_path / "stages")


@pytest.fixture
def tabled(tmp_path: Path) -> Path:
    """Four patients; the table has a column each of age, site and how bad it is."""
    columns = {"age": ["61", "62", "63", "64"], "site": ["York", "Leeds", "York", "Leeds"], "pain": list("0123")}
    return write_source(tmp_path / "spines", 4, columns=columns)


def tab_there(page: FoundPage, tab: Tab) -> bool:
    return page.listing.tabs.isTabVisible(TABS.index(tab))


def settled(qtbot: QtBot, page: FoundPage) -> None:
    """Wait until the page has answered everything it was asked."""
    qtbot.waitUntil(lambda: not page.asking and page.primary().isEnabled(), timeout=20_000)


def _has_patients(window: Window, patients: int) -> bool:
    return len(cohort_of(window).patients) == patients


def use(page: FoundPage, column: str, use: str) -> None:
    """Choose what a column is used as, in its row's box."""
    place = next(place for place, row in enumerate(page.columns.model.rows) if row.name == column)
    index = page.columns.model.index(place, 1)
    page.columns.table.edit(index)
    box = page.columns.table.findChild(QComboBox)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(use))
    box.activated.emit(box.currentIndex())


def test_all_ways_are_offered_with_reason_and_sureness(qtbot: QtBot, window: Window, named_files: Path) -> None:
    page = found_in(qtbot, window, named_files)
    ways = [page.form.ways.itemData(place) for place in range(page.form.ways.count())]
    assert ways[:2] == [AUTO, "name-pattern"]
    assert "class-folders" in ways
    assert page.form.ways.currentText() == "File names by a pattern"
    assert "its file names look like stage_{label}" in page.form.why.text()


def test_options_are_there_only_where_a_way_has_any(qtbot: QtBot, window: Window, tabled: Path) -> None:
    page = found_in(qtbot, window, tabled)
    assert not tab_there(page, "options")
    page.form.ways.setCurrentIndex(page.form.ways.findData("name-pattern"))
    qtbot.waitUntil(lambda: tab_there(page, "options"))
    assert page.listing.tab == "options"


def test_a_pattern_says_what_it_matches_while_it_is_typed(qtbot: QtBot, window: Window, named_files: Path) -> None:
    page = found_in(qtbot, window, named_files)
    page.listing.go_to("options")
    view = page.options.pattern
    qtbot.waitUntil(lambda: view.told.words == "12 of 12 scans match.")
    view.field.setFocus()
    view.field.selectAll()
    qtbot.keyClicks(view.field, "stage_1_patient_{patient}")
    qtbot.waitUntil(lambda: view.told.words == "3 of 12 scans match; the others stay out.")
    assert view.told.fields == ("patient",)
    first = view.told.matches[0]
    assert [first.words[start:end] for start, end, _ in first.spans] == ["1"]
    assert view.told.mismatches[0].words == "stage_2_patient_1.nii.gz"
    qtbot.waitUntil(lambda: page.primary().text() == "Add 3 scans of 3 patients")
    assert page.form.ways.key == "name-pattern"


def test_a_pattern_that_is_none_says_what_is_wrong_and_adds_nothing(
    qtbot: QtBot, window: Window, named_files: Path
) -> None:
    page = found_in(qtbot, window, named_files)
    page.listing.go_to("options")
    page.options.pattern.field.clear()
    qtbot.keyClicks(page.options.pattern.field, "stage_{label")
    qtbot.waitUntil(lambda: "no partner" in page.options.pattern.said.text())
    qtbot.waitUntil(lambda: "no partner" in page.form.note.text())
    assert not page.primary().isEnabled()


def test_a_pattern_that_matches_nothing_adds_nothing(qtbot: QtBot, window: Window, named_files: Path) -> None:
    page = found_in(qtbot, window, named_files)
    page.listing.go_to("options")
    page.options.pattern.field.clear()
    qtbot.keyClicks(page.options.pattern.field, "knee_{patient}")
    qtbot.waitUntil(lambda: page.options.pattern.told.words == "0 of 12 scans match.")
    qtbot.waitUntil(lambda: not page.primary().isEnabled())


def test_a_column_can_be_used_as_something_else(qtbot: QtBot, window: Window, tabled: Path) -> None:
    page = found_in(qtbot, window, tabled)
    assert {row.name: row.use for row in page.columns.model.rows}["pain"] == "label"
    page.listing.go_to("table")
    use(page, "pain", "covariate")
    qtbot.waitUntil(lambda: {row.name: row.use for row in page.columns.model.rows}["pain"] == "covariate")
    use(page, "site", "ignore")
    qtbot.waitUntil(lambda: {row.name: row.use for row in page.columns.model.rows}["site"] == "ignore")
    cohort = added(qtbot, window, page)
    assert cohort.label_columns == ["diagnosis"]
    assert cohort.covariate_columns == ["age", "pain"]


def test_a_table_that_names_nobody_is_mapped_in_the_window(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    source = write_source(tmp_path / "spines", 3)
    (source / "labels.csv").unlink()
    rows = [["0001", "ill"], ["0002", "well"], ["0003", "ill"]]
    table = write_table(tmp_path / "spines.csv", [["who", "state"], *rows])
    page = found_in(qtbot, window, source)
    page.form.labels.setText(str(table))
    qtbot.waitUntil(lambda: "does not say which patient" in page.form.note.text(), timeout=20_000)
    assert not page.primary().isEnabled()
    use(page, "who", "patient")
    qtbot.waitUntil(page.primary().isEnabled, timeout=20_000)
    assert next((row.scans, row.of) for row in page.columns.model.rows) == (6, 6)
    assert patients_in(added(qtbot, window, page), "state") == {"ill": 2, "well": 1}


def test_a_broken_table_is_told_and_the_page_stays_usable(qtbot: QtBot, window: Window, tabled: Path) -> None:
    page = found_in(qtbot, window, tabled)
    (tabled / "broken.xlsx").write_bytes(b"PK\x03\x04 no spreadsheet at all")
    page.form.labels.setText(str(tabled / "broken.xlsx"))
    qtbot.waitUntil(lambda: not page.primary().isEnabled() and bool(page._forecast.trouble), timeout=20_000)
    page.form.labels.clear()
    qtbot.waitUntil(page.primary().isEnabled, timeout=20_000)


def test_classes_are_called_otherwise_merged_and_left_out(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    page = found_in(qtbot, window, layouts.write_divided_classes(tmp_path / "study"))
    first, second, third, _ = layouts.STAGES
    page.listing.go_to("classes")
    named(qtbot, page, **{first: "well", second: "ill", third: "ill"})
    row = next(place for place, row in enumerate(page.classes.model.rows) if row.source == layouts.STAGES[3])
    place = page.classes.table.visualRect(page.classes.model.index(row, 0)).center()
    qtbot.mouseClick(page.classes.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.classes.model.rows[row].name == ""
    settled(qtbot, page)
    assert patients_in(added(qtbot, window, page), "class") == {"ill": 16, "well": 8}


def test_a_name_is_typed_into_its_field(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    page = found_in(qtbot, window, layouts.write_divided_classes(tmp_path / "study"))
    page.listing.go_to("classes")
    page.classes.table.edit(page.classes.model.index(0, 4))
    field = page.classes.table.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "stage one")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.classes.model.rows[0].name == "stage one")


def test_a_near_spelling_of_a_class_of_the_workspace_is_proposed(
    qtbot: QtBot, window: Window, tmp_path: Path, workspace: Path
) -> None:
    with qtbot.waitSignal(window.session.workspace_changed):
        window.session.open_workspace(workspace)
    told = {"0001": "Healthy", "0002": "osteoporotic", "0003": "Osteo-penic"}
    page = found_in(qtbot, window, write_source(tmp_path / "spines", 3, labels=told))
    page.form.into.setCurrentIndex(1)
    qtbot.waitUntil(lambda: [row.near for row in page.classes.model.rows] == ["healthy", "osteopenic", ""])
    assert page.classes.offered("diagnosis")[:3] == ["healthy", "osteopenic", "osteoporotic"]
    page.classes.near.click()
    added(qtbot, window, page)
    qtbot.waitUntil(lambda: len(cohort_of(window).patients) == 15, timeout=20_000)
    assert cohort_of(window).classes("diagnosis") == ["healthy", "osteopenic", "osteoporotic"]


def test_the_same_ids_can_be_other_people(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    page = found_in(qtbot, window, write_source(tmp_path / "york" / "scans", 3))
    page.form.folder.setText(str(tmp_path / "both"))
    added(qtbot, window, page)
    for folder, same, patients in (("leeds", True, 3), ("hull", False, 6)):
        page = found_in(qtbot, window, write_source(tmp_path / folder / "scans", 3, seed=patients))
        page.form.into.setCurrentIndex(1)
        page.form.source.setText(folder)
        page.form.same_people.setChecked(same)
        settled(qtbot, page)
        added(qtbot, window, page)
        qtbot.waitUntil(partial(_has_patients, window, patients), timeout=20_000)
    assert {scan.origin for scan in cohort_of(window).scans} == {"scans", "leeds", "hull"}


@pytest.mark.parametrize(
    ("name", "others", "near"),
    [
        ("Fractured", ["fractured"], "fractured"),
        ("very mild", ["VeryMild"], "VeryMild"),
        ("healty", ["healthy"], "healthy"),
        ("hand", ["hands"], "hands"),
        ("MildDemented", ["VeryMildDemented", "NonDemented"], ""),
        ("unfractured", ["fractured"], ""),
        ("stage_1", ["stage_2"], ""),
        ("fractured", ["fractured", "Fractured"], ""),
        ("no", ["No!"], "No!"),
    ],
)
def test_what_a_near_spelling_is(name: str, others: list[str], near: str) -> None:
    assert nearest(name, others) == near


def test_the_more_frequent_spelling_is_proposed_for_the_rarer_one() -> None:
    rows = class_rows({"class": {"Hand": 3, "hand": 40}}, {}, {})
    assert [(row.source, row.near) for row in rows] == [("hand", ""), ("Hand", "hand")]
