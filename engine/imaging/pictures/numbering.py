"""The numbers in the names of pictures that belong together, and those that are missing among them."""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import gcd

_DIGITS = re.compile(r"(\d+)")
_MOST_TOLD = 5


def missing_numbers(names: Sequence[str]) -> str:
    """Such as "number 7 is missing"; nothing where the names are not numbered alike or no number is missing."""
    numbers = _numbers(names)
    if len(numbers) < 3:
        return ""
    step = gcd(*(after - before for before, after in pairwise(numbers)))
    if (numbers[-1] - numbers[0]) // step + 1 > 2 * len(numbers):
        return ""  # they count something else
    present = set(numbers)
    gone = [number for number in range(numbers[0], numbers[-1], step) if number not in present]
    if not gone:
        return ""
    told = ", ".join(map(str, gone[:_MOST_TOLD])) + (" ..." if len(gone) > _MOST_TOLD else "")
    return f"number {told} is missing" if len(gone) == 1 else f"the numbers {told} are missing"


def _numbers(names: Sequence[str]) -> list[int]:
    """The one number in which the names differ, in order; nothing where they differ in anything else, or share one."""
    parts = [_DIGITS.split(name) for name in names]
    if len({len(part) for part in parts}) != 1 or len({tuple(part[::2]) for part in parts}) != 1:
        return []
    varying = [column for column in zip(*(part[1::2] for part in parts), strict=True) if len(set(map(int, column))) > 1]
    if len(varying) != 1:
        return []
    numbers = sorted(set(map(int, varying[0])))
    return numbers if len(numbers) == len(names) else []
