"""The fault of PySide6 that decides which version is pinned."""

import sys

from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    sent = Signal(object)


def test_emitting_keeps_the_references_to_true() -> None:
    sender = Sender()
    sender.sent.connect(lambda value: value)
    before = sys.getrefcount(True)
    for _ in range(50):
        sender.sent.emit(True)
    assert abs(sys.getrefcount(True) - before) < 10
