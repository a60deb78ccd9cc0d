"""What a file-name pattern tells of the scans found, worked out while somebody types it."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.cohort.names.name_patterns import NamePattern

MATCHES, MISMATCHES = 12, 6
Span = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class NameLine:
    """A place below the source; `spans` are (start, end, number of the field) in it, none where it does not match."""

    words: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class PatternTold:
    """How many of `total` places match, the first that do not, the first that do; `wrong` where it is no pattern."""

    fields: tuple[str, ...] = ()
    matching: int = 0
    total: int = 0
    mismatches: tuple[NameLine, ...] = ()
    matches: tuple[NameLine, ...] = ()
    wrong: str = ""

    @property
    def words(self) -> str:
        """How far it goes, in a sentence."""
        if self.wrong:
            return self.wrong
        told = f"{self.matching:,} of {self.total:,} scans match".replace(",", "\u2009")
        missed = self.total - self.matching
        return f"{told}; the others stay out." if missed and self.matching else f"{told}."


def pattern_told(pattern: str, places: Sequence[str]) -> PatternTold:
    """What the pattern tells of each place; never raises for what somebody typed."""
    from engine.cohort.names.name_patterns import compiled
    from engine.errors import CohortError

    try:
        ready = compiled(pattern)
    except CohortError as failure:
        return PatternTold(total=len(places), wrong=f"{failure.what[:1].upper()}{failure.what[1:]}. {failure.hint}")
    hits, misses, matching = list[NameLine](), list[NameLine](), 0
    for place in places:
        inside = Path(place)
        if ready.fields_of(inside) is None:
            if len(misses) < MISMATCHES:
                misses.append(NameLine(place))
        else:
            matching += 1
            if len(hits) < MATCHES:
                hits.append(_line(ready, place))
    return PatternTold(ready.fields, matching, len(places), tuple(misses), tuple(hits))


def _line(ready: "NamePattern", place: str) -> NameLine:
    """A place that matches, in one spelling of its accents, so that the fields lie where they are told to."""
    words = unicodedata.normalize("NFC", place)
    return NameLine(words, tuple(_spans(ready, Path(words))))


def _spans(ready: "NamePattern", inside: Path) -> Iterator[Span]:
    from engine.cohort.names.gap_matching import gaps_filled
    from engine.cohort.naming import stem_of

    stem, place = stem_of(inside), inside.as_posix()
    name = inside.with_name(stem).as_posix() if ready.of_path else stem
    filled = gaps_filled(name, ready.texts, ready.gaps) or ()
    at, field = (0 if ready.of_path else len(place) - len(inside.name)), 0
    for text, gap, value in zip(ready.texts, ready.gaps, filled, strict=False):
        at += len(text)
        if gap.field:
            yield at, at + len(value), field
            field += 1
        at += len(value)
