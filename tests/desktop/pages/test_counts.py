"""Head counts on the screen: the table, the chart beside it, and the covariates below."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.pages.cohort.counts import CountsView
from desktop.pages.cohort.counts.controls import Choice
from desktop.session import Session
from engine.cohort import Patient, Scan, Workspace
from engine.cohort.edits import ExcludeScans, SetLabel
from engine.imaging import ScanSource


def patient(number: int, folder: Path) -> Patient:
    """Every fifth has no label; two in three train; the second class is older and from another scanner."""
    label = "" if number % 5 == 0 else ("healthy", "sick")[number % 2]
    part = "test" if number % 3 == 0 else "train"
    scans = tuple(
        Scan(0, "", role, ScanSource("nifti", (folder / part / f"{number}-{role}.nii",)), "NIfTI", (8, 8, 8), 1, "d")
        for role in (("T1",) if number % 4 == 0 else ("T1", "T2"))
    )
    covariates = {"age": str(40 + 30 * (number % 2) + number % 7), "sex": "FM"[number // 2 % 2]}
    if number == 7:
        del covariates["age"]
    return Patient("", f"source-{number}", {"diagnosis": label} if label else {}, covariates, scans)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Thirty patients."""
    with Workspace.create(tmp_path / "study") as workspace:
        workspace.store.add([patient(number, tmp_path) for number in range(1, 31)], "patient")
    return tmp_path / "study"


@pytest.fixture
def view(qtbot: QtBot, session: Session, study: Path) -> CountsView:
    """The counts of the thirty, classes down and parts across."""
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(study)
    made = CountsView(session)
    made.resize(1000, 700)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.counts is not None)
    return made


def cells(view: CountsView) -> list[list[str]]:
    model = view.model
    head = [str(model.headerData(i, Qt.Orientation.Horizontal)) for i in range(model.columnCount())]
    rows = [[str(model.index(y, x).data()) for x in range(model.columnCount())] for y in range(model.rowCount())]
    return [head, *rows]


def choose(qtbot: QtBot, view: CountsView, choice: Choice, value: str) -> None:
    before = view.counts
    choice.setCurrentIndex(choice.findData(value))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: view.counts is not before)


def test_classes_stand_against_the_parts_that_folders_tell(view: CountsView) -> None:
    assert cells(view) == [
        ["Diagnosis", "train", "test", "In all", "Excluded"],
        ["healthy", "8", "4", "12", "–"],
        ["sick", "8", "4", "12", "–"],
        ["No label", "4", "2", "6", "–"],
        ["In all", "20", "10", "30", "–"],
    ]


def test_the_chart_has_a_bar_per_part_stacked_by_class(view: CountsView) -> None:
    told = [(bar.name, bar.heads, [segment.heads for segment in bar.segments]) for bar in view.chart.bars]
    assert told == [("train", 20, [8, 8, 4]), ("test", 10, [4, 4, 2])]


def test_as_shares_all_bars_are_equally_long(view: CountsView) -> None:
    def lengths() -> set[int]:
        widths: dict[str, float] = {}
        for bar, _, box in view.chart.segments():
            widths[bar.name] = widths.get(bar.name, 0) + box.width()
        return {round(width) for width in widths.values()}

    assert len(lengths()) == 2
    view.controls.shares.click()
    assert len(lengths()) == 1


def test_the_table_can_be_turned(qtbot: QtBot, view: CountsView) -> None:
    choose(qtbot, view, view.controls.columns, "role")
    assert cells(view)[0] == ["Diagnosis", "T1", "T2", "In all", "Excluded"]
    choose(qtbot, view, view.controls.rows, "part")
    assert [row[0] for row in cells(view)] == ["Part", "train", "test", "In all"]
    choose(qtbot, view, view.controls.columns, "")
    assert cells(view)[0] == ["Part", "In all", "Excluded"]


def test_scans_are_counted_instead_of_patients(view: CountsView) -> None:
    unit = view.controls.unit
    unit.setCurrentIndex(unit.findData("scans"))
    unit.activated.emit(unit.currentIndex())
    assert cells(view)[-1][-2] == "53"
    assert view.chart.bars[0].heads == 35


def test_an_edit_is_counted_at_once_and_excluded_heads_are_apart(qtbot: QtBot, view: CountsView) -> None:
    cohort = view.session.cohort
    assert cohort is not None
    scans = tuple(scan.id for scan in cohort.by_key["P-002"].scans)
    view.session.editing.make(ExcludeScans(scans, "motion"), SetLabel(("P-005",), "diagnosis", "sick"))
    qtbot.waitUntil(lambda: cells(view)[1][-1] == "1")
    assert [row[-2:] for row in cells(view)[1:]] == [["11", "1"], ["13", "–"], ["5", "–"], ["29", "1"]]
    assert "Excluded" in view.model.index(0, 4).data(Qt.ItemDataRole.ToolTipRole)


def test_covariates_stand_per_class_with_what_is_missing_and_a_plain_hint(view: CountsView) -> None:
    model = view.covariates
    row = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert row[0] == "Age"
    assert row[1].startswith("Differs strongly")
    assert row[3] == "73 (70 to 76), 1 missing"
    sex = str(model.index(1, 1).data())
    assert not sex.startswith("Differs")


def test_covariates_stand_per_part_where_that_is_wanted(qtbot: QtBot, view: CountsView) -> None:
    choose(qtbot, view, view.controls.groups, "part")
    head = [view.covariates.headerData(i, Qt.Orientation.Horizontal) for i in range(view.covariates.columnCount())]
    assert head == ["Covariate", "Between the parts", "train", "test"]


def test_counts_and_covariates_are_written_as_csv(qtbot: QtBot, view: CountsView, tmp_path: Path) -> None:
    assert view.counts is not None
    for name, words in (("heads.csv", view.counts.csv()), ("covariates.csv", view.counts.covariates_csv())):
        with qtbot.waitSignal(view.session.announced):
            view.write(tmp_path / name, words)
    heads = list(csv.DictReader((tmp_path / "heads.csv").read_text(encoding="utf-8").splitlines()))
    assert sum(int(row["scans"]) for row in heads) == 53
    assert heads[0].keys() >= {"target", "label", "part", "role", "patients", "patients_out"}
    spread = list(csv.DictReader((tmp_path / "covariates.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["known"] for row in spread if row["covariate"] == "age"] == ["12", "11", "6"]


def test_without_covariates_it_says_where_they_come_from(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "bare") as workspace:
        scans = (Scan(0, "", "T1", ScanSource("nifti", (tmp_path / "a.nii",)), "NIfTI", (8, 8, 8), 1, "d"),)
        workspace.store.add([Patient("", "a", {}, {}, scans)], "patient")
    view = CountsView(session)
    qtbot.addWidget(view)
    view.show()
    session.open_workspace(tmp_path / "bare")
    qtbot.waitUntil(lambda: view.counts is not None)
    assert view.no_covariates.isVisible()
    assert [row[0] for row in cells(view)[1:]] == ["No label", "In all"]


def test_without_a_workspace_there_is_nothing_to_count(qtbot: QtBot, session: Session) -> None:
    view = CountsView(session)
    qtbot.addWidget(view)
    view.show()
    assert view._stack.currentIndex() == 0


def test_hidden_it_counts_nothing(qtbot: QtBot, session: Session, study: Path) -> None:
    view = CountsView(session)
    qtbot.addWidget(view)
    with qtbot.waitSignal(session.workspace_changed):
        session.open_workspace(study)
    assert session.bridge.settle(5)
    assert view.counts is None
    view.show()
    qtbot.waitUntil(lambda: view.counts is not None)
