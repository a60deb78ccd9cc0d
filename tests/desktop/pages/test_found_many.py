"""A great many scans: listed, sorted and filtered off the GUI thread, with the same outcome as a few."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from desktop.pages.found import FoundPage, arranging, listing
from desktop.pages.found.arranging import Arranged, Wish
from desktop.window import Window
from engine.cohort import Workspace
from tests.desktop.pages.test_found import cohort_of, contents, found_in
from tests.desktop.pages.test_found_layouts import added
from tests.helpers.cohorts import write_source

MANY = 3000
LONGEST_STALL_MS = 700


@pytest.fixture
def page(qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FoundPage:
    """Three patients with six scans, which count as a great many."""
    monkeypatch.setattr(listing, "FEW", 1)
    found = found_in(qtbot, window, write_source(tmp_path / "spines", 3))
    qtbot.waitUntil(lambda: len(found.listing.model.names) == 6, timeout=20_000)
    return found


def titles(page: FoundPage) -> list[str]:
    return [row.title for row in page.listing.model.rows]


def test_many_are_filtered_and_sorted(qtbot: QtBot, page: FoundPage) -> None:
    page.listing.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: titles(page) == ["T2"] * 3 + ["T1"] * 3)
    qtbot.keyClicks(page.listing.filters.search, "T1")
    qtbot.waitUntil(lambda: titles(page) == ["T1"] * 3)
    page.listing.filters.search.clear()
    qtbot.waitUntil(lambda: len(titles(page)) == 6)


def test_the_last_of_several_wishes_counts(qtbot: QtBot, page: FoundPage) -> None:
    for words in ("T", "T1", "T2", "0003 T2"):
        page.listing.filters.search.setText(words)
    qtbot.waitUntil(lambda: titles(page) == ["T2"])
    assert page.listing.model.rows[0].place.startswith("0003")


def test_what_is_looked_at_stays_so_in_another_order(qtbot: QtBot, page: FoundPage) -> None:
    page.listing.table.go_to(1)
    looked_at = page.listing.model.rows[1]
    page.listing.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: page.listing.model.rows[1] is not looked_at)
    assert page.listing.table.selected_rows() == [looked_at]


def test_rows_are_made_on_another_thread(qtbot: QtBot, page: FoundPage, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []

    def noting(wish: Wish) -> Arranged:
        threads.append(threading.current_thread())
        return arranging.arranged(wish)

    monkeypatch.setattr(listing, "arranged", noting)
    page.listing.filters.search.setText("T1")
    qtbot.waitUntil(lambda: len(titles(page)) == 3)
    assert threads[-1] is not threading.main_thread()


def test_the_window_answers_while_thousands_are_looked_into_and_listed(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    for number in range(MANY):
        folder = tmp_path / "images" / ("hand", "hip")[number % 2]
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((4, 4), number % 251, np.uint8)).save(folder / f"{number}.png")
    stalls = Stalls()
    page = found_in(qtbot, window, tmp_path / "images")
    qtbot.waitUntil(lambda: len(page.listing.rows) == MANY, timeout=30_000)
    qtbot.waitUntil(lambda: len(page.listing.model.names) == MANY, timeout=30_000)
    page.listing.table.selectAll()
    qtbot.keyClick(page.listing.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.primary().isEnabled(), timeout=30_000)
    page.listing.table.selectionModel().clear()
    assert stalls.longest < LONGEST_STALL_MS


class Stalls:
    """How long the event loop was kept from its work, in milliseconds."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.longest = 0.0
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, 1000 * (now - self._last))
        self._last = now


def test_selecting_all_rows_leaves_the_head_of_the_table_alone(page: FoundPage) -> None:
    """A head that shares the selection asks for every row of it whenever it is painted."""
    page.listing.table.selectAll()
    assert len(page.listing.table.selected_rows()) == 6
    assert not page.listing.table.horizontalHeader().selectionModel().hasSelection()


def test_cancelling_while_adding_to_the_open_workspace_leaves_its_cohort(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    page = found_in(qtbot, window, write_source(tmp_path / "spines", 3))
    added(qtbot, window, page)
    workspace = window.session.workspace
    assert workspace is not None
    page = found_in(qtbot, window, write_source(tmp_path / "knees", 4, seed=9))
    page.form.into.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.primary().isEnabled() and not page.asking, timeout=20_000)
    before = contents(tmp_path / "knees")
    window.session.bridge.job_started.connect(lambda _: window.commands["work.cancel"].trigger())
    with qtbot.waitSignal(window.session.bridge.job_ended, timeout=20_000):
        page.primary().trigger()
    qtbot.waitUntil(page.primary().isEnabled, timeout=20_000)
    assert len(cohort_of(window).scans) == 6
    assert len(Workspace.peek(workspace.path).cohort().scans) == 6
    assert len(page.listing.rows) == 8
    assert contents(tmp_path / "knees") == before
