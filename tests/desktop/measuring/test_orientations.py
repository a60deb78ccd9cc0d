"""Shapes stay where they were drawn in the patient, however the picture is hung, turned, cut or zoomed."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from desktop.measuring.painting import LINE
from desktop.pages.view.measuring import Measuring
from desktop.viewer.gestures import mirrored, rotated
from desktop.viewer.layouts import LAYOUTS
from engine.imaging.volume import Facts, Volume
from engine.pictures.camera import Camera
from engine.pictures.viewing import Viewing
from tests.desktop.measuring.conftest import BALL_MM, Opened, ball
from tests.desktop.measuring.hand import coloured, drag, ends_of_ball, shape_of, take, the_only, view_of
from tests.desktop.viewer.screen import seen


def tilted() -> Volume:
    """The ball of 24 mm in a block that was acquired 20 degrees askew."""
    angle = np.deg2rad(20)
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    shape = (40, 40, 20)
    affine = np.eye(4)
    affine[:3, :3] = turn @ np.diag([1.0, 1.0, 2.0])
    affine[:3, 3] = -affine[:3, :3] @ ((np.array(shape) - 1) / 2)
    z, y, x = np.indices(shape[::-1])
    world = np.tensordot(affine, np.stack([x, y, z, np.ones_like(x)]), 1)[:3]
    array = np.where(np.linalg.norm(world, axis=0) <= BALL_MM / 2, 1000.0, 100.0).astype(np.float32)
    return Volume(array[np.newaxis], affine, facts=Facts("nifti", "MR"))


def measure_ball(measuring: Measuring) -> float:
    take(measuring, "distance")
    drag(view_of(measuring), *ends_of_ball(view_of(measuring), down=False))
    measuring.tool_actions.put_away()
    return shape_of(the_only(measuring)).length_mm or 0.0


def test_a_tilted_scan_is_measured_along_its_own_axes_and_the_patients(show: Opened) -> None:
    measuring = show(tilted())
    assert measure_ball(measuring) == pytest.approx(BALL_MM, abs=1.0)
    measuring.board.delete((the_only(measuring),))
    measuring.page.commands.oblique.trigger()
    assert seen(view_of(measuring)).plane.resliced
    assert measure_ball(measuring) == pytest.approx(BALL_MM, abs=1.0)


def test_what_was_drawn_along_other_axes_is_not_painted(show: Opened) -> None:
    measuring = show(tilted())
    coronal = next(each for each in _linked(measuring) if each.plane.name == "coronal")
    measuring.page.become(coronal)
    measure_ball(measuring)
    assert coloured(view_of(measuring), LINE) > 100
    measuring.page.commands.oblique.trigger()
    assert coloured(view_of(measuring), LINE) == 0
    measuring.page.commands.oblique.trigger()
    assert coloured(view_of(measuring), LINE) > 100


@pytest.mark.parametrize("change", [rotated, mirrored, lambda viewing: replace(viewing, camera=Camera(1.5, 3, -2))])
def test_a_shape_stays_on_what_it_was_drawn_on(show: Opened, change) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    measure_ball(measuring)
    measuring.page.become(change(seen(view)))
    drawn = shape_of(the_only(measuring))
    plane, placement = seen(view).plane, view.placement
    ends = {tuple(round(value) for value in placement.to_screen(*plane.of_world(p)[:2])) for p in drawn.points}
    found = ends_of_ball_now(measuring, down=change is rotated)
    for x, y in ends:
        assert min((QPoint(x, y) - each).manhattanLength() for each in found) <= 4


def test_the_other_side_of_the_patient_shows_the_same_shape(show: Opened) -> None:
    measuring = show(ball())
    measure_ball(measuring)
    before = coloured(view_of(measuring), LINE)
    measuring.page.commands.side.trigger()
    assert coloured(view_of(measuring), LINE) == pytest.approx(before, rel=0.1)


def test_a_shape_is_drawn_and_painted_in_any_plane(show: Opened) -> None:
    measuring = show(ball())
    measuring.page.lay_out(LAYOUTS[-1])
    for cell in measuring.page.panes.front.planes.cells:
        take(measuring, "ellipse")
        drag(cell.view, QPoint(80, 300), QPoint(100, 320), QPoint(150, 360))
        measuring.tool_actions.put_away()
        measuring.board.select(None)
        assert coloured(cell.view, LINE) > 60


def ends_of_ball_now(measuring: Measuring, *, down: bool) -> tuple[QPoint, QPoint]:
    """Where the ball ends, with nothing drawn over it."""
    measuring.board.delete((the_only(measuring),))
    found = ends_of_ball(view_of(measuring), down=down)
    measuring.page.session.edits.undo()
    return found


def _linked(measuring: Measuring) -> tuple[Viewing, ...]:
    linked = measuring.page.panes.front.planes.linked
    assert linked is not None
    return linked.viewings
