"""What the columns of a cohort are: labels to predict or covariates, of which type, with classes in which order."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Use = Literal["label", "covariate"]
Type = Literal["category", "ordinal", "number", "date", "text"]

USES: tuple[Use, ...] = get_args(Use)
TYPES: tuple[Type, ...] = get_args(Type)
MOST_CATEGORIES = 20


@dataclass(frozen=True)
class Column:
    """A label or covariate. `classes` are in their natural order, which means something where `type` is ordinal."""

    name: str
    use: Use
    type: Type = "category"
    classes: tuple[str, ...] = ()

    def ordered(self, values: Collection[str]) -> list[str]:
        """The distinct values in the column's order: known classes first, then the others in natural order."""
        known = [name for name in self.classes if name in values]
        return known + sorted(set(values) - set(known), key=natural)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts "P-9" before "P-10"."""
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def guessed(name: str, use: Use, values: Iterable[str]) -> Column:
    """The column as its values suggest, until a user says otherwise."""
    present = {value for value in values if value}
    return Column(name, use, _type(use, present))


def _type(use: Use, present: Collection[str]) -> Type:
    if present and all(map(is_number, present)):
        return "number" if use == "covariate" else "ordinal"
    if present and all(map(is_date, present)):
        return "date"
    return "category" if use == "label" or len(present) <= MOST_CATEGORIES else "text"


def is_number(text: str) -> bool:
    """Whether it is one, infinities and "nan" apart."""
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False


def is_date(text: str) -> bool:
    """Whether it is a day as ISO writes it."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return not text.isdecimal()
