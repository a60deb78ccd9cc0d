"""Where scans came from: named folders or archives, each with the plan by which it was taken in."""

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cohort.cohort import GONE
from engine.cohort.intake.plan import ImportPlan
from engine.cohort.storage.adding import stored
from engine.errors import CohortError
from engine.registry import suggestion

if TYPE_CHECKING:
    from engine.cohort.workspace import Workspace


@dataclass(frozen=True)
class Source:
    """A place scans came from. `places` are those below `root` that were looked into; none where all of it was.

    `scans` says how many of the cohort's scans came from it, `gone` of how many the files were missing last time.
    """

    id: int
    name: str
    root: Path
    plan: ImportPlan
    made: datetime
    places: tuple[Path, ...] = ()
    scans: int = 0
    gone: int = 0

    def as_json(self) -> dict[str, Any]:
        """The source in the form that other programs may rely on."""
        return {
            "name": self.name,
            "root": str(self.root),
            "there": self.root.exists(),
            "layout": self.plan.layout,
            "made": self.made.isoformat(),
            "scans": self.scans,
            "gone": self.gone,
        }


def sources_of(workspace: "Workspace") -> tuple[Source, ...]:
    """The sources of a workspace, the oldest first."""
    count = "SELECT source, COUNT(*), SUM(stamp = ?) FROM scans WHERE source IS NOT NULL GROUP BY source"
    with workspace.store.connect() as connection:
        counts = {number: told for number, *told in connection.execute(count, (GONE,))}
        found = kept_sources(connection, workspace.path)
    return tuple(replace(one, scans=scans, gone=gone) for one in found for scans, gone in [counts.get(one.id, (0, 0))])


def source_called(workspace: "Workspace", name: str) -> Source:
    """The source of this name; CohortError names the nearest."""
    found = {source.name: source for source in sources_of(workspace)}
    if name not in found:
        raise CohortError(f"the cohort has no source '{name}'", hint=suggestion(name, sorted(found)))
    return found[name]


def source_name(plan: ImportPlan, source: Path, known: Mapping[str, Source]) -> str:
    """What a source is called beside those known by name: as before where it came before, as the plan says, or new."""
    root = source.resolve()
    here = [name for name, one in known.items() if one.root == root]
    if here and plan.name in ("", *here):
        return plan.name or here[0]
    if here:
        hint = "Leave the name away to read it again."
        raise CohortError(f"this place is in the cohort already, as '{here[0]}'", path=source, hint=hint)
    if plan.name in known:
        hint = "Choose another name, or relink that source where its folder was moved here."
        raise CohortError(f"another place is called '{plan.name}' already", path=source, hint=hint)
    base = plan.name or root.name or str(root)
    names = (base if number == 1 else f"{base} ({number})" for number in count(1))
    return next(name for name in names if name not in known)


def plan_in_force(plan: ImportPlan, name: str, known: Mapping[str, Source]) -> ImportPlan:
    """A plan that says nothing, for a source that came before, is the plan it came by; what was left out stays so."""
    if name not in known:
        return replace(plan, name=name)
    before = known[name].plan
    left_out = tuple(dict.fromkeys((*before.left_out, *plan.left_out)))
    if not plan.says_nothing:
        return replace(plan, name=name, left_out=left_out)
    return replace(before, name=name, join=before.join or plan.join, left_out=left_out)


def kept_sources(connection: sqlite3.Connection, home: Path) -> tuple[Source, ...]:
    """The sources as they stand in the database, their scans not counted."""
    rows = connection.execute("SELECT id, name, root, plan, made FROM sources ORDER BY id")
    return tuple(_source(number, name, root, plan, made, home) for number, name, root, plan, made in rows)


def put_source(
    connection: sqlite3.Connection, name: str, root: Path, plan: ImportPlan, places: Sequence[Path], home: Path
) -> int:
    """Keep a source and the plan by which it was read last; its row id."""
    root = root.resolve()
    before = next((one for one in kept_sources(connection, home) if one.name == name), None)
    if before is not None:
        places = (*before.places, *places) if before.places and places else ()
    values = (name, stored(root, home), _plan_json(plan, root, places, home), _now())
    row = connection.execute(
        "INSERT INTO sources (name, root, plan, made) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
        " root = excluded.root, plan = excluded.plan RETURNING id",
        values,
    ).fetchone()
    return int(row[0])


def move_source(connection: sqlite3.Connection, source: Source, root: Path, home: Path) -> None:
    """Have a source lie elsewhere; a label table within it moves along."""
    table = source.plan.table
    if table is not None and table.is_relative_to(source.root):
        table = root / table.relative_to(source.root)
    places = [root / place.relative_to(source.root) for place in source.places]
    values = (stored(root, home), _plan_json(replace(source.plan, table=table), root, places, home), source.id)
    connection.execute("UPDATE sources SET root = ?, plan = ? WHERE id = ?", values)


def _source(number: int, name: str, root: str, plan: str, made: str, home: Path) -> Source:
    values, place = json.loads(plan), restored(root, home)
    table = values.pop("table", None)
    places = tuple(restored(each, place) for each in values.pop("places", ()))
    known = {each.name for each in fields(ImportPlan)}
    chosen = {key: value for key, value in values.items() if key in known}
    chosen["left_out"] = tuple(chosen.get("left_out", ()))
    kept = ImportPlan(**{**chosen, "name": name}, table=None if table is None else restored(table, home))
    return Source(number, name, place, kept, datetime.fromisoformat(made), places)


def restored(text: str, home: Path) -> Path:
    """A path that `stored` wrote."""
    return Path(os.path.normpath(home / text))


def _plan_json(plan: ImportPlan, root: Path, places: Sequence[Path], home: Path) -> str:
    table = None if plan.table is None else stored(plan.table.resolve(), home)
    inside = list(dict.fromkeys(os.path.relpath(place.resolve(), root) for place in places))
    return json.dumps({**asdict(plan), "table": table, "name": "", "places": inside if inside != ["."] else []})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
