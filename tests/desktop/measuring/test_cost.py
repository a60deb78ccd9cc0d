"""Shapes in other slices cost nothing that could be noticed, and nothing waits for great areas."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF

from desktop.measuring.in_slice import slice_plane
from desktop.measuring.painting import label_box
from desktop.pages.view.measuring import Measuring
from engine.imaging.volume import Facts, FrameAxis, Volume
from engine.measure import Distance
from tests.desktop.measuring.conftest import Opened, ball
from tests.desktop.measuring.hand import drag, on_screen, shapes, take, view_of
from tests.desktop.viewer.screen import seen, turn

MANY = 50


def shortest(act: Callable[[], object], times: int = 40) -> float:
    """The least time of several, in ms: what else runs on this machine only adds."""
    spans = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        spans.append(time.perf_counter() - begun)
    return 1000 * min(spans)


def fill_another_slice(measuring: Measuring) -> None:
    viewing = seen(view_of(measuring))
    scan = measuring.page.panes.front.scan
    assert scan is not None
    for number in range(MANY):
        index = (viewing.index + 1 + number % 5) % viewing.plane.count
        ends = tuple(viewing.plane.to_world(5 + number / 2, row, index) for row in (5, 20))
        measuring.board.draw(scan.id, Distance(slice_plane(viewing.plane, index), ends))
    measuring.board.select(None)
    measuring.page.session.bridge.settle(10)


def test_painting_is_as_quick_with_fifty_shapes_in_other_slices(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)
    before = shortest(view.grab)
    fill_another_slice(measuring)
    assert len(shapes(measuring)) == MANY
    assert shortest(view.grab) < before + 1.0


def test_turning_slices_sorts_shapes_once_only(show: Opened) -> None:
    measuring = show(ball())
    view = view_of(measuring)

    def there_and_back() -> None:
        for way in (-1, 1):
            turn(view, way)
            view.grab()

    before = shortest(there_and_back)
    fill_another_slice(measuring)
    assert shortest(there_and_back) < before + 2.0


def test_the_hand_does_not_wait_for_a_great_area_of_many_frames(show: Opened, qtbot) -> None:
    array = np.random.default_rng(0).random((60, 3, 256, 256)).astype(np.float32)
    axis = FrameAxis("time", tuple(1000.0 * n for n in range(60)))
    measuring = show(Volume(array, np.diag([1.0, 1.0, 5.0, 1.0]), axis, Facts("nifti", "MR")))
    view = view_of(measuring)
    take(measuring, "rectangle")
    end = on_screen(view, 250, 250)
    drag(view, on_screen(view, 5, 5), on_screen(view, 100, 100), end)
    (drawn,) = shapes(measuring)
    begun = time.perf_counter()
    drag(view, end, *(end - QPoint(5 * n, 4 * n) for n in range(1, 21)))
    assert time.perf_counter() - begun < 1.0
    now = shapes(measuring)[0]
    assert now.shape != drawn.shape
    qtbot.waitUntil(lambda: measuring.values.settled(now), timeout=20_000)


@pytest.mark.parametrize("x", [-30.0, 5.0, 150.0, 330.0])
@pytest.mark.parametrize("y", [2.0, 100.0, 199.0])
def test_labels_do_not_leave_the_view(x: float, y: float) -> None:
    area = QRectF(0, 0, 300, 200)
    box = label_box(QSizeF(120, 19), [QPointF(x, y), QPointF(x + 20, y)], area)
    assert area.contains(box)


def test_labels_make_way_for_each_other() -> None:
    area, size = QRectF(0, 0, 300, 200), QSizeF(80, 19)
    first = label_box(size, [QPointF(100, 100), QPointF(120, 100)], area)
    second = label_box(size, [QPointF(100, 105), QPointF(120, 105)], area, [first])
    assert not first.intersects(second)
