"""What a layer was taken for, and which of its frames is shown, can be chosen in its row."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.layers.layer_row import LayerRow
from desktop.layers.wish import FileWish, MapWish, ScanWish
from desktop.pages.view.window_panel import WindowPanel
from engine.imaging.volume import FrameAxis, Volume
from engine.imaging.writer import write_nifti
from engine.maps import relaxation_maps
from engine.pictures.doubt import Unsure
from engine.pictures.legend import legend
from engine.pictures.window import Window
from tests.desktop.layers.conftest import mask
from tests.desktop.viewer.screen import pixels
from tests.helpers.volumes import echoes

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def lay_file(page, layering, look_at, laid, tmp_path: Path):
    """Lay a volume as a file over the first scan; answers with its unfolded row."""

    def lay(volume: Volume, name: str = "layer.nii") -> LayerRow:
        write_nifti(volume, tmp_path / name)
        look_at(patient="P-001", scan=10)
        layering.add_file(tmp_path / name)
        laid(1)
        return layering.panel.rows[FileWish(tmp_path / name, 10)]

    return lay


def choose(box: QComboBox, words: str) -> None:
    """As if it had been chosen by mouse."""
    index = box.findText(words)
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)


def turn_to(page, frame: int) -> None:
    viewing = page.panes.front.viewing
    page.become(viewing.at_frame(frame))


def two_frames() -> Volume:
    """Label 1 in both frames, label 2 in the second only, of a file that says nothing of its frames."""
    blocks = mask(2).array
    return replace(mask(), array=np.concatenate([np.where(blocks == 2, 0, blocks), blocks]))


def test_the_row_names_the_echo_that_follows_the_scan(page, lay_file, layering) -> None:
    volume = echoes()
    row = lay_file(replace(volume, array=volume.array[1:], frame_axis=replace_values(volume, 1)))
    turn_to(page, 2)
    assert row.name.toolTip().startswith(f"layer.nii · TE {volume.frame_axis.values[2]:g} ms")
    assert layering.front.entries[0].frame == 1
    assert row.editor.frame.currentText() == "Follow the scan"


def replace_values(volume: Volume, first: int) -> FrameAxis:
    return FrameAxis(volume.frame_axis.kind, volume.frame_axis.values[first:])


def test_a_frame_can_be_held_while_the_scan_goes_on(page, lay_file, layering) -> None:
    row = lay_file(echoes())
    choose(row.editor.frame, "TE 25 ms")
    turn_to(page, 3)
    entry = layering.front.entries[0]
    assert entry.title == "layer.nii · TE 25 ms"
    assert entry.layer.frame_over(page.panes.front.viewing.volume, 3) == 0
    choose(row.editor.frame, "Follow the scan")
    assert layering.front.entries[0].frame == 3


def test_frames_that_cannot_follow_can_be_chosen(page, lay_file, layering) -> None:
    row = lay_file(two_frames())
    assert [row.editor.frame.itemText(i) for i in range(row.editor.frame.count())] == ["Frame 1", "Frame 2"]
    before = pixels(page.panes.front.view)
    choose(row.editor.frame, "Frame 2")
    assert layering.front.entries[0].title == "layer.nii · Frame 2"
    assert not np.array_equal(pixels(page.panes.front.view), before)


def test_a_layer_of_one_frame_has_nothing_to_choose(lay_file) -> None:
    row = lay_file(mask())
    assert not row.editor.frame.isVisible()


def test_the_labels_of_a_mask_are_listed_with_their_voxels_in_the_frame_shown(lay_file) -> None:
    row = lay_file(two_frames())
    size = int((mask(2).array == 1).sum())
    told = [box.text() for box in row.editor.labels.boxes.values()]
    assert told == [f"1 · {size:,} voxels", "2 · 0 voxels"]
    choose(row.editor.frame, "Frame 2")
    assert row.editor.labels.boxes[2].text() == f"2 · {size:,} voxels"


def test_a_label_can_be_hidden_and_shown_again(page, lay_file, layering, qtbot) -> None:
    row = lay_file(mask(2))
    before = pixels(page.panes.front.view)
    box = row.editor.labels.boxes[2]
    qtbot.mouseClick(box, LEFT, pos=QPoint(6, box.height() // 2))
    assert layering.front.entries[0].layer.overlay.hidden == {2}
    assert not np.array_equal(pixels(page.panes.front.view), before)
    qtbot.mouseClick(box, LEFT, pos=QPoint(6, box.height() // 2))
    assert np.array_equal(pixels(page.panes.front.view), before)


def test_the_kind_can_be_corrected_and_stays(lay_file, layering, look_at, laid, qtbot) -> None:
    row = lay_file(mask(2))
    assert row.editor.kind.currentText() == "Mask"
    choose(row.editor.kind, "Heatmap")
    qtbot.waitUntil(lambda: layering.front.entries[0].layer.kind == "heatmap")
    assert row.editor.colours.isVisible()
    assert not row.editor.labels.isVisible()
    look_at(patient="P-002")
    look_at(patient="P-001", scan=10)
    assert laid(1).entries[0].layer.kind == "heatmap"


def test_a_scan_taken_for_a_mask_is_one_of_the_next_patient_too(page, layering, look_at, laid, qtbot) -> None:
    look_at(patient="P-001", scan=10)
    layering.add(ScanWish("spect"))
    laid(1)
    choose(layering.panel.rows[ScanWish("spect")].editor.kind, "Mask")
    qtbot.waitUntil(lambda: layering.front.entries[0].layer.kind == "mask")
    look_at(patient="P-002")
    assert laid(1).entries[0].layer.kind == "mask"


def test_a_map_of_the_scan_is_a_map(page, layering, look_at, laid) -> None:
    look_at(patient="P-001", scan=10)
    layering.add_map()
    laid(1)
    assert not layering.panel.rows[MapWish("time")].editor.kind.isVisible()


def test_one_end_of_a_signed_range_moves_the_other(lay_file, layering, qtbot) -> None:
    values = np.random.default_rng(1).uniform(0, 5, mask().array.shape).astype(np.float32)
    row = lay_file(replace(mask(), array=values), "heatmap.nii")
    choose(row.editor.colours, "Diverging")
    overlay = layering.front.entries[0].layer.overlay
    assert overlay.low == -overlay.high
    row.editor.low.selectAll()
    qtbot.keyClicks(row.editor.low, "-2")
    qtbot.keyClick(row.editor.low, Qt.Key.Key_Return)
    overlay = layering.front.entries[0].layer.overlay
    assert (overlay.low, overlay.high) == (-2, 2)
    assert row.editor.high.value() == 2


def test_the_colour_bar_and_the_range_say_the_same(page, lay_file, layering, monkeypatch) -> None:
    values = np.random.default_rng(1).uniform(0, 2896.4, mask().array.shape).astype(np.float32)
    row = lay_file(replace(mask(), array=values), "map.nii")
    written: list[str] = []
    monkeypatch.setattr(layering.bar, "_write", lambda painter, words, right, middle: written.append(words))
    pixels(page.panes.front.view)
    assert {row.editor.low.text(), row.editor.high.text()} <= set(written)


def test_the_corner_and_the_window_panel_say_the_same(page, look_at) -> None:
    look_at(patient="P-001", scan=10)
    page.become(replace(page.panes.front.viewing, window=Window(250.5, 501)))
    panel = page.inspector().findChild(WindowPanel)
    words = legend(page.panes.front.viewing, (), Unsure(), None).bottom_right
    assert words == (f"W {panel.width_box.text()}  L {panel.level.text()}",)


def test_turning_the_wheel_over_a_row_changes_nothing(lay_file, layering) -> None:
    row = lay_file(mask(2))
    values = row.editor
    before = layering.front.entries[0].layer
    for box in (values.kind, values.colours, values.low, values.threshold):
        box.clearFocus()
        assert not wheel(box).isAccepted()
    assert layering.front.entries[0].layer is before


def wheel(over: QWidget) -> QWheelEvent:
    """One notch towards the user."""
    middle = QPointF(over.rect().center())
    no = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    notch = QPoint(0, -120)
    event = QWheelEvent(middle, middle, QPoint(), notch, *no, Qt.ScrollPhase.NoScrollPhase, False)
    over.wheelEvent(event)
    return event


def test_saving_maps_that_are_being_computed_computes_nothing_twice(
    page, layering, look_at, laid, qtbot, tmp_path, monkeypatch
) -> None:
    begun, released, computed = Event(), Event(), []

    def held(volume, control, report):
        computed.append(volume)
        begun.set()
        released.wait(20)
        return relaxation_maps(volume, control, report)

    monkeypatch.setattr("desktop.layers.maps_once.relaxation_maps", held)
    look_at(patient="P-001", scan=10)
    layering.add_map()
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(page.session.announced, timeout=20_000):
        layering.save_maps(tmp_path / "maps")
        released.set()
    laid(1)
    assert len(computed) == 1
    assert (tmp_path / "maps" / "P-001_T2_T2map_ms.nii.gz").exists()
