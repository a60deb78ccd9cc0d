"""Whether patients of one name in two classes are one person, or were counted anew in each class."""

import re
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Literal

Counting = Literal["automatic", "anew in each class", "one name, one patient"]

TITLE = "Counting"
DESCRIPTION = (
    "Whether patient 1 of one class is another than patient 1 of the next. Automatic: another, where every class "
    "counts from the same number and most names come again."
)


def ids_of(pairs: Iterable[tuple[str, str]], counting: Counting) -> Mapping[tuple[str, str], str]:
    """What to call each patient, given as (class, name): with the class before it where the names are counted anew."""
    listed = set(pairs)
    anew = counting == "anew in each class" or (counting == "automatic" and counted_anew(listed))
    return {(label, name): f"{label}/{name}" if anew and label else name for label, name in listed}


def counted_anew(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether every class begins with the same number and shares most names with every other class."""
    names: dict[str, set[str]] = {}
    for label, name in pairs:
        names.setdefault(label, set()).add(name)
    groups = list(names.values())
    if len(groups) < 2 or len({_first(group) for group in groups}) != 1 or _first(groups[0]) is None:
        return False
    return all(2 * len(one & other) > min(len(one), len(other)) for one, other in combinations(groups, 2))


def _first(names: Iterable[str]) -> int | None:
    numbers = [[int(digits) for digits in re.findall(r"\d+", name)] for name in names]
    return min((found[-1] for found in numbers), default=None) if all(numbers) else None
