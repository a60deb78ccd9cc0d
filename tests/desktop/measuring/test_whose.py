"""Where several scans are looked at, figures say whose they are, and tell those of what lies on top."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from desktop.measuring.whose import is_overlaid, short_owner
from desktop.pages.view.measuring import Measuring
from engine.imaging.volume import FrameAxis, Volume
from engine.measure import figures
from engine.pictures.layer import Layer
from engine.pictures.layer_of import layer_of_volume
from tests.desktop.measuring.conftest import Opened, ball
from tests.desktop.measuring.hand import drag, shape_of, take, the_only, view_of
from tests.desktop.viewer.screen import seen

WIDEST = 256


def draw(measuring: Measuring) -> None:
    take(measuring, "rectangle")
    drag(view_of(measuring), QPoint(300, 300), QPoint(350, 330), QPoint(400, 380))
    measuring.tool_actions.put_away()


def times(volume: Volume) -> Volume:
    """A map in ms that grows from left to right, without values in every third row."""
    grid = np.broadcast_to(np.arange(volume.shape_xyz[0], dtype=np.float32), volume.array.shape[1:]).copy()
    grid[:, ::3] = np.nan
    return replace(volume, array=grid[np.newaxis], frame_axis=FrameAxis())


def lay(measuring: Measuring, *layers: Layer) -> None:
    measuring.page.panes.front.planes.lay_over(layers)


def volume_of(measuring: Measuring) -> Volume:
    return seen(view_of(measuring)).volume


def test_the_area_tells_what_the_map_over_the_scan_has_there(show: Opened, qtbot) -> None:
    measuring = show(ball())
    draw(measuring)
    volume = volume_of(measuring)
    over = layer_of_volume(times(volume), "T1", "map", volume, unit="ms")
    place = measuring.overview.panel.region.layer
    lay(measuring, over)
    told = place.table.figures
    qtbot.waitUntil(lambda: not place.isHidden() and told["Mean"].text() not in ("", "…"))
    assert place.whose.text() == "Values of the T1 map (ms)"
    (frame,) = figures(shape_of(the_only(measuring)), over.overlay.volume).frames
    assert frame.mean is not None
    assert float(told["Mean"].text()) == pytest.approx(frame.mean, rel=1e-3)
    assert frame.left_out > 0
    assert told["Voxels"].text() == str(frame.count)
    assert place.note.text() == f"Left out without a value: {frame.left_out}"
    lay(measuring)
    qtbot.waitUntil(place.isHidden)


def test_figures_say_whose_they_are_only_while_something_lies_over_the_scan(show: Opened, qtbot) -> None:
    measuring = show(ball(frames=4))
    draw(measuring)
    whose = measuring.overview.panel.whose
    measuring.overview.refresh()
    assert whose.isHidden()
    volume = volume_of(measuring)
    lay(measuring, layer_of_volume(times(volume), "T1", "map", volume, unit="ms"))
    qtbot.waitUntil(lambda: not whose.isHidden())
    frame = seen(view_of(measuring)).frame
    assert whose.text() == f"Values of P-001 BALL, TE {25 * (frame + 1)} ms"
    scan = measuring.page.panes.front.scan
    assert scan is not None
    assert is_overlaid(seen(view_of(measuring)))
    assert short_owner(scan, seen(view_of(measuring))) == f"BALL, TE {25 * (frame + 1)} ms"


def test_a_mask_over_the_scan_has_no_figures(show: Opened) -> None:
    measuring = show(ball())
    draw(measuring)
    volume = volume_of(measuring)
    mask = replace(volume, array=(volume.array > 500).astype(np.uint8))
    lay(measuring, layer_of_volume(mask, "block", "mask", volume))
    measuring.overview.refresh()
    assert measuring.overview.panel.region.layer.isHidden()
    assert measuring.overview.panel.whose.isHidden()


def test_the_map_of_another_grid_is_measured_where_its_affine_puts_it(show: Opened, qtbot) -> None:
    measuring = show(ball())
    draw(measuring)
    volume = volume_of(measuring)
    finer = replace(times(volume), affine=volume.affine @ np.diag([0.5, 0.5, 1.0, 1.0]))
    lay(measuring, layer_of_volume(finer, "T2", "map", unit="ms"))
    place = measuring.overview.panel.region.layer
    qtbot.waitUntil(lambda: place.whose.text().startswith("Values of the T2 map"))
    qtbot.waitUntil(lambda: place.table.figures["Voxels"].text() not in ("", "…"))
    found = figures(shape_of(the_only(measuring)), finer)
    assert place.table.figures["Voxels"].text() == str(found.frames[0].count)


def test_nothing_in_the_panel_is_wider_than_the_inspector(show: Opened, qtbot) -> None:
    measuring = show(ball())
    draw(measuring)
    volume = volume_of(measuring)
    lay(measuring, layer_of_volume(times(volume), "T1", "map", volume, unit="ms"))
    place = measuring.overview.panel.region.layer
    qtbot.waitUntil(lambda: not place.note.isHidden())
    assert measuring.overview.panel.minimumSizeHint().width() < WIDEST
