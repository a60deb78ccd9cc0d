"""As a column says: train, validation and test; or one fold per value, such as every site once."""

from collections import defaultdict

import numpy as np
from pydantic import Field

from engine.cohort.columns import natural
from engine.cohort.dividing.division import Fold, Protocol, Subjects, protocols
from engine.cohort.dividing.part_names import Part, part_named
from engine.errors import CohortError
from engine.registry import Info, Options

MOST = 200


class ColumnOptions(Options):
    """Which column."""

    column: str = Field(
        default="split",
        title="Column",
        description="Its values are train, validation and test; or any others, of which each is tested once.",
    )


def divide(subjects: Subjects, options: ColumnOptions, generator: np.random.Generator) -> list[Fold]:
    """One fold where the values name parts, else a fold per value. Who has no value is in no part."""
    values = {key: value for key, value in subjects.column(options.column).items() if value}
    parts = {key: part_named(value) for key, value in values.items()}
    if all(parts.values()):
        return [fold_of({key: part for key, part in parts.items() if part})]
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in values.items():
        groups[value].append(key)
    if not 2 <= len(groups) <= MOST:
        hint = f"A column of parts (train, test), or of 2 to {MOST} groups such as sites, can divide."
        raise CohortError(f"the column '{options.column}' has {len(groups)} different values", hint=hint)
    return [
        Fold(number, tuple(key for key in values if values[key] != value), tuple(groups[value]))
        for number, value in enumerate(sorted(groups, key=natural), start=1)
    ]


def fold_of(parts: dict[str, Part]) -> Fold:
    """The one fold of patients whose parts are told; CohortError where nobody is trained on, or tested."""
    sides = {part: tuple(sorted(key for key, own in parts.items() if own == part)) for part in set(parts.values())}
    for part in ("train", "test"):
        if part not in sides:
            raise CohortError(f"nobody is in the part '{part}'", hint="Both train and test have to be named.")
    return Fold(1, sides["train"], sides["test"], sides.get("validation", ()))


protocols.register(
    Protocol(
        Info("column", "Given by a column", "As a column says: train, validation, test; or each value tested once."),
        ColumnOptions,
        divide,
        lambda options: f"The division was given by the column '{options.column}' of the cohort.",
        given=True,
    )
)
