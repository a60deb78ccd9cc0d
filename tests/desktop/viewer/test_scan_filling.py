import weakref
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from desktop import theme
from desktop.app import application
from desktop.bridge import Bridge
from desktop.viewer.memory import ViewMemory
from desktop.viewer.scan_pane import ScanPane
from desktop.viewer.signal import curve_at
from engine.cohort.cohort import Scan
from engine.imaging.reader import readers
from engine.imaging.source import ScanSource
from engine.imaging.volume import Facts, Volume
from engine.imaging.writer import write_nifti
from engine.pictures.planes import planes_of
from tests.desktop.viewer.held_scan import JUNK, HeldScan, reader_of, scan_of
from tests.desktop.viewer.screen import drag, hover, pixels, seen
from tests.helpers.volumes import affine_of, echoes

SLICES, SIDE, MIDDLE = 21, 40, 10


def stack(bright: int = 1000) -> Volume:
    """Slices that are dark at the left and `bright` at the right, the grey of their middle telling them apart."""
    array = np.zeros((1, SLICES, SIDE, SIDE), np.int16)
    array[..., SIDE // 2 :] = bright
    array[..., 15:25, 15:25] = (np.arange(SLICES) * 20)[:, np.newaxis, np.newaxis]
    return Volume(array, affine_of("LPS", (1.0, 1.0, 2.0), (SIDE, SIDE, SLICES)), facts=Facts("dicom", "MR"))


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch):
    """The stack; nothing of it has come."""
    made = HeldScan(stack())
    monkeypatch.setitem(readers._entries, "held", reader_of(made))
    yield made
    made.let()


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
    made.resize(420, 440)
    with qtbot.waitExposed(made):
        made.show()
    return made


def begin(qtbot, pane: ScanPane, held: HeldScan) -> None:
    """Show the scan with its middle slice there, and no other."""
    held.let((0, MIDDLE))
    with qtbot.waitSignal(pane.arrived):
        pane.show_scan(scan_of(held))


def complete(qtbot, pane: ScanPane, held: HeldScan) -> None:
    with qtbot.waitSignal(pane.completed):
        held.let()


def right_half(pane: ScanPane) -> np.ndarray:
    """Painted pixels of the bright half, away from letters and corner texts."""
    return pixels(pane.view)[60:100, 280:340].reshape(-1, 3)


def is_bright(pane: ScanPane) -> bool:
    return bool((right_half(pane) == 255).all())


def nearby(folder: Path) -> Scan:
    """Another scan, on the disk."""
    write_nifti(echoes(), folder / "other.nii")
    return Scan(9, "P-009", "T2", ScanSource("nifti", (folder / "other.nii",)), "nifti", (32, 32, 6), 4, "")


def test_the_middle_slice_is_painted_while_the_others_have_not_come(pane: ScanPane, held: HeldScan, qtbot) -> None:
    begin(qtbot, pane, held)
    assert pane.filling
    assert seen(pane).index == MIDDLE
    assert is_bright(pane)


def test_a_slice_that_is_not_there_is_never_painted_as_data(pane: ScanPane, held: HeldScan, qtbot) -> None:
    begin(qtbot, pane, held)
    held.fetchable = False
    pane.slices.setValue(3)
    colours = {tuple(color) for color in right_half(pane).tolist()}
    assert colours == {_rgb(theme.DARK.ground), _rgb(theme.DARK.line)}


def test_a_slice_on_the_screen_is_painted_when_it_comes(pane: ScanPane, held: HeldScan, qtbot) -> None:
    held.fetchable = False
    begin(qtbot, pane, held)
    pane.slices.setValue(MIDDLE + 1)
    assert not is_bright(pane)
    held.let((0, MIDDLE + 1), (0, MIDDLE - 1))
    qtbot.waitUntil(lambda: is_bright(pane))


def test_a_slice_one_steps_to_is_fetched_out_of_turn(pane: ScanPane, held: HeldScan, qtbot) -> None:
    begin(qtbot, pane, held)
    pane.slices.setValue(2)
    qtbot.waitUntil(lambda: is_bright(pane))
    assert held.asked == [(0, 2)]
    assert seen(pane).value((20, 20, 2)) == 40
    assert held.filled is not None
    assert (held.filled.array[0, 2] == JUNK).all()


def test_slices_that_come_in_file_order_are_waited_for(pane: ScanPane, monkeypatch, qtbot) -> None:
    streamed = HeldScan(stack(), in_file_order=True)
    monkeypatch.setitem(readers._entries, "held", reader_of(streamed))
    streamed.let(*((0, z) for z in range(MIDDLE + 1)))
    with qtbot.waitSignal(pane.arrived):
        pane.show_scan(scan_of(streamed))
    assert is_bright(pane)
    pane.slices.setValue(SLICES - 1)
    complete(qtbot, pane, streamed)
    assert is_bright(pane)
    assert streamed.asked == []


def test_across_the_slices_only_what_is_there_is_painted(pane: ScanPane, held: HeldScan, qtbot) -> None:
    begin(qtbot, pane, held)
    viewing = seen(pane)
    coronal = next(plane for plane in planes_of(viewing.volume) if plane.name == "coronal")
    pane.become(viewing.in_plane(coronal).at_slice(5))
    picture = pixels(pane.view)
    white = (picture == 255).all(axis=2)[60:360, 210:380]
    thick = picture.shape[0] / SLICES
    assert 0 < white.any(axis=1).sum() <= thick + 1
    complete(qtbot, pane, held)
    assert (pixels(pane.view)[60:310, 230:330] == 255).all()


def test_a_value_that_is_not_there_is_not_told(pane: ScanPane, held: HeldScan, qtbot) -> None:
    held.fetchable = False
    begin(qtbot, pane, held)
    pane.slices.setValue(0)
    hover(pane.view, QPoint(300, 300))
    assert pane.view.pointed is not None
    assert not seen(pane).has(pane.view.pointed)
    assert np.isnan(seen(pane).value(pane.view.pointed))


def test_the_automatic_window_settles_once(pane: ScanPane, monkeypatch, qtbot) -> None:
    volume = stack()
    volume.array[0, MIDDLE + 1 :] *= 3
    held = HeldScan(volume)
    monkeypatch.setitem(readers._entries, "held", reader_of(held))
    windows = []
    pane.changed.connect(lambda viewing: windows.append(viewing.window))
    begin(qtbot, pane, held)
    complete(qtbot, pane, held)
    assert len(dict.fromkeys(windows)) == 2
    assert windows[0].high < 1100 < windows[-1].high


@pytest.mark.parametrize(("moved", "frame"), [(False, 3), (True, 0)])
def test_only_who_has_touched_nothing_is_taken_to_the_brightest_frame(
    pane: ScanPane, monkeypatch, qtbot, moved: bool, frame: int
) -> None:
    volume = echoes(4, 6)
    held = HeldScan(volume.with_array(volume.array[::-1].copy()))
    monkeypatch.setitem(readers._entries, "held", reader_of(held))
    held.let((0, 3))
    with qtbot.waitSignal(pane.arrived):
        pane.show_scan(scan_of(held))
    assert seen(pane).frame == 0
    if moved:
        pane.slices.setValue(2)
    complete(qtbot, pane, held)
    assert seen(pane).frame == frame


def test_who_has_moved_stays_where_they_are_when_all_has_come(pane: ScanPane, held: HeldScan, qtbot) -> None:
    begin(qtbot, pane, held)
    pane.slices.setValue(4)
    drag(pane.view, Qt.MouseButton.RightButton, QPoint(30, 20))
    window = seen(pane).window
    complete(qtbot, pane, held)
    assert (seen(pane).index, seen(pane).window) == (4, window)
    assert not pane.filling


def test_a_line_tells_how_much_has_come_until_all_has(pane: ScanPane, held: HeldScan, qtbot) -> None:
    begin(qtbot, pane, held)
    qtbot.waitUntil(pane.sign.line.isVisible)
    assert pane.sign.line.share == pytest.approx(1 / SLICES)
    assert not pane.sign.words.isVisible()
    complete(qtbot, pane, held)
    assert not pane.sign.line.isVisible()


def test_going_to_another_scan_ends_the_reading_and_drops_its_memory(pane, held: HeldScan, tmp_path, qtbot) -> None:
    begin(qtbot, pane, held)
    pane.slices.setValue(3)
    assert held.filled is not None
    array = weakref.ref(held.filled.array)
    held.filled = None
    with qtbot.waitSignal(pane.completed):
        pane.show_scan(nearby(tmp_path))
    assert held.cancelled.wait(5)
    qtbot.waitUntil(lambda: array() is None)


def test_the_picture_before_stays_but_not_its_memory(pane: ScanPane, held: HeldScan, tmp_path: Path, qtbot) -> None:
    other = nearby(tmp_path)
    with qtbot.waitSignal(pane.completed):
        pane.show_scan(other)
    before, array = pixels(pane.view), weakref.ref(seen(pane).volume.array)
    pane.show_scan(scan_of(held))
    assert (pixels(pane.view) == before).all()
    assert array() is None


@pytest.mark.parametrize("slices_there", [0, 1])
def test_closing_while_slices_come_is_safe_and_ends_the_reading(qtbot, bridge, held, slices_there: int) -> None:
    pane = ScanPane(bridge, ViewMemory())
    with qtbot.captureExceptions() as exceptions:
        if slices_there:
            begin(qtbot, pane, held)
        else:
            pane.show_scan(scan_of(held))
            qtbot.waitUntil(lambda: held.filled is not None)
        pane.deleteLater()
        qtbot.waitUntil(held.cancelled.is_set)
        qtbot.waitUntil(lambda: not bridge._tasks)
    assert exceptions == []


def test_closing_the_program_ends_the_reading(pane: ScanPane, bridge: Bridge, held: HeldScan, qtbot) -> None:
    begin(qtbot, pane, held)
    bridge.shutdown(0)
    held.let((0, MIDDLE - 1), (0, MIDDLE + 1))
    assert held.cancelled.wait(5)


def test_the_curve_of_a_voxel_knows_only_the_frames_that_are_there(pane: ScanPane, monkeypatch, qtbot) -> None:
    held = HeldScan(echoes(4, 6))
    monkeypatch.setitem(readers._entries, "held", reader_of(held))
    held.let((0, 3))
    with qtbot.waitSignal(pane.arrived):
        pane.show_scan(scan_of(held))
    values = curve_at(seen(pane), (3, 4, 3)).values
    held.let()
    assert values[0] == echoes(4, 6).array[0, 3, 4, 3]
    assert np.isnan(values[1:]).all()


def test_a_coloured_slice_that_is_not_there_is_never_painted_as_data(pane: ScanPane, monkeypatch, qtbot) -> None:
    plain = stack(200)
    brightness = plain.array.astype(np.uint8)
    colour = np.stack([brightness, brightness // 2, 0 * brightness], axis=-1)
    held = HeldScan(Volume(brightness, plain.affine, facts=plain.facts, colour=colour))
    monkeypatch.setitem(readers._entries, "held", reader_of(held))
    begin(qtbot, pane, held)
    assert (right_half(pane) == (200, 100, 0)).all()
    pane.slices.setValue(3)
    assert {tuple(c) for c in right_half(pane).tolist()} == {_rgb(theme.DARK.ground), _rgb(theme.DARK.line)}
    complete(qtbot, pane, held)
    assert (right_half(pane) == (200, 100, 0)).all()


def _rgb(color: str) -> tuple[int, int, int]:
    return (int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16))
