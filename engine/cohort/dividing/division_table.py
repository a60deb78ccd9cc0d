"""Divisions as tables that other programs read: one row per patient and fold."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.cohort.dividing.fold import Fold
from engine.cohort.dividing.leakage import verify
from engine.cohort.dividing.part_names import part_named
from engine.cohort.dividing.saved_divisions import Division
from engine.cohort.dividing.subjects import Subjects
from engine.errors import CohortError, ReadError
from engine.files import write_text
from engine.recipe import Choice

_FIXED = ("patient", "repeat", "fold", "inner", "part")
GIVEN = Choice(key="table")


def write_division(path: Path, division: Division) -> Path:
    """Write a division by pseudonyms: repeat, fold, inner fold (empty for the fold itself), part, class per target."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*_FIXED, *division.targets])
    for fold in division.folds:
        for one, inner in [(fold, ""), *((inside, str(inside.number)) for inside in fold.inner)]:
            writer.writerows(_rows(one, fold, inner, division))
    write_text(path, text.getvalue())
    return path


def read_division(path: Path, name: str, subjects: Subjects) -> Division:
    """A division from a table with patient and part, and perhaps fold, repeat and inner; refused where it leaks."""
    folds = tuple(_folds(_read(path), path))
    strangers = {key for fold in folds for members in fold.parts.values() for key in members} - set(subjects.patients)
    if strangers:
        what = f"the table names {len(strangers)} patients that take no part here, such as {min(strangers)}"
        hint = "Patients are named by their pseudonyms, and need a label in each target column."
        raise CohortError(what, path=path, hint=hint)
    verify(folds, subjects.patients)
    return Division.of(name, GIVEN, 0, folds, subjects)


def _rows(one: Fold, fold: Fold, inner: str, division: Division) -> Iterator[list[str | int]]:
    for part, members in one.parts.items():
        for key in members:
            classes = [classes[key] for classes in division.targets.values()]
            yield [key, fold.repeat, fold.number, inner, part, *classes]


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, csv.Error, UnicodeDecodeError) as failure:
        raise ReadError(f"the table cannot be read: {failure}", path=path, hint="Is it a csv file?") from failure
    if not rows or not {"patient", "part"} <= set(rows[0]):
        raise ReadError("the table has no columns 'patient' and 'part'", path=path, hint="Name them so.")
    return rows


def _folds(rows: Sequence[dict[str, str]], path: Path) -> Iterator[Fold]:
    sides: dict[tuple[int, int, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line, row in enumerate(rows, start=2):
        part, place = part_named(row["part"] or ""), _place(row)
        if part is None or place is None:
            hint = "A part is train, validation or test; repeat, fold and inner are numbers."
            raise ReadError(f"line {line} says no part of a fold: '{row['part']}'", path=path, hint=hint)
        sides[place][part].append((row["patient"] or "").strip())
    outer = [place for place in sides if not place[2]]
    for number, (repeat, fold, _) in enumerate(sorted(outer), start=1):
        inside = sorted((place for place in sides if place[:2] == (repeat, fold) and place[2]), key=lambda p: int(p[2]))
        inner = tuple(_fold(at, sides[place], 1) for at, place in enumerate(inside, start=1))
        yield _fold(number, sides[repeat, fold, ""], repeat, inner)


def _place(row: dict[str, str]) -> tuple[int, int, str] | None:
    """Repeat, fold and inner fold; None where they are no numbers."""
    repeat, fold, inner = ((row.get(name) or "").strip() for name in ("repeat", "fold", "inner"))
    if not all(text.isdecimal() for text in (repeat, fold, inner) if text):
        return None
    return int(repeat or 1), int(fold or 1), inner


def _fold(number: int, parts: dict[str, list[str]], repeat: int, inner: tuple[Fold, ...] = ()) -> Fold:
    train, validation, test = (tuple(sorted(set(parts.get(part, [])))) for part in ("train", "validation", "test"))
    return Fold(number, train, test, validation, repeat, inner)
