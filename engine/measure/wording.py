"""Figures in words: with as many digits as say something, and never as a power of ten."""

import math

from engine.measure.region import RegionFigures

_DIGITS, _OF_A_SPREAD = 4, 3
_SMALLEST, _GREATEST = 1e-6, 1e15


def plain(value: float, digits: int = _DIGITS) -> str:
    """A number to so many digits, those before the point always in full: "6460", "13190", "0.0123"."""
    size = abs(value)
    if not math.isfinite(value) or not (_SMALLEST <= size < _GREATEST):
        return f"{value:.{digits}g}"
    places = max(digits - 1 - math.floor(math.log10(size)), 0)
    words = f"{value:.{places}f}"
    return words.rstrip("0").rstrip(".") if places else words


def mean_words(frame: RegionFigures | None) -> str:
    """The mean, with the standard deviation where there is one: "812 ± 43"; empty where there is no value."""
    if frame is None or frame.mean is None:
        return ""
    return plain(frame.mean) + ("" if frame.sd is None else f" ± {plain(frame.sd, _OF_A_SPREAD)}")
