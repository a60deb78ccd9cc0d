"""Figures in words."""

import pytest

from engine.measure import RegionFigures, mean_words, plain


@pytest.mark.parametrize(
    ("value", "digits", "told"),
    [
        (6460.4, 4, "6460"), (13190.2, 4, "13190"), (3751.2, 3, "3751"), (812.0, 4, "812"), (43.21, 3, "43.2"),
        (0.0, 4, "0"), (-120.0, 4, "-120"), (0.012343, 4, "0.01234"), (99999.6, 4, "100000"), (float("nan"), 4, "nan"),
    ],
)  # fmt: skip
def test_numbers_are_never_told_as_powers_of_ten(value: float, digits: int, told: str) -> None:
    assert plain(value, digits) == told


def test_a_great_mean_and_its_spread_are_told_in_full() -> None:
    assert mean_words(RegionFigures(0, None, 9, 0, 6460.2, 3750.9)) == "6460 ± 3751"


def test_no_mean_is_no_words() -> None:
    assert mean_words(None) == mean_words(RegionFigures(0, None, 0, 4)) == ""
