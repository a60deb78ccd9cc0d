"""The view page on a real workspace whose scans hold a ball of known size."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop.pages.view import ViewPage
from desktop.pages.view.measuring import Measuring
from desktop.session import Session
from engine.cohort import Workspace
from engine.cohort.cohort import Patient, Scan
from engine.imaging import ScanSource
from engine.imaging.volume import Facts, FrameAxis, Volume
from engine.imaging.writer import write_nifti
from tests.helpers.volumes import affine_of

BALL_MM = 24.0
SPACING = (1.0, 1.5, 2.0)
SHAPE = (48, 32, 25)
TIMES = (25.0, 50.0, 75.0, 100.0)

Opened = Callable[..., Measuring]


def ball(orientation: str = "LPS", frames: int = 1) -> Volume:
    """A bright ball of 24 mm in the middle of a dim block; each frame is half as bright as the one before."""
    affine = affine_of(orientation, SPACING, SHAPE)
    z, y, x = np.indices(SHAPE[::-1])
    world = np.tensordot(affine, np.stack([x, y, z, np.ones_like(x)]), 1)[:3]
    inside = np.linalg.norm(world, axis=0) <= BALL_MM / 2
    first = np.where(inside, 1000.0, 100.0) + 5 * x + 3 * y + z
    array = np.stack([first / 2**frame for frame in range(frames)]).astype(np.float32)
    axis = FrameAxis("echo time", TIMES[:frames]) if frames > 1 else FrameAxis()
    return Volume(array, affine, axis, Facts("nifti", "MR"))


def keep(folder: Path, volumes: dict[str, Volume]) -> Path:
    """A workspace of one patient per volume, each with one scan called BALL."""
    patients = [_patient(folder, name, volume) for name, volume in volumes.items()]
    with Workspace.create(folder / "study") as workspace:
        workspace.store.add(patients, "patient")
    return folder / "study"


def _patient(folder: Path, name: str, volume: Volume) -> Patient:
    path = folder / f"{name}.nii"
    write_nifti(volume, path)
    scan = Scan(0, "", "BALL", ScanSource("nifti", (path,)), "nifti", volume.shape_xyz, volume.frames, name)
    return Patient("", name, {}, {}, (scan,))


@pytest.fixture
def show(qtbot, session: Session, tmp_path: Path) -> Opened:
    """Opens a workspace of these volumes and shows the first patient's on a page of 760 x 760."""

    def opened(*volumes: Volume, folder: Path | None = None) -> Measuring:
        place = folder or keep(tmp_path, {f"source-{i}": volume for i, volume in enumerate(volumes)})
        page = ViewPage(session)
        qtbot.addWidget(page)
        page.resize(760, 760)
        with qtbot.waitExposed(page):
            page.show()
        with qtbot.waitSignal(session.workspace_changed):
            session.open_workspace(place)
        made = next(feature for feature in page.features if isinstance(feature, Measuring))
        look_at(qtbot, made, "P-001")
        return made

    return opened


def look_at(qtbot, measuring: Measuring, patient: str) -> None:
    """Select a patient, and wait until the scan is there with all that was drawn on it."""
    panes = measuring.page.panes
    measuring.page.session.selection.set(patient=patient)
    qtbot.waitUntil(lambda: panes.front.scan is not None and panes.front.scan.patient == patient)
    qtbot.waitUntil(lambda: panes.front.viewing is not None and not panes.front.filling)
    measuring.page.session.bridge.settle(5)
    qtbot.wait(1)
