import gc
import threading
import time
import weakref
from collections.abc import Iterator

import numpy as np
import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import application
from desktop.garbage import SHARE, GarbageCollector, collect_here


class Ring(QWidget):
    """A widget that refers to itself, as those do that connect a signal to a lambda."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = lambda: self


class Large:
    """16 MB that refer to themselves."""

    def __init__(self, values: np.random.Generator) -> None:
        self.itself = self
        self.array = values.standard_normal(2_000_000)


def allocate() -> None:
    """Make far more containers than start an automatic collection."""
    kept = [[number] for number in range(50_000)]
    kept.clear()


MADE, BOUND_BYTES = 100, 600 << 20
"""What a thread makes in cycles, 1.6 GB in all, and how much of it may be there at once."""


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    yield collect_here(application())
    gc.unfreeze()


def test_a_widget_is_never_destroyed_by_another_thread(qtbot: QtBot) -> None:
    application()
    threads = []
    ring = Ring()
    ring.destroyed.connect(lambda: threads.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)
    alive = weakref.ref(ring)
    del ring
    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert alive() is not None
    gc.collect()
    assert threads == [threading.get_ident()]


def test_garbage_goes_by_itself_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    application()
    ring = weakref.ref(Ring())
    allocate()
    kept = [[number] for number in range(50_000)]
    qtbot.waitUntil(lambda: ring() is None)
    assert kept


def test_one_collector_serves_the_application() -> None:
    app = application()
    assert application() is app
    assert len(app.findChildren(GarbageCollector)) == 1
    assert isinstance(app, QApplication)
    assert not gc.isenabled()


def test_what_a_thread_makes_in_cycles_does_not_pile_up(collector: GarbageCollector, qtbot: QtBot) -> None:
    values, resident = np.random.default_rng(0), psutil.Process().memory_info
    before, most = resident().rss, [0]

    def work() -> None:
        for _ in range(MADE):
            Large(values)
            most[0] = max(most[0], resident().rss)

    worker = threading.Thread(target=work)
    worker.start()
    qtbot.waitUntil(lambda: not worker.is_alive(), timeout=30_000)
    assert most[0] < before + BOUND_BYTES


def test_what_is_kept_is_passed_over_until_it_goes(collector: GarbageCollector) -> None:
    cohort = [[number] for number in range(50_000)]
    collector.keep()
    assert gc.get_freeze_count() > len(cohort)
    assert len(gc.get_objects()) < 10_000
    cohort.clear()
    collector.keep()
    assert gc.get_freeze_count() > 0


def test_garbage_is_not_kept(collector: GarbageCollector) -> None:
    ring, later = weakref.ref(Ring()), Ring()
    collector.keep()
    assert ring() is None
    gone = weakref.ref(later)
    del later
    gc.collect()
    assert gone() is not None
    collector.keep()
    assert gone() is None


def test_looking_through_everything_takes_a_small_part_of_the_time(
    collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = time.monotonic() + 1e6
    clock, spans = [begun], []

    def collect(generation: int = 2) -> int:
        spans.append(0.5 if generation == 2 else 0.0)
        clock[0] += spans[-1]
        return 10_000

    monkeypatch.setattr("desktop.garbage.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("desktop.garbage.gc.collect", collect)
    monkeypatch.setattr("desktop.garbage.gc.get_count", lambda: (10_000, 0, 0))
    for _ in range(5_000):
        clock[0] += 0.01
        collector.collect()
    assert 0 < sum(spans) <= (clock[0] - begun) / SHARE


def test_what_is_there_is_kept_a_moment_after_it_came(collector: GarbageCollector, qtbot: QtBot) -> None:
    gc.unfreeze()
    before = gc.get_freeze_count()
    collector.keep_soon()
    assert gc.get_freeze_count() == before
    qtbot.waitUntil(lambda: gc.get_freeze_count() > before)


def test_what_came_in_a_mass_is_passed_over_unseen_and_garbage_among_it_goes_later(
    collector: GarbageCollector,
) -> None:
    ring = weakref.ref(Ring())
    cohort = [[number] for number in range(50_000)]
    collector.pass_over()
    assert ring() is not None
    assert gc.get_freeze_count() > len(cohort)
    collector.keep()
    assert ring() is None


def test_a_mass_that_comes_is_passed_over_and_no_look_at_it_takes_long(collector: GarbageCollector) -> None:
    ring = weakref.ref(Ring())
    cohort, longest = list[list[list[int]]](), 0.0
    for _ in range(20):
        cohort.append([[number] for number in range(100_000)])
        begun = time.thread_time()
        collector.look()
        longest = max(longest, time.thread_time() - begun)
    assert longest < 0.25
    assert gc.get_freeze_count() > 1_000_000
    cohort.clear()
    collector.keep()
    assert ring() is None
