"""The view page with scans that can be laid over each other."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.layers.laying import Laying
from desktop.layers.making import Mapped, mapped
from desktop.layers.maps_once import MapsOnce, Report
from desktop.pages.view import ViewPage
from desktop.pages.view.layering import Layering
from desktop.session import Session
from engine.cohort import Cohort
from engine.cohort.cohort import Patient, Scan
from engine.control import Control
from engine.imaging.source import ScanSource
from engine.imaging.volume import Facts, FrameAxis, Volume
from engine.imaging.writer import write_nifti
from engine.pictures.layer import Layer
from tests.helpers.volumes import affine_of, echoes

Follow = Callable[..., None]
SIDE = 32


def mask(labels: int = 2) -> Volume:
    """Blocks of labels 1, 2 … on the grid of the echoes, of a file that says nothing but its geometry."""
    like = echoes()
    array = np.zeros((1, *like.array.shape[1:]), np.uint8)
    for label in range(1, labels + 1):
        array[0, :, 8 * label : 8 * label + 6, 8:24] = label
    return Volume(array, like.affine, FrameAxis(), Facts("nifti"))


def spect() -> Volume:
    """Another grid over the same place, coarser."""
    array = np.arange(16 * 16 * 8, dtype=np.float32).reshape(1, 8, 16, 16)
    return Volume(array, affine_of("RAS", (2.0, 2.0, 4.0), (16, 16, 8)), facts=Facts("nifti", "NM"))


def far_away() -> Volume:
    """A scan of the same grid, a metre off."""
    affine = echoes().affine.copy()
    affine[0, 3] += 1000
    return replace(mask(), affine=affine)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ViewPage:
    """The page with its inspector beside it, shown, with nothing open."""
    made = ViewPage(session)
    qtbot.addWidget(made)
    made.resize(700, 700)
    inspector = made.inspector()
    qtbot.addWidget(inspector)
    inspector.resize(300, 900)
    with qtbot.waitExposed(made):
        made.show()
        inspector.show()
    return made


@pytest.fixture
def layering(page: ViewPage) -> Layering:
    """What is tested here."""
    return next(feature for feature in page.features if isinstance(feature, Layering))


@pytest.fixture
def cohort(session: Session, tmp_path: Path) -> Cohort:
    """Two patients with T2 and spect, a third with T2 alone."""
    write_nifti(echoes(), tmp_path / "T2.nii")
    write_nifti(spect(), tmp_path / "spect.nii")
    roles = (("T2", "spect"), ("T2", "spect"), ("T2",))
    made = Cohort(tuple(_patient(i, of, tmp_path) for i, of in enumerate(roles, 1)))
    session.cohort = made
    session.cohort_changed.emit()
    return made


def _patient(number: int, roles: tuple[str, ...], folder: Path) -> Patient:
    key = f"P-00{number}"
    scans = tuple(
        Scan(10 * number + i, key, role, ScanSource("nifti", (folder / f"{role}.nii",)), "nifti", (32, 32, 6), 4, "")
        for i, role in enumerate(roles)
    )
    return Patient(key, f"source-{number}", {}, {}, scans)


@pytest.fixture
def look_at(qtbot: QtBot, page: ViewPage, cohort: Cohort) -> Follow:
    """Select something, and wait until all of it is there."""

    def look(**selected: object) -> None:
        page.session.selection.set(**selected)
        qtbot.waitUntil(lambda: not any(pane.filling for pane in page.panes.panes))

    return look


@pytest.fixture
def laid(qtbot: QtBot, layering: Layering) -> Callable[[int], Laying]:
    """Wait until so many layers lie over the scan in front."""

    def wait(count: int) -> Laying:
        qtbot.waitUntil(lambda: len(shown_layers(layering.page)) == count, timeout=20_000)
        return layering.front

    return wait


@pytest.fixture
def patient_maps(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Maps are computed as always, but not before this is set."""
    released = Event()

    def held(volume: Volume, once: MapsOnce, report: Report, control: Control) -> Mapped | None:
        released.wait(20)
        return mapped(volume, once, report, control)

    monkeypatch.setattr("desktop.layers.workshop.mapped", held)
    yield released
    released.set()


def shown_layers(page: ViewPage) -> tuple[Layer, ...]:
    """What really lies over the active picture."""
    viewing = page.panes.front.viewing
    return () if viewing is None else tuple(layer for layer in viewing.layers if layer.shown)


def let_die() -> None:
    """Have Qt delete what waits for it."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
