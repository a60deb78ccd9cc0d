import gc
import threading
import weakref

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import application
from desktop.garbage import GarbageCollector


class Ring(QWidget):
    """A widget that refers to itself, as those do that connect a signal to a lambda."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = lambda: self


def allocate() -> None:
    """Make far more containers than start an automatic collection."""
    kept = [[number] for number in range(50_000)]
    kept.clear()


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
