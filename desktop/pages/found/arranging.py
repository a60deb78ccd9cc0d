"""Which of the scans found are listed, and in which order; pure, so that a great many are sorted off the GUI thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.pages.found.rows import Column, FoundRow, Names, Wanted, columns_of, ordered, row_maker, verdicts

if TYPE_CHECKING:
    from engine.imaging import Discovery
    from engine.imaging.doubt import Verdict

Order = tuple[str, bool]
FOUND_ORDER: Order = ("", False)


@dataclass(frozen=True, eq=False)
class Wish:
    """What is to be listed. `known` are rows made before, `number` tells this look from others.

    `order` is the title of a column, and whether it descends.
    """

    discovery: "Discovery"
    source: Path
    number: int
    wanted: Wanted = field(default_factory=Wanted)
    names: Names = field(default_factory=dict)
    order: Order = FOUND_ORDER
    known: Sequence[FoundRow] = ()


@dataclass(frozen=True, eq=False)
class Arranged:
    """All rows, those `shown` in their order with the `places` they stand at by key, and what to say of them."""

    rows: tuple[FoundRow, ...] = ()
    shown: tuple[FoundRow, ...] = ()
    columns: tuple[Column, ...] = ()
    counts: "Mapping[Verdict, int]" = field(default_factory=dict)
    places: Mapping[int, int] = field(default_factory=dict)


def arranged(wish: Wish) -> Arranged:
    """Carry the wish out."""
    rows = _rows(wish)
    columns = columns_of(rows, wish.names)
    wanted, names = wish.wanted, wish.names
    shown = tuple(row for row in rows if wanted.accepts(row, names.get(row.key, ""))) if wanted else rows
    title, descending = wish.order
    by = next((column for column in columns if title and column.title == title), None)
    shown = shown if by is None else ordered(shown, by, descending=descending)
    places = {row.key: place for place, row in enumerate(shown)}
    return Arranged(rows, shown, columns, verdicts(rows), places)


def _rows(wish: Wish) -> tuple[FoundRow, ...]:
    """A row per scan, in the order they were found; those that are known stay the same objects."""
    known = {row.key: row for row in wish.known}
    made = row_maker(wish.discovery, wish.source, wish.number)
    return tuple(known[id(scan)] if id(scan) in known else made(scan) for scan in wish.discovery.scans)
