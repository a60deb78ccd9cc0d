"""Shapes in other slices cost nothing that could be noticed, and nothing waits for great areas."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Semaphore

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF

from desktop.bridge import WORKERS
from desktop.measuring.in_slice import slice_plane
from desktop.measuring.kept_free import kept_free
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


@contextmanager
def nobody_at_work(measuring: Measuring) -> Iterator[None]:
    """Meanwhile no work gets done off the GUI thread: who waits for any waits in vain."""
    go_on, held = Event(), Semaphore(0)

    def hold() -> None:
        held.release()
        go_on.wait()

    for _ in range(WORKERS):
        measuring.page.session.bridge.submit(hold)
    for _ in range(WORKERS):
        held.acquire()
    try:
        yield
    finally:
        go_on.set()


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
    with nobody_at_work(measuring):
        drag(view, end, *(end - QPoint(5 * n, 4 * n) for n in range(1, 21)))
        now = shapes(measuring)[0]
        assert now.shape != drawn.shape
        assert not measuring.values.settled(now)
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


@pytest.mark.parametrize("shape", [(300.0, 380.0), (20.0, 590.0)])
def test_labels_leave_letters_and_corners_free_where_they_can(shape: tuple[float, float]) -> None:
    area, low, high = QRectF(0, 0, 600, 600), *shape
    kept = [QRectF(*place, 20, 20) for place in ((8, 290), (572, 290), (290, 8), (290, 572))]
    kept += [QRectF(8, 8, 240, 60), QRectF(492, 8, 100, 40), QRectF(8, 552, 100, 40), QRectF(442, 552, 150, 40)]
    points = [QPointF(x, y) for x in (low, high) for y in (low, high)]
    box = label_box(QSizeF(120, 19), points, area, (), (), kept)
    assert area.contains(box)
    assert not any(map(box.intersects, kept))


def test_what_is_kept_free_is_where_the_picture_is_written_on(show: Opened) -> None:
    view = view_of(show(ball()))
    boxes = kept_free(view)
    written = [box for box in boxes if not box.isEmpty()]
    assert len(written) >= 4 + len(view.names) + 2
    assert all(QRectF(view.rect()).contains(box) for box in written)
