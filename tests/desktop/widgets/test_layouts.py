import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.flow import Flow
from desktop.widgets.text import Elided
from desktop.widgets.tiles import Tiles, discard_all


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def filled(layout: Tiles | Flow, widths: list[int]) -> list[QLabel]:
    labels = [QLabel() for _ in widths]
    for label, width in zip(labels, widths, strict=True):
        label.setMinimumSize(width, 20)
        layout.addWidget(label)
    return labels


@pytest.mark.parametrize(("width", "columns"), [(90, 1), (210, 2), (500, 3)])
def test_tiles_are_as_many_beside_each_other_as_fit(host: QWidget, width: int, columns: int) -> None:
    labels = filled(Tiles(100, 3, 10, host), [10] * 6)
    host.resize(width, 300)
    host.show()
    assert len({label.x() for label in labels}) == columns
    assert len({label.width() for label in labels}) == 1


def test_a_flow_breaks_where_the_next_would_not_fit(host: QWidget) -> None:
    labels = filled(Flow(host, 4), [60, 60, 60])
    host.resize(130, 100)
    host.show()
    assert [(label.x(), label.y()) for label in labels] == [(0, 0), (64, 0), (0, 24)]


def test_a_discarded_widget_is_gone(qtbot: QtBot, host: QWidget) -> None:
    layout = Flow(host)
    (label,) = filled(layout, [10])
    with qtbot.waitSignal(label.destroyed):
        discard_all(layout)
    assert layout.count() == 0


def test_what_is_cut_is_said_in_full_on_hovering(qtbot: QtBot) -> None:
    label = Elided("/data/a/very/long/path/to/knees", cut=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert "…" in label.shown_text()
    assert label.toolTip() == label.text()
    label.resize(1000, 20)
    assert label.toolTip() == ""
