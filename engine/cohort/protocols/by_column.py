"""As a column says: train, validation and test; or one fold per value, such as every site once."""

from collections import defaultdict

import numpy as np
from pydantic import Field

from engine.cohort.columns import natural
from engine.cohort.dividing.division import Fold, Protocol, Subjects, protocols
from engine.cohort.dividing.part_names import Part, part_named
from engine.cohort.dividing.pseudonyms import heads, named
from engine.errors import CohortError, DataLeakageError
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
    """One fold where the values name parts, else a fold per value. Who has no value is in no part.

    DataLeakageError where scans of one patient have different values; CohortError where only some values name parts.
    """
    if not options.column:
        raise CohortError("no column was chosen", hint="Choose one whose values say train, validation or test.")
    _refuse_torn(subjects, options.column)
    values = {key: value for key, value in subjects.column(options.column).items() if value}
    parts = {key: part_named(value) for key, value in values.items()}
    if all(parts.values()):
        return [fold_of({key: part for key, part in parts.items() if part})]
    if any(parts.values()):
        raise _unknown_words(options.column, sorted({values[key] for key, part in parts.items() if part is None}))
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


def _refuse_torn(subjects: Subjects, column: str) -> None:
    if torn := subjects.torn(column):
        raise DataLeakageError(
            f"scans of {heads(len(torn))} have different values of '{column}': {named(torn)}",
            hint="This division leaks. Give all scans of a patient the same value, or divide the patients anew.",
        )


def _unknown_words(column: str, words: list[str]) -> CohortError:
    told = ", ".join(f"'{word}'" for word in words[:3]) + (f" and {len(words) - 3} more" if len(words) > 3 else "")
    return CohortError(
        f"some values of the column '{column}' name parts, but not {told}",
        hint="Use train, validation and test only; leave the value empty for those who shall be in no part.",
    )


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
