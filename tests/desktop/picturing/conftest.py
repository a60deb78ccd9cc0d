"""The view page with two scans of one patient, whose real name the window may show but no file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.pages.view import ViewPage
from desktop.picturing.frozen import volume_view_in
from desktop.session import Session
from desktop.viewer.layouts import FOUR
from desktop.volume.volume_view import VolumeView
from engine.cohort import Cohort
from engine.cohort.cohort import Patient, Scan
from engine.imaging.source import ScanSource
from engine.imaging.writer import write_nifti
from tests.helpers.volumes import body, echoes

REAL_NAME = "DOE-JANE-1961"


@pytest.fixture
def page(qtbot, session: Session, tmp_path: Path) -> Iterator[ViewPage]:
    """The page with T2 (4 echoes of 6 slices) of P-001 in front, all of it there; T1 is a cube with a bright block."""
    write_nifti(body("PIR"), tmp_path / "T1.nii")
    write_nifti(echoes(), tmp_path / "T2.nii")
    scans = tuple(
        Scan(i, "P-001", role, ScanSource("nifti", (tmp_path / f"{role}.nii",)), "nifti", (32, 32, 6), frames, "")
        for i, (role, frames) in enumerate((("T1", 1), ("T2", 4)), 1)
    )
    session.settings.picture_folder = str(tmp_path / "saved")
    made = ViewPage(session)
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    session.cohort = Cohort((Patient("P-001", REAL_NAME, {}, {}, scans),))
    session.cohort_changed.emit()
    show(qtbot, made, 2)
    yield made
    session.bridge.settle(10)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def show(qtbot, page: ViewPage, scan: int) -> None:
    """Show a scan by its number, and wait until all of it is there."""
    page.session.selection.set(patient="P-001", scan=scan)
    qtbot.waitUntil(lambda: page.panes.front.loaded is not None and not any(p.filling for p in page.panes.panes))


def volume_in_sight(qtbot, page: ViewPage) -> VolumeView:
    """T1 in three planes with its volume beside them, drawn."""
    show(qtbot, page, 1)
    page.lay_out(FOUR)
    cell = page.panes.front.planes.volume
    qtbot.waitUntil(lambda: getattr(volume_view_in(cell), "scene", None) is not None)
    view = volume_view_in(cell)
    assert view is not None
    return view
