"""How the bar shares its width."""

import pytest

from desktop.comparing.room import LEAST_NAME, MOST_TRACK, Shares, Wanted, shared

ALL = Wanted(title=80, name=120, note=200, short=70)


@pytest.mark.parametrize(
    ("room", "wanted", "expected"),
    [
        (400, ALL, Shares(120, 0, True, "whole")),
        (330, ALL, Shares(120, 0, False, "whole")),
        (280, ALL, Shares(120, 0, True, "short")),
        (200, ALL, Shares(120, 0, False, "short")),
        (150, ALL, Shares(120, 0, False, "below")),
        (90, ALL, Shares(90, 0, False, "below")),
        (10, ALL, Shares(LEAST_NAME, 0, False, "below")),
        (400, Wanted(80, 120, track=True), Shares(120, MOST_TRACK, True, "whole")),
        (190, Wanted(80, 120, track=True), Shares(120, 70, False, "whole")),
    ],
)
def test_the_narrower_it_is_the_less_is_said(room: int, wanted: Wanted, expected: Shares) -> None:
    assert shared(room, wanted) == expected
