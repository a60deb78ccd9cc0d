"""Who is in which part, counted: classes and covariates of the parts of a division."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from engine.cohort.columns import is_number, natural
from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.part_names import PARTS, Part
from engine.cohort.dividing.subjects import Subjects

_MOST_VALUES = 6


@dataclass(frozen=True)
class Spread:
    """A covariate in each part: a sentence such as "median 54 (31-78)" or "f 12, m 9"."""

    column: str
    parts: Mapping[Part, str]


def class_counts(folds: Sequence[Fold], classes: Mapping[str, str]) -> dict[Part, dict[str, int]]:
    """How many of each class are in each part, over these folds; a patient counts once per fold it is in."""
    return {
        part: dict(Counter(classes[key] for fold in folds for key in fold.parts[part]))
        for part in PARTS
        if any(fold.parts[part] for fold in folds)
    }


def spreads(fold: Fold, subjects: Subjects, columns: Sequence[str]) -> list[Spread]:
    """The covariates of a fold's parts."""
    return [_spread(fold, column, subjects.column(column)) for column in columns]


def _spread(fold: Fold, column: str, values: Mapping[str, str]) -> Spread:
    present = {value for value in values.values() if value}
    tell = _middle if len(present) > _MOST_VALUES and all(map(is_number, present)) else _heads
    told = {
        part: tell([values[key] for key in fold.parts[part] if values.get(key)]) for part in PARTS if fold.parts[part]
    }
    return Spread(column, told)


def _middle(values: Sequence[str]) -> str:
    numbers = [float(value) for value in values]
    return f"median {median(numbers):g} ({min(numbers):g}-{max(numbers):g})" if numbers else "not told"


def _heads(values: Sequence[str]) -> str:
    heads = Counter(values)
    shown = (
        sorted(heads, key=natural) if len(heads) <= _MOST_VALUES else [v for v, _ in heads.most_common(_MOST_VALUES)]
    )
    more = f" and {len(heads) - len(shown)} more" if len(heads) > len(shown) else ""
    return ", ".join(f"{value} {heads[value]}" for value in shown) + more if heads else "not told"
