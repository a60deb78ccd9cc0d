"""The bar over the pictures: nothing of it is cut off, however narrow it is."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.comparing.bar import CompareBar
from desktop.comparing.comparison import Comparison, How, Other
from desktop.comparing.laying import LINKED
from engine.cohort.cohort import Scan
from engine.imaging.source import ScanSource

OTHER = Other(Scan(1, "P-002", "T1", ScanSource("nifti", ()), "nifti", (8, 8, 4), 1, ""))
LONG = "P-002 with a long name T1"
NARROW, USUAL, WIDE = 430, 610, 1100


@pytest.fixture
def bar(qtbot: QtBot, qapp) -> Iterator[CompareBar]:
    theme.apply(qapp, "dark")
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(WIDE, 100)
    host.show()
    yield CompareBar(host)
    host.close()


def show(bar: CompareBar, width: int, how: How = "beside", note: str = "", name: str = LONG) -> None:
    bar.say(note)
    bar.resize(width, 40)
    bar.show_comparison(Comparison(OTHER, how), name)
    bar.resize(width, bar.sizeHint().height())
    layout = bar.layout()
    assert layout is not None
    layout.activate()


@pytest.mark.parametrize("width", [NARROW, USUAL, WIDE])
@pytest.mark.parametrize("how", ["beside", "swipe"])
def test_all_parts_have_their_room_and_none_lies_on_another(bar, width: int, how: How) -> None:
    show(bar, width, how)
    parts = [bar.title, bar.chooser, *bar.ways.values(), bar.track, bar.note.beside, bar.end]
    seen = [part for part in parts if part.isVisible()]
    for left, right in pairwise(seen):
        assert left.geometry().right() < right.geometry().left()
    assert seen[-1].geometry().right() < width
    assert all(button.width() >= button.sizeHint().width() for button in bar.ways.values())


def test_that_two_scans_are_not_registered_can_be_read_at_any_width(bar) -> None:
    told = set()
    for width in range(WIDE, NARROW, -10):
        show(bar, width, note=LINKED, name="P-002 T1")
        beside, below = bar.note.beside, bar.note.below
        assert beside.width() >= beside.fontMetrics().horizontalAdvance(beside.text())
        assert beside.isVisible() == bool(beside.text())
        assert beside.text() in (LINKED, "Not registered") or below.shown_text() == LINKED
        assert beside.toolTip() == (LINKED if beside.text() == "Not registered" else "")
        told.add(beside.text() or below.shown_text())
    assert told == {LINKED, "Not registered"}
