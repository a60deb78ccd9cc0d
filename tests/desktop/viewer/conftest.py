"""A view that is really painted."""

import pytest
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.app import application
from desktop.viewer.slice_view import SliceView

SIDE = 400


@pytest.fixture
def view(qtbot: QtBot) -> SliceView:
    """A slice view of 400 x 400 pixels on the screen, empty."""
    theme.apply(application(), "dark")
    made = SliceView()
    qtbot.addWidget(made)
    made.resize(SIDE, SIDE)
    with qtbot.waitExposed(made):
        made.show()
    return made
