"""How an import is wished for in words: KEY=VALUE, NAME=USE, COLUMN:FROM=TO."""

from collections.abc import Sequence
from dataclasses import replace

from engine.cohort.intake.plan import COLUMN_USES, ColumnUse, ImportPlan
from engine.errors import CohortError
from engine.registry import suggestion


def plan_of(plan: ImportPlan, options: Sequence[str], columns: Sequence[str], classes: Sequence[str]) -> ImportPlan:
    """A plan with what the words say; CohortError where one cannot be understood."""
    return replace(
        plan,
        options=dict(_pair(word, "KEY=VALUE") for word in options),
        uses={name: _use(use) for name, use in (_pair(word, "NAME=USE") for word in columns)},
        classes=_classes(classes),
    )


def _classes(words: Sequence[str]) -> dict[str, dict[str, str]]:
    made: dict[str, dict[str, str]] = {}
    for word in words:
        before, into = _pair(word, "COLUMN:FROM=TO")
        column, found, name = before.partition(":")
        if not (column and found and name):
            raise _not_understood(word, "COLUMN:FROM=TO")
        made.setdefault(column, {})[name] = into
    return made


def _pair(word: str, form: str) -> tuple[str, str]:
    name, found, value = word.partition("=")
    if not name or not found:
        raise _not_understood(word, form)
    return name, value


def _use(word: str) -> ColumnUse:
    if word not in COLUMN_USES:
        raise CohortError(f"a column cannot be used as '{word}'", hint=suggestion(word, list(COLUMN_USES)))
    return word


def _not_understood(word: str, form: str) -> CohortError:
    return CohortError(f"'{word}' cannot be understood", hint=f"Write {form}.")
