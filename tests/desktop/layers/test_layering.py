import gc
import weakref

import numpy as np
from PySide6.QtCore import Qt

from desktop.layers.wish import MapWish, ScanWish
from engine.imaging import read
from engine.imaging.writer import write_nifti
from engine.maps import relaxation_maps
from tests.desktop.layers.conftest import far_away, let_die, mask, shown_layers
from tests.desktop.viewer.screen import pixels
from tests.helpers.volumes import echoes

LEFT = Qt.MouseButton.LeftButton


def test_a_map_of_the_scan_is_computed_as_a_job_and_shown_over_it(
    page, layering, look_at, laid, qtbot, patient_maps
) -> None:
    look_at(patient="P-001", scan=10)
    before = pixels(page.panes.front.view)
    with qtbot.waitSignal(page.session.bridge.job_started) as started:
        layering.commands.map.trigger()
    assert started.args[0].title == "T2 map of P-001 T2"
    patient_maps.set()
    entry = laid(1).entries[0]
    assert entry.title == "T2 (ms)"
    expected = relaxation_maps(page.panes.front.loaded.volume).time.array
    assert np.array_equal(entry.layer.overlay.volume.array, expected, equal_nan=True)
    assert not np.array_equal(pixels(page.panes.front.view), before)


def test_the_other_maps_come_without_computing_again(page, layering, look_at, laid, qtbot) -> None:
    look_at(patient="P-001", scan=10)
    layering.add_map()
    laid(1)
    layering.add(MapWish("goodness"))
    assert [entry.title for entry in layering.front.entries] == ["T2 (ms)", "Goodness of fit R²"]
    assert len(shown_layers(page)) == 2


def test_another_scan_of_the_patient_is_laid_over_where_it_lies(page, layering, look_at, laid) -> None:
    look_at(patient="P-001", scan=10)
    layering.add(ScanWish("spect"))
    layer = laid(1).entries[0].layer
    assert layer.overlay.volume.shape_xyz == (16, 16, 8)
    assert (layer.kind, layer.overlay.colour_map) == ("scan", "hot")


def test_scans_and_maps_follow_to_the_next_patient_and_files_do_not(page, layering, look_at, laid, tmp_path) -> None:
    write_nifti(mask(), tmp_path / "mask.nii")
    look_at(patient="P-001", scan=10)
    layering.add(ScanWish("spect"))
    layering.add_map()
    layering.add_file(tmp_path / "mask.nii")
    first = laid(3).volume
    look_at(patient="P-002")
    second = laid(2)
    assert second.volume is not first
    assert [entry.name for entry in second.entries] == ["spect", "T2"]
    look_at(patient="P-001")
    assert [entry.name for entry in laid(3).entries] == ["spect", "T2", "mask.nii"]


def test_a_patient_without_that_scan_says_so_in_the_panel(page, layering, look_at, laid) -> None:
    look_at(patient="P-001", scan=10)
    layering.add(ScanWish("spect"))
    laid(1)
    look_at(patient="P-003")
    assert shown_layers(page) == ()
    row = layering.panel.rows[ScanWish("spect")]
    assert row.told.text() == "This patient has no other scan spect."


def test_how_a_layer_looks_is_kept_for_the_next_patient_and_what_nobody_touched_suits_each(
    page, layering, look_at, laid
) -> None:
    look_at(patient="P-001", scan=10)
    layering.add_map()
    laid(1)
    layering.panel.altered.emit(MapWish("time").key, {"opacity": 0.25, "colour_map": "magma"})
    look_at(patient="P-002")
    overlay = laid(1).entries[0].layer.overlay
    assert (overlay.opacity, overlay.colour_map) == (0.25, "magma")


def test_a_file_that_cannot_be_read_is_said_with_its_reason_and_leaves_no_row(
    page, layering, look_at, qtbot, tmp_path
) -> None:
    (tmp_path / "hopeless.nii").write_bytes(b"nothing of the kind")
    look_at(patient="P-001", scan=10)
    with qtbot.waitSignal(page.session.failed) as failed:
        layering.add_file(tmp_path / "hopeless.nii")
    assert "hopeless.nii" in str(failed.args[0])
    assert layering.panel.rows == {}


def test_a_file_that_lies_beside_the_scan_is_not_shown(page, layering, look_at, qtbot, tmp_path) -> None:
    write_nifti(far_away(), tmp_path / "far.nii")
    look_at(patient="P-001", scan=10)
    with qtbot.waitSignal(page.session.failed) as failed:
        layering.add_file(tmp_path / "far.nii")
    assert "lies beside the scan" in str(failed.args[0])
    assert shown_layers(page) == ()


def test_space_hides_all_layers_and_shows_them_again(page, layering, look_at, laid, qtbot) -> None:
    look_at(patient="P-001", scan=10)
    page.addActions(layering.actions())
    page.activateWindow()
    page.panes.front.view.setFocus()
    qtbot.waitUntil(page.panes.front.view.hasFocus)
    plain = pixels(page.panes.front.view)
    layering.add(ScanWish("spect"))
    laid(1)
    covered = pixels(page.panes.front.view)
    assert not np.array_equal(covered, plain)
    qtbot.keyClick(page.panes.front.view, Qt.Key.Key_Space)
    assert np.array_equal(pixels(page.panes.front.view), plain)
    qtbot.keyClick(page.panes.front.view, Qt.Key.Key_Space)
    assert np.array_equal(pixels(page.panes.front.view), covered)


def test_the_maps_are_saved_as_the_engine_computes_them(page, layering, look_at, qtbot, tmp_path) -> None:
    look_at(patient="P-001", scan=10)
    said: list[str] = []
    page.session.announced.connect(said.append)
    with qtbot.waitSignal(page.session.announced, timeout=20_000):
        layering.save_maps(tmp_path / "maps")
    path = tmp_path / "maps" / "P-001_T2_T2map_ms.nii.gz"
    expected = relaxation_maps(page.panes.front.loaded.volume).time.array
    assert np.array_equal(read(path).array, expected, equal_nan=True)
    assert str(tmp_path / "maps") in said[-1]
    with qtbot.waitSignal(page.session.announced, timeout=20_000):
        layering.save_maps(tmp_path / "maps")
    assert (tmp_path / "maps" / "P-001_T2-2_T2map_ms.nii.gz").exists()


def test_ending_the_job_takes_the_map_away_and_nobody_waits_for_it(
    page, layering, look_at, qtbot, patient_maps
) -> None:
    look_at(patient="P-001", scan=10)
    layering.add_map()
    assert layering.panel.rows[MapWish("time")].told.text() == "On its way…"
    qtbot.waitUntil(lambda: bool(page.session.bridge.jobs))
    page.session.bridge.jobs[0].cancel()
    patient_maps.set()
    qtbot.waitUntil(lambda: layering.panel.rows == {})
    assert page.session.bridge.jobs == []


def test_another_patient_does_not_wait_for_the_maps_of_the_one_before(
    page, layering, look_at, laid, qtbot, patient_maps
) -> None:
    look_at(patient="P-001", scan=10)
    layering.add_map()
    look_at(patient="P-002")
    assert page.panes.front.viewing is not None
    assert shown_layers(page) == ()
    patient_maps.set()
    assert laid(1).scan.patient == "P-002"


def test_nothing_is_kept_of_a_scan_that_is_gone(page, layering, look_at, laid, tmp_path) -> None:
    write_nifti(mask(), tmp_path / "mask.nii")
    look_at(patient="P-001", scan=10)
    layering.add(ScanWish("spect"))
    layering.add_map()
    layering.add_file(tmp_path / "mask.nii")
    laying = laid(3)
    gone = [weakref.ref(entry.layer.overlay.volume.array) for entry in laying.entries if entry.layer is not None]
    gone += [weakref.ref(laying.volume.array), weakref.ref(laying.mapped.maps.rate.array)]
    layering.remove_all()
    del laying
    look_at(patient="P-003")
    let_die()
    gc.collect()
    assert [each() is None for each in gone] == [True] * 5


def test_of_a_layer_with_other_frames_than_the_scan_the_shown_one_is_named(
    page, layering, look_at, laid, tmp_path
) -> None:
    write_nifti(echoes(frames=3), tmp_path / "three.nii")
    look_at(patient="P-001", scan=10)
    layering.add_file(tmp_path / "three.nii")
    assert laid(1).entries[0].title == "three.nii · TE 25 ms"
