"""Badges: as many words as fit, and never a bare number where a word could be seen."""

import pytest
from PySide6.QtGui import QFont

from desktop.widgets.marks import badges_width, shortened

WORDS = ("a very long name of a series", "T2", "T1")


def font() -> QFont:
    return QFont("DejaVu Sans", 10)


def test_all_are_shown_where_there_is_room(qapp: object) -> None:
    assert shortened(WORDS, font(), 2000) == WORDS


@pytest.mark.parametrize("width", [90, 120, 150])
def test_a_long_first_word_is_cut_before_it_becomes_a_number(qapp: object, width: int) -> None:
    shown = shortened(WORDS, font(), width)
    assert (shown[0].endswith("…"), shown[1]) == (True, "+2")
    assert badges_width(font(), shown) <= width


def test_where_no_letters_fit_only_the_number_is_shown(qapp: object) -> None:
    assert shortened(WORDS, font(), 45) == ("+3",)


def test_who_has_no_scan_has_no_badge(qapp: object) -> None:
    assert shortened((), font(), 60) == ()
