"""Every arrangement of folders, from the disk through the found page to a filled cohort table."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.pages.cohort import CohortPage
from desktop.pages.found import FoundPage
from desktop.window import Window
from engine.cohort import Cohort
from engine.cohort.cohort import Level
from tests.desktop.pages.test_found import cohort_of, found_in
from tests.helpers import layouts
from tests.helpers.cohorts import write_source, write_table
from tests.helpers.dicom_files import write_series

STAGES = dict.fromkeys(layouts.STAGES, 8)


@dataclass(frozen=True)
class Case:
    """What must come of a folder: `counts` are patients by class of the label column."""

    write: Callable[[Path], Path]
    layout: str
    patients: int
    scans: int
    column: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    level: Level = "patient"


def write_dicom(folder: Path) -> Path:
    """Two people with a series each, in folders that say nothing."""
    for number, person in enumerate(("A", "B")):
        array = np.full((3, 8, 8), 40 + number, np.int16)
        write_series(folder / f"x{number}", array, np.diag([1.0, 1, 4, 1]), PatientID=person, PatientName=person)
    return folder


def write_patients(folder: Path) -> Path:
    return write_source(folder, 4)


def write_side_by_side(folder: Path) -> Path:
    """Four arrays in one folder, a table that names files only."""
    folder.mkdir()
    for number in range(4):
        np.save(folder / f"knee{number}.npy", np.full((4, 5, 6), number, np.float32))
    rows = [[f"knee{number}.npy", "torn" if number % 2 else "whole"] for number in range(4)]
    write_table(folder / "labels.csv", [["file", "meniscus"], *rows])
    return folder


def write_told_by_table(folder: Path) -> Path:
    """Six arrays in odd folders; the table names each with its patient, two for each of three."""
    rows = []
    for number in range(6):
        place = folder / f"box{number % 2}" / f"scan{number}.npy"
        place.parent.mkdir(parents=True, exist_ok=True)
        np.save(place, np.full((4, 5, 6), number, np.float32))
        rows.append([f"box{number % 2}/scan{number}.npy", f"case-{number // 2}", ("ill", "well")[number // 2 % 2]])
    write_table(folder / "labels.csv", [["path", "patient", "diagnosis"], *rows])
    return folder


CASES = {
    "dicom": Case(write_dicom, "by-identity", 2, 2),
    "bids": Case(layouts.write_bids, "bids", 6, 14, "diagnosis", {"none": 2, "mild": 3, "severe": 2}),
    "oasis1": Case(layouts.write_oasis1, "oasis1", 6, 7, "dementia", dict.fromkeys(layouts.STAGES, 1)),
    "divided classes": Case(layouts.write_divided_classes, "class-folders", 32, 32, "class", STAGES, "image"),
    "picture stacks": Case(
        layouts.write_picture_stacks, "picture-stacks", 8, 8, "class", {f"stage_{n}": 2 for n in range(1, 5)}
    ),
    "named files": Case(layouts.write_named_files, "name-pattern", 12, 12, "class", {str(n): 3 for n in range(1, 5)}),
    "patient folders": Case(write_patients, "patient-folders", 4, 8, "diagnosis", {"healthy": 2, "osteoporotic": 2}),
    "side by side": Case(write_side_by_side, "single-files", 4, 4, "meniscus", {"torn": 2, "whole": 2}, "image"),
    "a table": Case(write_told_by_table, "table", 3, 6, "diagnosis", {"ill": 2, "well": 1}),
}


def added(qtbot: QtBot, window: Window, page: FoundPage) -> Cohort:
    """Press the button, and wait for the cohort page."""
    qtbot.waitUntil(page.primary().isEnabled, timeout=20_000)
    with qtbot.waitSignal(window.session.intake.added, timeout=30_000):
        page.primary().trigger()
    qtbot.waitUntil(lambda: window.pages.key == "cohort" and window.session.cohort is not None, timeout=20_000)
    return cohort_of(window)


def patients_in(cohort: Cohort, column: str) -> dict[str, int]:
    return {name: heads["patients"] for name, heads in cohort.counts()[column].items()}


@pytest.mark.parametrize("name", CASES)
def test_a_folder_becomes_a_filled_cohort_table(qtbot: QtBot, window: Window, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    page = found_in(qtbot, window, case.write(tmp_path / "study"))
    assert page.form.ways.itemData(1) == case.layout, page.form.why.text()
    cohort = added(qtbot, window, page)
    assert (len(cohort.patients), len(cohort.scans), cohort.level) == (case.patients, case.scans, case.level)
    if case.column:
        assert patients_in(cohort, case.column) == case.counts
    cohort_page = window.pages.page
    assert isinstance(cohort_page, CohortPage)
    qtbot.waitUntil(lambda: cohort_page.sheet.table.model().rowCount() == case.patients)


@pytest.mark.parametrize("name", CASES)
def test_every_scan_that_is_added_shows_whose_it_would_be(
    qtbot: QtBot, window: Window, tmp_path: Path, name: str
) -> None:
    page = found_in(qtbot, window, CASES[name].write(tmp_path / "study"))
    told = Counter(page.listing.model.names.get(row.key, "") for row in page.listing.rows)
    told.pop("", None)
    assert len(told) == CASES[name].patients


def test_several_sources_become_one_cohort_with_one_word_per_class(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    hospital, download, archive = layouts.write_several_sources(tmp_path / "sources")
    page = found_in(qtbot, window, hospital)
    page.form.folder.setText(str(tmp_path / "fractures"))
    page.form.ways.setCurrentIndex(page.form.ways.findData("class-folders"))
    named(qtbot, page, normal="intact")
    added(qtbot, window, page)
    for source, layout, names in (
        (download, "class-folders", {"Fracture": "fractured", "No_Fracture": "intact"}),
        (archive, "single-files", {"broken": "fractured"}),
    ):
        page = found_in(qtbot, window, source)
        page.form.into.setCurrentIndex(1)
        page.form.ways.setCurrentIndex(page.form.ways.findData(layout))
        named(qtbot, page, **names)
        added(qtbot, window, page)
        qtbot.waitUntil(partial(_has_source, window, source.name))
    cohort = cohort_of(window)
    assert patients_in(cohort, "class") == {"fractured": 11, "intact": 11}
    assert Counter(scan.origin for scan in cohort.scans) == {"hospital": 8, "download": 6, "archive": 8}


def _has_source(window: Window, name: str) -> bool:
    return name in {scan.origin for scan in cohort_of(window).scans}


def named(qtbot: QtBot, page: FoundPage, **names: str) -> None:
    """Call classes otherwise, as one does in their table."""
    qtbot.waitUntil(lambda: names.keys() <= {row.source for row in page.classes.model.rows}, timeout=20_000)
    for source, name in names.items():
        place = next(place for place, row in enumerate(page.classes.model.rows) if row.source == source)
        page.classes.model.setData(page.classes.model.index(place, 4), name)


def test_labelled_arrays_become_a_scan_each(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    (tmp_path / "arrays").mkdir()
    pictures = np.random.default_rng(0).integers(0, 255, (6, 12, 10), np.uint8)
    np.savez(tmp_path / "arrays" / "bones.npz", images=pictures, labels=np.array([0, 1, 0, 1, 1, 0]))
    page = found_in(qtbot, window, tmp_path / "arrays")
    assert page.form.ways.itemData(1) == "labelled-arrays", page.form.why.text()
    cohort = added(qtbot, window, page)
    assert len(cohort.scans) == 6
    (column,) = cohort.label_columns
    assert sorted(patients_in(cohort, column).values()) == [3, 3]
