"""Texts of a file without what tells in them who the patient is."""

import re
from functools import lru_cache

from engine.imaging.header import Identity
from engine.imaging.placeholders import names_nobody
from engine.imaging.words import tidied, without, words_of

_SHORTEST = 2
_FORMS_OF_ADDRESS = frozenset(("mr", "mrs", "ms", "dr", "prof", "jr", "sr", "ii", "iii"))


@lru_cache(maxsize=4096)
def untold(text: str, who: Identity | None) -> str:
    """Without the words of the patient's name, without number and birth date as wholes; the same however spelt."""
    if who is None or not text:
        return text
    for number in (who.id, who.birth_date):
        text = _without_whole(text, number)
    return without(text, _words_of_name(who.name))


@lru_cache(maxsize=256)
def _words_of_name(name: str) -> frozenset[str]:
    words = (word for word in words_of(name) if _telling(word) and not names_nobody(word))
    return frozenset(words) - _FORMS_OF_ADDRESS


def _telling(word: str) -> bool:
    """Not an initial, nor what stands in the names of phantoms and in titles alike, such as `T2` or `3D`."""
    letters = sum(letter.isalpha() for letter in word)
    return letters >= _SHORTEST or len(word) > _SHORTEST


def _without_whole(text: str, number: str) -> str:
    """Without a number, whatever stands between its parts: `AB-12` as `ab 12` too."""
    parts = words_of(number)
    if len("".join(parts)) < _SHORTEST or names_nobody(number):
        return text
    pattern = r"[\W_]*".join(map(re.escape, parts))
    left = re.sub(rf"(?<![^\W_]){pattern}(?![^\W_])", " ", text, flags=re.IGNORECASE)
    return text if left == text else tidied(left)
