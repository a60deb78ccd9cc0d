"""Which patient of a table a scan belongs to, where folders or file names hold the patient's name."""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from engine.cohort.label_table.labels import composed
from engine.cohort.naming import stem_of

_WORDS = re.compile(r"[^\W_]+")
_MOST_WORDS = 12


def patients_meant(places: Sequence[Path], names: Collection[str]) -> dict[int, str]:
    """The name found in each place, by the number of the place; places with none, or with several alike, are left out.

    A name counts where it stands alone between separators, such as `P07` in `site1/P07_T1.nii`; a longer name counts
    before a shorter one.
    """
    known = {composed(name): name for name in names if name}
    found = ((number, named_in(place, known)) for number, place in enumerate(places))
    return {number: known[name] for number, name in found if name}


def named_in(place: Path, names: Collection[str]) -> str:
    """The longest of the names that stands in a folder's or the file's name; empty where that is none, or not one."""
    met = {words for part in (*place.parts[:-1], stem_of(place)) for words in _runs(composed(part)) if words in names}
    longest = max(map(len, met), default=0)
    best = [name for name in met if len(name) == longest]
    return best[0] if len(best) == 1 else ""


def _runs(text: str) -> Iterator[str]:
    """The text, and every run of its words with what stands between them."""
    yield text
    words = list(_WORDS.finditer(text))[:_MOST_WORDS]
    for at, first in enumerate(words):
        for last in words[at:]:
            yield text[first.start() : last.end()]
