"""Where the texts in the corners of a picture stand: never over each other or over the letters of the edges."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from desktop.theme import SIZES
from desktop.viewer.plates import PAD
from engine.pictures.legend import Legend

NARROW = 420
NARROWEST = 240
LOW = 160
GAP = 4
KEPT = 100
SAMPLE = "Mg 0.5"  # how wide it is tells one font from another
LETTER = SIZES.section + 2 * PAD
NUMBER_CUT = re.compile(r"(\d[.,]?|[-/·]| [A-Z])…$")
BEFORE_LAST = re.compile(r"[ ·]+[^ ]*…$")


@dataclass(frozen=True)
class Text:
    """Words, cut short where there is no room for them, and the box that they fill."""

    words: str
    box: QRectF


@dataclass(frozen=True)
class Corners:
    """The texts, and how far `above` the lower edge there is room for something else at the right."""

    texts: tuple[Text, ...]
    above: float


_kept: dict[tuple[Legend, object, float, float], Corners] = {}


def corners_of(legend: Legend, area: QRect, metrics: QFontMetricsF) -> Corners:
    """Each text of a legend that fits the area in its place; kept, for most stay from one paint to the next.

    The lower right corner makes way for the lower left one in a narrow view.
    """
    key = (legend, area.getRect(), metrics.height(), metrics.horizontalAdvance(SAMPLE))
    if key not in _kept:
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = _corners(legend, area, metrics)
    return _kept[key]


def _corners(legend: Legend, area: QRect, metrics: QFontMetricsF) -> Corners:
    inner = QRectF(area.adjusted(SIZES.s, SIZES.s, -SIZES.s, -SIZES.s))
    line = metrics.height() + PAD
    shown = fitted(legend, area, line)
    half = inner.width() / 2 - LETTER / 2 - GAP
    below = inner.width() if is_narrow(area) else half
    rows = rows_above(area, line)
    first = _first_row(shown.top_right, half, rows, metrics)
    right_top = list(
        _block(shown.top_right, inner, metrics, [0.6 * inner.width() if first else half] * 2, right=True, first=first)
    )
    free = [inner.width() - text.box.width() - GAP for text in right_top]
    beside = [half, *(free if first else free[1:])]
    lower = _first_row([words for words in shown.top_left if words], half, rows, metrics)
    left_top = _block(shown.top_left, inner, metrics, beside[lower:], first=lower)
    low_left = list(_block(shown.bottom_left, inner, metrics, [below] * 3, low=True))
    low_right = list(_block(shown.bottom_right, inner, metrics, [below] * 3, right=True, low=True))
    lifted = inner
    if low_right and low_left and low_left[-1].box.right() + _between(area) > low_right[-1].box.left():
        lifted = inner.adjusted(0, 0, 0, -line * len(low_left))
        low_right = list(_block(shown.bottom_right, lifted, metrics, [below] * 3, right=True, low=True))
    lines = max(len(low_left), len(low_right)) if is_narrow(area) else len(low_right)
    above = area.bottom() - lifted.bottom() + line * lines
    return Corners((*left_top, *right_top, *low_left, *low_right), above)


def fitted(legend: Legend, area: QRect, line: float) -> Legend:
    """What there is room for above and below the letters at the sides.

    Names share a line where there are too few; where there is but one, what is under the pointer takes the place of
    the lower corner.
    """
    if not legend.top_left:
        return legend
    rows = rows_above(area, line)
    *names, pointed = legend.top_left
    below = legend.bottom_left
    if is_low(area):
        below = (" · ".join(words for words in below[::-1] if words),)
    if rows < 2 and pointed:
        below, pointed = (pointed,), ""
    top = (*_joined([name for name in names if name], max(1, rows - 1)), pointed)
    return replace(legend, top_left=top, top_right=legend.top_right[:rows], bottom_left=below)


def rows_above(area: QRect, line: float) -> int:
    """How many lines there is room for above the letters of the sides and the one at the lower edge."""
    left, _, _, bottom = letter_boxes(area)
    return max(1, int((min(left.top(), bottom.top()) - SIZES.s - _under_letter(line)) // line))


def pointed_row(area: QRect, line: float, names: int) -> int | None:
    """The line in which the text under the pointer is written; None where that is not at the top."""
    rows = rows_above(area, line)
    return None if rows < 2 else min(names, rows - 1)


def is_narrow(area: QRect) -> bool:
    """Whether the lower corners' texts need the whole width: then letter and scale bar stand above them."""
    return area.width() < NARROW


def is_low(area: QRect) -> bool:
    """Whether there is no room for more than a line in a corner."""
    return area.height() < LOW


def brevity(area: QRect) -> int:
    """How short the corner texts have to be: 0 in full, 1 in a narrow view, 2 in one that is low too."""
    return is_narrow(area) + (is_narrow(area) and is_low(area))


def has_room_for_bar(area: QRect) -> bool:
    """Whether a scale bar would not lie on anything else."""
    return area.width() >= NARROWEST and area.height() >= NARROWEST


def letter_boxes(area: QRect) -> tuple[QRect, QRect, QRect, QRect]:
    """Where the letters of the left, right, top and bottom edge stand."""
    middle, centre = area.center().y() - LETTER // 2, area.center().x() - LETTER // 2
    lift = LETTER * _lines_below(area)
    near, far_x = SIZES.s, area.right() - SIZES.s - LETTER
    return (
        QRect(near, middle, LETTER, LETTER),
        QRect(far_x, middle, LETTER, LETTER),
        QRect(centre, near, LETTER, LETTER),
        QRect(centre, area.bottom() - SIZES.s - LETTER - lift, LETTER, LETTER),
    )


def _block(
    lines: Sequence[str],
    area: QRectF,
    metrics: QFontMetricsF,
    widest: Sequence[float],
    *,
    right: bool = False,
    low: bool = False,
    first: int = 0,
) -> Iterator[Text]:
    """The lines of a corner from row `first` on, each at most as wide as `widest` says, or else as the area."""
    line = metrics.height() + PAD
    written = [words for words in lines if words]
    top = area.bottom() - line * len(written) if low else area.top()
    for row, words in enumerate(written):
        room = widest[row] if row < len(widest) else area.width()
        width = metrics.horizontalAdvance(words) + 2 * PAD
        if width > room:
            words = _shortened(words, room - 2 * PAD, metrics)
            width = metrics.horizontalAdvance(words) + 2 * PAD
        below = 0.0 if low or not row + first else _under_letter(line)
        left = area.right() - width if right else area.left()
        yield Text(words, QRectF(left, top + (row + first) * line + below, width, line))


def _shortened(words: str, room: float, metrics: QFontMetricsF) -> str:
    """As many words as there is room for; a number is left out rather than cut, for what is left of it misleads."""
    cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    while NUMBER_CUT.search(cut) and " " in cut:
        cut = f"{BEFORE_LAST.sub('', cut)}…"
    return cut


def _first_row(lines: Sequence[str], half: float, rows: int, metrics: QFontMetricsF) -> int:
    """The row that an upper corner begins in: below the letter, where its first line would reach that."""
    wide = any(metrics.horizontalAdvance(words) + 2 * PAD > half for words in lines[:1])
    return int(wide and rows > len(lines))


def _joined(names: list[str], rows: int) -> list[str]:
    """The names in so many lines, the last of which takes all that are left."""
    return names if len(names) <= rows else [*names[: rows - 1], " · ".join(names[rows - 1 :])]


def _between(area: QRect) -> float:
    return SIZES.m if is_narrow(area) else 4 * SIZES.l


def _under_letter(line: float) -> float:
    """How much lower the second line stands, for the letter at the upper edge is higher than a line."""
    return max(0.0, LETTER - line)


def _lines_below(area: QRect) -> int:
    """How many lines of the lower corners reach to the middle of a view."""
    if not is_narrow(area):
        return 0
    return 1 if is_low(area) else 2 if area.width() >= NARROWEST else 3
