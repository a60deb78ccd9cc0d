"""Which rows of a cohort table are shown, in which order, under which headings; worked out away from the window."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.cohort_rows import Filter
from desktop.cohort_search import STATES
from desktop.cohort_table import Column, in_order, ordered

EMPTY = "none"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for. `states` are quick filters (one of them is enough), `sort` and `group` keys of columns.

    Without a `sort` the rows stay as they come: in the order of the patients.
    """

    filter: Filter = field(default_factory=Filter)
    states: frozenset[str] = frozenset()
    sort: str = ""
    descending: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Heading:
    """The line over the rows of a group: the column's title, what they have in common, how many they are."""

    title: str
    value: str
    rows: tuple[Any, ...]
    column: Column

    @property
    def key(self) -> str:
        """What it is folded by; no row has such a key."""
        return f"\n{self.value}"


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """The rows to show; `headings` where they are grouped, in order."""

    rows: tuple[Any, ...] = ()
    headings: tuple[Heading, ...] = ()

    def lines(self, folded: Collection[str]) -> tuple[Any, ...]:
        """Rows, with headings before those of a group; nothing under a heading that is folded."""
        if not self.headings:
            return self.rows
        lines = list[Any]()
        for heading in self.headings:
            lines.append(heading)
            if heading.value not in folded:
                lines.extend(heading.rows)
        return tuple(lines)


def arranged(rows: Sequence[Any], columns: Sequence[Column], wish: Wish) -> Arranged:
    """The rows that are wished for, as they are wished for."""
    known = {column.key: column for column in columns}
    kept = _in_states(wish.filter.of(rows), wish.states)
    kept = _sorted(kept, known, wish)
    group = known.get(wish.group)
    return Arranged(tuple(kept)) if group is None else _grouped(kept, group)


def _in_states(rows: list[Any], states: frozenset[str]) -> list[Any]:
    tests = [STATES[name] for name in sorted(states)]
    return [row for row in rows if any(test(row) for test in tests)] if tests else rows


def _sorted(rows: list[Any], known: Mapping[str, Column], wish: Wish) -> list[Any]:
    column = known.get(wish.sort)
    if column is None:
        return rows
    if column.kind == "patient" and all(row.name == row.patient.key for row in rows):
        return rows[::-1] if wish.descending else rows
    return ordered(rows, column, wish.descending)


def _grouped(rows: Sequence[Any], column: Column) -> Arranged:
    members = dict[str, list[Any]]()
    for row in rows:
        members.setdefault(column.text(row), []).append(row)
    filled = in_order(column, members)
    order = [*filled, *(text for text in members if text not in set(filled))]
    headings = tuple(Heading(column.title, text or EMPTY, tuple(members[text]), column) for text in order)
    return Arranged(tuple(row for heading in headings for row in heading.rows), headings)
