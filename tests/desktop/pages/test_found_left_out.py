"""What is not taken in is told by reason, in the window as in the engine, and does not come back by itself."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.pages.found.listing import TABS
from desktop.window import Window
from engine.cohort import ImportPlan, look_into
from engine.cohort.intake.previewing import preview
from engine.cohort.intake.refreshing import refresh
from engine.cohort.intake.sources import sources_of
from tests.desktop.pages.test_found import found_in
from tests.desktop.pages.test_found_layouts import added
from tests.helpers.cohorts import write_source, write_table
from tests.helpers.layouts import write_bids


@pytest.fixture
def derived(tmp_path: Path) -> Path:
    """A data set in BIDS with scans that others computed."""
    source = write_bids(tmp_path / "set")
    scan = next(source.rglob("*_T1w.nii.gz"))
    for number in range(4):
        copy = source / "derivatives" / "tool" / "sub-01" / "anat" / f"sub-01_desc-{number}_T1w.nii.gz"
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(scan.read_bytes())
    return source


def test_scans_left_out_by_an_option_are_one_line_with_their_number(
    qtbot: QtBot, window: Window, derived: Path
) -> None:
    with look_into(derived) as found:
        aside = [
            path for path, reason in preview(found, derived, ImportPlan()).arrangement.left_out if "option" in reason
        ]
    page = found_in(qtbot, window, derived)
    (line,) = (line for line in page.listing.files.model.lines if "derivatives" in line.reason)
    assert (line.scans, line.path.partition(",")[0]) == (len(aside), f"{len(aside)} files")
    assert "Options" in line.hint
    assert f"{len(aside)} scans are left out by an option" in page.form.note.text()
    assert str(len(aside)) in page.listing.tabs.tabText(TABS.index("left out"))


def test_a_remark_about_the_table_is_not_called_a_scan(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    source = write_source(tmp_path / "people", ["a", "b"])
    write_table(source / "labels.csv", [["patient", "state"], ["a", "ill"], ["b", "well"], ["x", "ill"]])
    page = found_in(qtbot, window, source)
    (line,) = page.listing.files.model.lines
    assert (line.path, line.scans) == ("labels.csv", 0)
    assert page.form.note.text() == "labels.csv: 1 of its 3 names match no folder or file of the source."


def test_an_unticked_scan_is_not_new_when_its_source_is_read_again(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    page = found_in(qtbot, window, write_source(tmp_path / "people", ["a", "b"]))
    qtbot.waitUntil(lambda: len(page.listing.model.rows) == 4, timeout=20_000)
    page.listing.model.want(page.listing.model.rows[:1], wanted=False)
    qtbot.waitUntil(lambda: "Add 3 scans" in page.primary().text(), timeout=20_000)
    told: list[str] = []
    window.session.announced.connect(told.append)
    assert len(added(qtbot, window, page).scans) == 3
    assert "3 scans added; the cohort has 2 patients." in told
    workspace = window.session.workspace
    assert workspace is not None
    (source,) = sources_of(workspace)
    report = refresh(workspace, source)
    assert (report.new, report.unchanged, report.left_alone) == (0, 3, 1)
