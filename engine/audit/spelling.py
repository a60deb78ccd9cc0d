"""Names that may be one name written in two ways."""

import re
import unicodedata
from functools import lru_cache

_SHORTEST, _TWO_SLIPS = 5, 9
_LETTER = r"[^\W\d_]"
_JOINING = re.compile(rf"(?<={_LETTER})(?:[-‐‑–—]|\s+[-–—]\s+)(?=\w)|(?<=\w)[-‐‑–—](?={_LETTER})")
_IDLE = re.compile(r"""(?<!\d)[\s_]|[\s_](?!\d)|[.,](?!\d)|["'`´’‘“”()\[\]{};:]""")


@lru_cache(4096)
def plain(name: str) -> str:
    """A name without case, accents and what only parts words; signs, decimal points and other symbols stay.

    So "HER2+" is not "HER2-", "1.5" not "15" and "T1*" not "T1", while "osteo-porosis" is "Osteo Porosis".
    """
    letters = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    return _IDLE.sub("", _JOINING.sub("", letters.strip()))


def slip(one: str, other: str) -> bool:
    """Whether two names differ by a slip of the pen: a letter or, in long names, two. Numbers and signs are none."""
    first, second = plain(one), plain(other)
    shorter = min(len(first), len(second))
    if shorter < _SHORTEST or first == second or abs(len(first) - len(second)) > 2 or _fixed(first) != _fixed(second):
        return False
    if _last_word_is_a_letter(one) or _last_word_is_a_letter(other) or _negates(first, second):
        return False
    return edits(first, second) <= (2 if shorter >= _TWO_SLIPS else 1)


def edits(one: str, other: str) -> int:
    """How many letters have to be put in, left out, changed or swapped with the next to get from one to the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, wanted in enumerate(other, start=1):
            best = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != wanted))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            line.append(min(best, before[column - 2] + 1) if swapped else best)
        before, last = last, line
    return last[-1]


def _fixed(name: str) -> list[str]:
    """The numbers and signs of a name."""
    return re.findall(r"\d+|[^\w\s]", name)


def _last_word_is_a_letter(name: str) -> bool:
    """Such as "grade b"."""
    words = re.split(r"[\W_]+", name.strip())
    return len(words) > 1 and len(words[-1]) == 1


def _negates(one: str, other: str) -> bool:
    """Such as "typical" and "atypical", or "normal" and "abnormal"."""
    short, long = sorted((one, other), key=len)
    return len(short) < len(long) and long.endswith(short)
