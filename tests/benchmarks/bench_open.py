"""Another patient with two DICOM scans beside each other: first picture, and planes and volumes of both."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from desktop import theme
from desktop.app import application
from desktop.pages.view import ViewPage
from desktop.pages.view.volume_slot import VolumeSlot
from desktop.session import Session
from desktop.settings import Settings
from desktop.viewer.layouts import FOUR
from desktop.viewer.scan_pane import ScanPane
from desktop.volume.readiness import make_ready
from desktop.window import Window
from engine.cohort import Cohort
from engine.cohort.cohort import Patient, Scan
from engine.imaging import inspect
from tests.benchmarks.harness import Row, medians
from tests.benchmarks.painted import Paints
from tests.helpers.dicom_files import write_series

TITLE = "Another patient: two DICOM scans of 320 x 320, 60 slices and 20 slices with 5 echoes; 3 planes and volume each"
SHAPES = {"T1": (60, 320, 320), "T2": (5, 20, 320, 320)}
SPACINGS = {"T1": (0.5, 0.5, 1.5), "T2": (0.5, 0.5, 4.5)}
PATIENTS, REPEATS = 4, 12
FIRST_MS, ALL_MS = 100.0, 500.0
PATIENCE_S = 30


@dataclass
class Opened:
    """Seconds until the first picture was painted, and until everything was."""

    first: float = 0.0
    all: float = 0.0


def run() -> list[Row]:
    """Warm: the pages are built, kernels compiled, files in the cache of the system.

    "at once" asks for a patient nobody expected; "expected" for the next one, after a moment of rest.
    """
    app = application()
    theme.apply(app, "dark")
    make_ready()
    with TemporaryDirectory() as folder:
        page = opened_page(app, Path(folder))
        turn, taken = Turning(app, page), {}
        medians({"warm": turn.measure}, PATIENTS)
        for name, rests in (("at once", False), ("expected", True)):
            turn.seen, turn.rests = [], rests
            medians({name: turn.measure}, REPEATS)
            taken[name] = turn.seen
        page.window().close()
    rows = []
    for name, seen in taken.items():
        for part, goal in (("first", FIRST_MS), ("all", ALL_MS)):
            value = 1000 * float(np.median([getattr(opened, part) for opened in seen]))
            what = "first picture" if part == "first" else "all planes and volumes"
            rows.append(Row(f"{what}, {name}", "isocenter", "goal", value, goal, "ms", 1.0))
    return rows


class Turning:
    """Turns to one patient after the other; `seen` keeps how long each took. Where it `rests` the next is expected."""

    def __init__(self, app: QApplication, page: ViewPage) -> None:
        self.seen: list[Opened] = []
        self.rests = False
        self._app, self._page = app, page
        self._at = 0

    def measure(self) -> float:
        self._at += 1
        patient = f"P-{1 + abs(self._at % (2 * PATIENTS - 2) - PATIENTS + 1):03d}"  # up and down, as one who reads
        if self.rests:
            source = self._page.session.cohort.by_key[patient].scans[0].source  # type: ignore[union-attr]
            self._until(lambda: source in self._page.panes.ahead.ready)
        opened, begun = Opened(), perf_counter()
        self._page.session.selection.set(patient=patient)
        paints = [Paints(view) for view in pictures(self._page)]
        self._until(lambda: shows(self._page.panes.front, patient) and any(each.seen for each in paints))
        opened.first = perf_counter() - begun
        self._until(lambda: all(complete(pane, patient) for pane in self._page.panes.panes))
        self._app.processEvents()  # what was asked for last is painted
        opened.all = perf_counter() - begun
        self.seen.append(opened)
        return opened.all

    def _until(self, reached: Callable[[], bool]) -> None:
        end = perf_counter() + PATIENCE_S
        while not reached():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # as the window itself does
            if perf_counter() > end:
                raise RuntimeError("the patient does not come")


def pictures(page: ViewPage) -> list[QWidget]:
    return [cell.view for pane in page.panes.panes for cell in pane.planes.shown]


def shows(pane: ScanPane, patient: str) -> bool:
    return pane.viewing is not None and pane.scan is not None and pane.scan.patient == patient


def complete(pane: ScanPane, patient: str) -> bool:
    """Whether planes and volume of all of its scan stand."""
    content = pane.planes.volume.content
    if pane.filling or not shows(pane, patient) or pane.viewing is None or not isinstance(content, VolumeSlot):
        return False
    opened = content.view.opened
    return opened is not None and opened.volume is pane.viewing.volume


def opened_page(app: QApplication, folder: Path) -> ViewPage:
    """The window with the first patient in it, both scans beside each other."""
    session = Session(Settings())
    window = Window(session)
    window.resize(1600, 1000)
    window.show()
    session.cohort = Cohort(tuple(patient(folder, number) for number in range(1, PATIENTS + 1)))
    session.cohort_changed.emit()
    window.show_page("view")
    page = window.pages.page
    assert isinstance(page, ViewPage)
    page.set_side_by_side(True)
    page.lay_out(FOUR)
    app.processEvents()
    return page


def patient(folder: Path, number: int) -> Patient:
    key = f"P-{number:03d}"
    return Patient(key, f"source-{number}", {}, {}, tuple(scan(folder, number, role) for role in SHAPES))


def scan(folder: Path, number: int, role: str) -> Scan:
    """A series of files with a soft pattern and noise in it."""
    shape, place = SHAPES[role], folder / str(number) / role
    noise = np.random.default_rng(number).normal(500, 60, shape)
    array = (noise + 300 * np.sin(np.linspace(0, 9, shape[-1]))).astype(np.int16)
    frames = shape[0] if len(shape) > 3 else 1
    times = {"kind": "echo time", "values": [20.0 * (i + 1) for i in range(frames)]} if frames > 1 else {}
    write_series(place, array, np.diag([*SPACINGS[role], 1.0]) * [-1, -1, 1, 1], **times)  # type: ignore[arg-type]
    header = inspect(place)
    return Scan(10 * number + frames, f"P-{number:03d}", role, header.source, "DICOM", header.shape, frames, "")
