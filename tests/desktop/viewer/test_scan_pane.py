import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt

from desktop import theme
from desktop.app import application
from desktop.bridge import Bridge
from desktop.viewer.memory import ViewMemory
from desktop.viewer.scan_pane import ScanPane
from engine.cohort.cohort import Scan
from engine.imaging import inspect
from engine.imaging.source import ScanSource
from engine.imaging.writer import write_nifti
from tests.desktop.viewer.screen import pixels, seen
from tests.helpers.dicom_files import write_series
from tests.helpers.volumes import body, echoes


@pytest.fixture
def bridge(qtbot):
    made = Bridge()
    yield made
    made.shutdown()


@pytest.fixture
def pane(qtbot, bridge: Bridge) -> ScanPane:
    theme.apply(application(), "dark")
    made = ScanPane(bridge, ViewMemory())
    qtbot.addWidget(made)
    made.resize(400, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def scan_of(path: Path, number: int = 1, role: str = "T2", excluded: str = "") -> Scan:
    source = ScanSource("npy" if path.suffix == ".npy" else "nifti", (path,))
    return Scan(number, f"P-{number:03d}", role, source, "nifti", (32, 32, 6), 4, "", excluded=excluded)


@pytest.fixture
def scan(tmp_path: Path) -> Scan:
    """Four echoes of six slices."""
    write_nifti(echoes(), tmp_path / "T2.nii")
    return scan_of(tmp_path / "T2.nii")


def showing(qtbot, pane: ScanPane, scan: Scan) -> None:
    with qtbot.waitSignal(pane.arrived):
        pane.show_scan(scan)


def completing(qtbot, pane: ScanPane, scan: Scan) -> None:
    with qtbot.waitSignal(pane.completed):
        pane.show_scan(scan)


def test_a_scan_is_read_off_the_gui_thread_and_shown(pane: ScanPane, scan: Scan, qtbot) -> None:
    pane.show_scan(scan)
    assert pane.waiting
    assert pane.viewing is None
    qtbot.waitUntil(lambda: pane.viewing is not None)
    assert pane.view.names == ("P-001", "T2")
    assert pixels(pane.view)[200, 150].max() > 0


def test_moving_the_frame_slider_changes_the_picture(pane: ScanPane, scan: Scan, qtbot) -> None:
    showing(qtbot, pane, scan)
    before = pixels(pane.view)[200, 150].copy()
    pane.cine.track.setValue(2)
    assert seen(pane).frame == 2
    assert pane.cine.label.text() == "TE 75 ms"
    assert (pixels(pane.view)[200, 150] < before).all()


def test_the_slice_slider_and_the_picture_follow_each_other(pane: ScanPane, scan: Scan, qtbot) -> None:
    showing(qtbot, pane, scan)
    pane.slices.setValue(5)
    assert seen(pane).index == 5
    qtbot.keyClick(pane.view, Qt.Key.Key_Home)
    assert pane.slices.value() == 0


def test_of_many_requests_only_the_last_is_shown(pane: ScanPane, tmp_path: Path, qtbot) -> None:
    shown = []
    pane.arrived.connect(lambda: shown.append(pane.view.names[0]))
    for number in range(1, 13):
        path = tmp_path / f"{number}.nii"
        write_nifti(echoes(side=8 + number), path)
        pane.show_scan(scan_of(path, number))
    qtbot.waitUntil(lambda: not pane.waiting)
    assert shown == ["P-012"]
    assert seen(pane).volume.shape_xyz[0] == 20


def test_the_picture_before_stays_while_the_next_is_loading(pane: ScanPane, scan: Scan, tmp_path, qtbot) -> None:
    completing(qtbot, pane, scan)
    before = pixels(pane.view)
    write_nifti(body(), tmp_path / "T1.nii")
    pane.show_scan(scan_of(tmp_path / "T1.nii", 2, "T1"))
    assert (pixels(pane.view) == before).all()
    assert pane.view.names == ("P-001", "T2")
    qtbot.waitUntil(lambda: pane.view.names == ("P-002", "T1"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a file that keeps its reader waiting")
def test_waiting_longer_is_said(pane: ScanPane, tmp_path, qtbot) -> None:
    pipe = tmp_path / "slow.npy"
    os.mkfifo(pipe)
    pane.show_scan(scan_of(pipe, 7))
    qtbot.waitUntil(pane.sign.words.isVisible)
    assert pane.sign.words.text() == "Loading P-007 T2…"
    pipe.write_bytes(b"nothing")
    qtbot.waitUntil(lambda: not pane.waiting)
    assert not pane.sign.words.isVisible()


def test_a_broken_file_says_what_happened_in_the_pictures_place(pane: ScanPane, tmp_path, qtbot) -> None:
    path = tmp_path / "broken.nii"
    path.write_bytes(b"not a scan")
    showing(qtbot, pane, scan_of(path, 3))
    assert pane.trouble.isVisible()
    assert "P-003" in pane.trouble.title.text()
    assert "broken.nii" in pane.trouble.what.text()
    assert pane.trouble.hint.text()
    assert pane.viewing is None
    assert not pane.slices.isEnabled()


def test_after_trouble_the_next_scan_is_shown_again(pane: ScanPane, scan: Scan, tmp_path, qtbot) -> None:
    path = tmp_path / "T2-later.nii"
    showing(qtbot, pane, scan_of(path, 2))
    assert pane.trouble.isVisible()
    write_nifti(echoes(), path)
    with qtbot.waitSignal(pane.arrived):
        pane.load_again()
    assert pane.view.isVisible()
    assert pane.slices.isEnabled()


def test_a_wished_voxel_and_frame_are_gone_to_on_arrival(pane: ScanPane, scan: Scan, qtbot) -> None:
    with qtbot.waitSignal(pane.arrived):
        pane.show_scan(scan, voxel=(3, 4, 1), frame=2)
    assert (seen(pane).marked, seen(pane).index, seen(pane).frame) == ((3, 4, 1), 1, 2)


def test_a_voxel_outside_of_the_scan_is_not_gone_to(pane: ScanPane, scan: Scan, qtbot) -> None:
    with qtbot.waitSignal(pane.arrived):
        pane.show_scan(scan, voxel=(300, 4, 1))
    assert seen(pane).marked is None


def test_an_excluded_scan_says_so_on_the_picture(pane: ScanPane, scan: Scan, qtbot) -> None:
    showing(qtbot, pane, scan_of(scan.path, 1, "T2", "motion"))
    assert pane.view.names[-1] == "Excluded: motion"


def test_closing_while_loading_is_safe(qtbot, bridge: Bridge, scan: Scan) -> None:
    pane = ScanPane(bridge, ViewMemory())
    pane.show_scan(scan)
    with qtbot.captureExceptions() as exceptions:
        pane.deleteLater()
        assert bridge.settle(10)
        qtbot.waitUntil(lambda: not bridge._tasks)
    assert exceptions == []


def test_a_click_marks_the_voxel_and_turns_to_the_pane(pane: ScanPane, scan: Scan, qtbot) -> None:
    showing(qtbot, pane, scan)
    with qtbot.waitSignals([pane.activated, pane.marked]):
        qtbot.mouseClick(pane.view, Qt.MouseButton.LeftButton, pos=QPoint(190, 170))
    marked = seen(pane).marked
    assert marked is not None
    assert np.isfinite(seen(pane).value(marked))


def test_a_folder_of_dicom_opens(pane: ScanPane, tmp_path: Path, qtbot) -> None:
    array = np.zeros((7, 32, 32), np.int16)
    array[3, 16:, 16:] = 1000
    write_series(tmp_path / "series", array, np.diag([-1.0, -1.0, 4.0, 1.0]))
    header = inspect(tmp_path / "series")
    completing(qtbot, pane, Scan(1, "P-001", "T1", header.source, header.format, header.shape, header.frames, ""))
    assert (seen(pane).plane.name, seen(pane).index) == ("axial", 3)
    assert np.array_equal(seen(pane).volume.array[0], array)
    assert (pixels(pane.view)[250:300, 250:300] == 255).all()


def test_a_picture_in_colour_is_shown_in_colour(pane: ScanPane, tmp_path: Path, qtbot) -> None:
    Image.new("RGB", (30, 30), (200, 40, 10)).save(tmp_path / "red.png")
    header = inspect(tmp_path / "red.png")
    completing(qtbot, pane, Scan(1, "P-001", "photo", header.source, header.format, header.shape, header.frames, ""))
    assert (pixels(pane.view)[120:160, 120:160] == (200, 40, 10)).all()


def test_frames_of_a_course_of_time_are_looked_at_from_the_first(pane: ScanPane, tmp_path: Path, qtbot) -> None:
    array = np.arange(1, 4, dtype=np.int16)[:, np.newaxis, np.newaxis, np.newaxis] * np.ones((1, 5, 16, 16), np.int16)
    write_series(tmp_path / "s", array, np.diag([-1.0, -1.0, 4.0, 1.0]), kind="time", values=(0.0, 500.0, 1000.0))
    header = inspect(tmp_path / "s")
    completing(qtbot, pane, Scan(1, "P-001", "T1", header.source, header.format, header.shape, header.frames, ""))
    assert header.frames == 3
    assert seen(pane).frame == 0


def test_the_automatic_window_of_one_patient_is_followed_by_that_of_the_next(pane, scan, tmp_path, qtbot) -> None:
    completing(qtbot, pane, scan)
    qtbot.keyClick(pane.view, Qt.Key.Key_Up)
    first, brighter = seen(pane).window, echoes()
    write_nifti(brighter.with_array(brighter.array * 3, axis=brighter.frame_axis), tmp_path / "bright.nii")
    completing(qtbot, pane, scan_of(tmp_path / "bright.nii", 2))
    assert pane.loaded is not None
    assert seen(pane).window == pane.loaded.auto
    assert seen(pane).window.width == pytest.approx(3 * first.width)
