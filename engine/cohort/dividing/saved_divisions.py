"""Divisions kept in the workspace under a name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.cohort.cohort import Level
from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.pseudonyms import heads, named
from engine.cohort.dividing.subjects import Subjects
from engine.cohort.storage.database import Database
from engine.errors import CohortError
from engine.recipe import Choice
from engine.registry import suggestion

SAVED = "saved"
_LETTERS = {"train": "t", "validation": "v", "test": "s"}
_NOBODY = "-"


@dataclass(frozen=True)
class Division:
    """Folds, and how they came about. `targets` are the classes as they were: {label column: {pseudonym: class}}."""

    name: str
    protocol: Choice
    seed: int
    folds: tuple[Fold, ...]
    targets: Mapping[str, Mapping[str, str]]
    level: Level = "patient"
    likely: bool = False
    made: str = field(default="", compare=False)

    @classmethod
    def of(cls, name: str, protocol: Choice, seed: int, folds: tuple[Fold, ...], subjects: Subjects) -> "Division":
        """The division of subjects."""
        return cls(name, protocol, seed, folds, subjects.targets, subjects.level, subjects.likely)

    @property
    def patients(self) -> tuple[str, ...]:
        """Everybody who was divided, sorted."""
        return tuple(sorted(next(iter(self.targets.values()), {})))


def saved_divisions(home: Path) -> list[Division]:
    """Those of a workspace, by name."""
    with _database(home).connect() as connection:
        rows = connection.execute("SELECT name, made, json FROM divisions ORDER BY name").fetchall()
    return [from_text(name, made, text) for name, made, text in rows]


def saved_names(home: Path) -> list[str]:
    """The names of all of them, sorted."""
    with _database(home).connect() as connection:
        return [name for (name,) in connection.execute("SELECT name FROM divisions ORDER BY name")]


def saved_division(home: Path, name: str) -> Division:
    """The one of that name; CohortError names the nearest where there is none."""
    with _database(home).connect() as connection:
        row = connection.execute("SELECT name, made, json FROM divisions WHERE name = ?", (name,)).fetchone()
        known = [other for (other,) in connection.execute("SELECT name FROM divisions ORDER BY name")]
    if row is None:
        hint = suggestion(name, known) if known else "Save one first: on the split page, or by 'isocenter split'."
        raise CohortError(f"there is no saved division '{name}'", hint=hint)
    return from_text(*row)


def origin_of(choice: Choice, home: Path) -> Choice:
    """How the patients are divided: of a saved division the protocol it was made by; else the choice itself."""
    if choice.key != SAVED:
        return choice
    with _database(home).connect() as connection:
        name = str(choice.options.get("name", ""))
        row = connection.execute("SELECT json_extract(json, '$.protocol') FROM divisions WHERE name = ?", (name,))
        told = row.fetchone()
    return choice if told is None else Choice.model_validate_json(told[0])


def as_text(division: Division) -> str:
    """The division as JSON: patients once, and a letter for each of them in each fold."""
    patients = division.patients
    place = {key: number for number, key in enumerate(patients)}
    return json.dumps(
        {
            "protocol": division.protocol.model_dump(mode="json"),
            "seed": division.seed,
            "level": division.level,
            "likely": division.likely,
            "patients": patients,
            "targets": {name: [classes[key] for key in patients] for name, classes in division.targets.items()},
            "folds": [_fold_values(fold, place) for fold in division.folds],
        },
        separators=(",", ":"),
    )


def from_text(name: str, made: str, text: str) -> Division:
    """The division that `as_text` wrote."""
    try:
        values = json.loads(text)
        patients = values["patients"]
        return Division(
            name,
            Choice.model_validate(values["protocol"]),
            int(values["seed"]),
            tuple(_fold(fold, patients) for fold in values["folds"]),
            {column: dict(zip(patients, told, strict=True)) for column, told in values["targets"].items()},
            values["level"],
            bool(values["likely"]),
            made,
        )
    except (ValueError, KeyError, TypeError) as failure:
        hint = "Delete it and divide the patients anew."
        raise CohortError(f"the saved division '{name}' cannot be read: {failure}", hint=hint) from failure


def changes_since(division: Division, subjects: Subjects) -> list[str]:
    """What became of its patients since, in sentences; empty where they are the same, in the same classes."""
    before, now = set(division.patients), set(subjects.patients)
    said = []
    if gone := before - now:
        said.append(f"{heads(len(gone))} of this division {_take(gone)} no part any more: {named(gone)}.")
    if new := now - before:
        said.append(f"{heads(len(new))} came since and {_is(new)} in no part of it: {named(new)}.")
    for column, classes in subjects.targets.items():
        old = division.targets.get(column)
        if old is None:
            said.append(f"It was not made for '{column}'.")
            continue
        if other := {key for key in before & now if old[key] != classes[key]}:
            said.append(f"{heads(len(other))} changed in '{column}' since: {named(other)}.")
    return said


def _fold_values(fold: Fold, place: Mapping[str, int]) -> dict[str, Any]:
    made: dict[str, Any] = {"number": fold.number, "repeat": fold.repeat, "parts": _in_letters(fold, place)}
    return made | {"inner": [_fold_values(inner, place) for inner in fold.inner]} if fold.inner else made


def _in_letters(fold: Fold, place: Mapping[str, int]) -> str:
    """A letter per patient; where everybody is in a part, the largest is the ground that the others are written on."""
    whole = len(set[str]().union(*fold.parts.values())) == len(place)
    ground = max(fold.parts, key=lambda part: len(fold.parts[part])) if whole else ""
    letters = bytearray(_LETTERS.get(ground, _NOBODY).encode() * len(place))
    for part, members in fold.parts.items():
        code = ord(_LETTERS[part])
        for key in members if part != ground else ():
            letters[place[key]] = code
    return letters.decode()


def _fold(values: Mapping[str, Any], patients: list[str]) -> Fold:
    members: dict[str, list[str]] = {letter: [] for letter in (*_LETTERS.values(), _NOBODY)}
    for key, letter in zip(patients, values["parts"], strict=True):
        members[letter].append(key)
    parts = {part: tuple(members[letter]) for part, letter in _LETTERS.items()}
    inner = tuple(_fold(one, patients) for one in values.get("inner", ()))
    return Fold(int(values["number"]), **parts, repeat=int(values["repeat"]), inner=inner)


def _database(home: Path) -> Database:
    return Database((home / "workspace.db").resolve())


def _take(patients: set[str]) -> str:
    return "takes" if len(patients) == 1 else "take"


def _is(patients: set[str]) -> str:
    return "is" if len(patients) == 1 else "are"
