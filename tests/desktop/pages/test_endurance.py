"""A day of looking at patients: nothing stays behind, and whoever closes in the middle of it breaks nothing."""

import ctypes
import gc
import sys
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.pages.view import ViewPage
from desktop.pages.view.volume_slot import VolumeSlot
from desktop.session import Session
from desktop.viewer.layouts import FOUR, LAYOUTS
from desktop.volume.readiness import make_ready
from desktop.window import Window
from engine.cohort import Cohort
from engine.cohort.cohort import Patient, Scan
from engine.imaging.source import ScanSource
from engine.imaging.volume import FrameAxis, Volume
from engine.imaging.writer import write_nifti

SHAPE = (128, 128, 40)
PATIENTS, CHANGES, WARM = 6, 100, 10
SCAN_BYTES = 4 * int(np.prod(SHAPE))
# A third of what the scans would take had they stayed. Without any leak it goes up and down by half of this, for the
# volume's fine picture may be under way and two scans are opened ahead.
BOUND_BYTES = CHANGES * SCAN_BYTES // 3
BOUND = CHANGES // 10
CLOSINGS = 15


@dataclass(frozen=True)
class Holdings:
    """What a process holds."""

    resident: int
    objects: int
    threads: int
    descriptors: int

    @classmethod
    def now(cls) -> "Holdings":
        """After everything that nobody needs was given back, also what the allocator keeps for the next time."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        if sys.platform == "linux":
            getattr(ctypes.CDLL(None), "malloc_trim", int)(0)
        process = psutil.Process()
        # Handles of threads, files and much else on Windows.
        descriptors = getattr(process, "num_handles" if psutil.WINDOWS else "num_fds")()
        roots = [root for root in QApplication.topLevelWidgets() if root.parent() is None]
        objects = sum(1 + len(root.findChildren(QObject)) for root in roots)
        return cls(process.memory_info().rss, objects, process.num_threads(), descriptors)


@pytest.fixture
def cohort(session: Session, tmp_path: Path) -> Cohort:
    """Six patients with a scan of one frame and one of three, each with values of its own."""
    patients = []
    for number in range(1, PATIENTS + 1):
        key = f"P-{number:03d}"
        scans = (_scan(tmp_path, number, "T1", frames=1), _scan(tmp_path, number, "T2", frames=3))
        patients.append(Patient(key, f"source-{number}", {"diagnosis": "healthy"}, {}, scans))
    session.cohort = Cohort(tuple(patients))
    return session.cohort


def _scan(folder: Path, number: int, role: str, frames: int) -> Scan:
    x, y, z = SHAPE
    path = folder / f"{number}-{role}.nii"
    noise = np.random.default_rng(number).normal(500, 100, (frames, z, y, x)).astype(np.float32)
    axis = FrameAxis("echo time", tuple(20.0 * (i + 1) for i in range(frames))) if frames > 1 else FrameAxis()
    write_nifti(Volume(noise, np.diag([-0.7, -0.7, 2.0, 1.0]), axis), path)
    source = ScanSource("nifti", (path,))
    return Scan(10 * number + frames, f"P-{number:03d}", role, source, "nifti", SHAPE, frames, "")


@pytest.fixture
def page(window: Window, cohort: Cohort) -> ViewPage:
    """The page in the whole window, with a volume view that has been drawn before."""
    make_ready()
    window.session.cohort_changed.emit()
    window.show_page("view")
    page = window.pages.page
    assert isinstance(page, ViewPage)
    return page


def turn_to(qtbot: QtBot, page: ViewPage, change: int) -> None:
    """The next patient, in the next layout, until all of it stands there."""
    page.lay_out(LAYOUTS[change % len(LAYOUTS)])
    page.session.selection.set(patient=f"P-{1 + change % PATIENTS:03d}")
    qtbot.waitUntil(lambda: stands(page), timeout=20_000)


def stands(page: ViewPage) -> bool:
    """Whether planes and volume of the patient are there."""
    front = page.panes.front
    if any(pane.filling for pane in page.panes.panes) or front.viewing is None or front.loaded is None:
        return False
    cell = front.planes.volume
    if cell.isHidden() or not isinstance(cell.content, VolumeSlot):
        return True
    opened = cell.content.view.opened
    return opened is not None and opened.volume is front.viewing.volume


Moment = Callable[[ViewPage], bool]
MOMENTS: dict[str, Moment] = {
    "nothing was begun": lambda page: True,
    "a scan is being read": lambda page: page.panes.front.scan is not None,
    "its first picture is there": lambda page: page.panes.front.viewing is not None,
    "all of it is there": lambda page: page.panes.front.loaded is not None and not page.panes.front.filling,
    "its volume is there": stands,
}


def test_after_a_hundred_patients_in_all_layouts_nothing_has_stayed(page: ViewPage, qtbot: QtBot) -> None:
    alive: weakref.WeakSet[Volume] = weakref.WeakSet()
    page.panes.changed.connect(lambda viewing: alive.add(viewing.volume))
    for change in range(WARM):
        turn_to(qtbot, page, change)
    before = Holdings.now()
    for change in range(WARM, WARM + CHANGES):
        turn_to(qtbot, page, change)
    after = Holdings.now()
    assert after.resident <= before.resident + BOUND_BYTES
    assert after.objects <= before.objects + BOUND
    assert after.threads <= before.threads + BOUND
    assert after.descriptors <= before.descriptors + BOUND
    qtbot.waitUntil(lambda: len(alive) == 1)


def test_closing_the_page_at_any_moment_of_loading_is_safe(session, cohort, qtbot: QtBot) -> None:
    session.cohort_changed.emit()
    moments = tuple(MOMENTS.values())
    with qtbot.captureExceptions() as exceptions:
        for number in range(CLOSINGS):
            page = ViewPage(session)
            page.show()
            page.lay_out(LAYOUTS[number % len(LAYOUTS)])
            session.selection.set(patient=f"P-{1 + number % PATIENTS:03d}")
            reached = moments[number % len(moments)]
            qtbot.waitUntil(lambda: reached(page), timeout=20_000)  # noqa: B023 - done with before the next one
            page.close()
            page.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            session.selection.clear()
        assert session.bridge.settle(10)
        qtbot.waitUntil(lambda: not session.bridge._tasks)
    assert exceptions == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_closing_the_window_at_any_moment_of_loading_is_safe(session, cohort, qtbot: QtBot, moment: str) -> None:
    window = Window(session)
    window.show()
    with qtbot.captureExceptions() as exceptions:
        session.cohort_changed.emit()
        window.show_page("view")
        page = window.pages.page
        assert isinstance(page, ViewPage)
        page.lay_out(FOUR)
        for patient in (4, 1, 6):
            session.selection.set(patient=f"P-{patient:03d}")
            qtbot.waitUntil(lambda: MOMENTS[moment](page), timeout=20_000)
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert session.bridge.settle(10)
        QApplication.processEvents()
    assert exceptions == []
