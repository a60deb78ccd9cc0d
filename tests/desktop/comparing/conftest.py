"""Patients whose scans are each other's negatives, so that every pixel says which of them it shows."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.pages.view import ViewPage
from desktop.pages.view.comparing import Comparing
from desktop.session import Session
from engine.cohort import Cohort
from engine.cohort.cohort import Patient, Scan
from engine.imaging import inspect
from engine.imaging.source import ScanSource
from engine.imaging.volume import Volume
from engine.imaging.writer import write_nifti
from tests.helpers.volumes import BRIGHT, DIM, body, echoes

SHIFT = (100.0, -60.0, 40.0)


def negative(volume: Volume) -> Volume:
    """Bright about a dim block."""
    return volume.with_array((BRIGHT + DIM - volume.array).astype(np.int16))


def moved(volume: Volume, by: tuple[float, float, float]) -> Volume:
    """The same volume elsewhere in the scanner."""
    affine = volume.affine.copy()
    affine[:3, 3] += by
    return replace(volume, affine=affine)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ViewPage:
    """The page, shown, with nothing open."""
    made = ViewPage(session)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def comparing(page: ViewPage) -> Comparing:
    """What compares on the page."""
    return next(feature for feature in page.features if isinstance(feature, Comparing))


@pytest.fixture
def cohort(session: Session, tmp_path: Path) -> Cohort:
    """P-001 with T1, its negative T2, and echoes; P-002 with the same elsewhere; P-003 with two photos."""
    first = (body(), negative(body()), echoes())
    second = (moved(negative(body()), SHIFT), moved(body(), SHIFT), moved(echoes(), SHIFT))
    patients = [_patient(f"P-00{i}", 10 * i, scans, tmp_path) for i, scans in enumerate((first, second), 1)]
    made = Cohort((*patients, _photographed(tmp_path)))
    session.cohort = made
    session.cohort_changed.emit()
    return made


def look_at(qtbot: QtBot, page: ViewPage, **selected: object) -> None:
    """Select this, and wait until all of it is there."""
    page.session.selection.set(**selected)
    settle(qtbot, page)


def settle(qtbot: QtBot, page: ViewPage) -> None:
    """Wait until nothing is read any more, and what follows has followed."""
    comparing = next(feature for feature in page.features if isinstance(feature, Comparing))
    qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))
    qtbot.waitUntil(lambda: not comparing.laid.reading and not any(pane.filling for pane in page.panes.panes))
    qtbot.waitUntil(lambda: not page.panes._rest.isActive())


def _patient(key: str, number: int, volumes: tuple[Volume, ...], folder: Path) -> Patient:
    scans = []
    for i, (role, volume) in enumerate(zip(("T1", "T2", "ME"), volumes, strict=True)):
        path = folder / f"{key}-{role}.nii"
        write_nifti(volume, path)
        source = ScanSource("nifti", (path,))
        scans.append(Scan(number + i, key, role, source, "nifti", volume.shape_xyz, volume.frames, f"{number + i}"))
    return Patient(key, f"source-{number}", {}, {}, tuple(scans))


def _photographed(folder: Path) -> Patient:
    scans = []
    for i, (name, side, grey) in enumerate((("front", 40, 60), ("side", 40, 200), ("odd", 30, 200))):
        values = np.full((side, 40), grey, np.uint8)
        values[: side // 2, :20] = 255 - grey
        Image.fromarray(values).save(folder / f"{name}.png")
        found = inspect(folder / f"{name}.png")
        scans.append(Scan(30 + i, "P-003", name, found.source, "png", found.shape, 1, name, found.doubts))
    return Patient("P-003", "source-3", {}, {}, tuple(scans))
