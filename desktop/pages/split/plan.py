"""What is wanted of a division, and what came of it: plain data, worked out off the GUI thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from engine.cohort import Cohort
    from engine.cohort.dividing.division import Subjects
    from engine.cohort.dividing.division_counts import Spread
    from engine.cohort.dividing.saved_divisions import Division
    from engine.cohort.dividing.vault import Opening

NOBODY, TRAIN, VALIDATION, TEST = range(4)
CODES = {"train": TRAIN, "validation": VALIDATION, "test": TEST}
Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Wanted:
    """A protocol with its options, label columns and seed."""

    key: str
    options: Mapping[str, Any] = field(default_factory=dict)
    targets: tuple[str, ...] = ()
    seed: int = 0


@dataclass(frozen=True)
class Picture:
    """A division laid out: `codes` (folds, patients) say the part of each patient, by class and then by test fold.

    `left_out` says who of the cohort is not in it; `classes` are in the order that each label column gives them.
    """

    division: "Division"
    subjects: "Subjects"
    patients: tuple[str, ...]
    codes: Codes
    remarks: tuple[str, ...] = ()
    covariates: tuple[str, ...] = ()
    left_out: str = ""
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """One fold: heads by label column, part and class; covariates by part."""

    classes: Mapping[str, Mapping[str, Mapping[str, int]]]
    covariates: "list[Spread]"


@dataclass(frozen=True)
class Kept:
    """Saved divisions with what changed since, and the vault; `seen` of its patients took part in runs."""

    divisions: "tuple[tuple[Division, tuple[str, ...]], ...]" = ()
    aside: int = 0
    seen: int = 0
    openings: "tuple[Opening, ...]" = ()


def drawn(wanted: Wanted, cohort: "Cohort", home: Path) -> Picture:
    """Divide the cohort; raises what stands in the way."""
    from engine.cohort.dividing.division import Subjects, divide
    from engine.cohort.dividing.joining import cohort_for
    from engine.cohort.dividing.remarks import left_out
    from engine.cohort.dividing.saved_divisions import Division
    from engine.errors import CohortError
    from engine.recipe import Choice

    choice = Choice.model_validate({"key": wanted.key, **wanted.options})
    if not wanted.targets:
        hint = "Label the patients on the cohort page, or choose a label column here."
        raise CohortError("there is no label to keep the parts alike in", hint=hint)
    whole = cohort_for(choice, cohort, home)
    subjects = Subjects.of(whole, wanted.targets, home)
    if not subjects.patients:
        raise CohortError("no patient has a label in every chosen column", hint="Choose fewer columns.")
    folds = tuple(divide(choice, subjects, wanted.seed))
    picture = laid_out(Division.of("", choice, wanted.seed, folds, subjects), subjects, cohort)
    return replace(picture, left_out=left_out(whole, subjects))


def laid_out(division: "Division", subjects: "Subjects", cohort: "Cohort") -> Picture:
    """The picture of a division."""
    from engine.cohort.dividing.remarks import remarks

    classes = {column: _classes(set(told.values()), cohort, column) for column, told in division.targets.items()}
    order = _order(division, classes)
    place = {key: number for number, key in enumerate(order)}
    codes = np.stack([_row(fold.parts, place) for fold in division.folds])
    known = set(subjects.patients)
    there = division.folds if known.issuperset(order) else [fold.only(known) for fold in division.folds]
    columns = tuple(sorted({name for one in subjects.people.values() for name in one.covariates}))
    return Picture(division, subjects, order, codes, tuple(remarks(there, subjects)), columns, classes=classes)


def _classes(told: set[str], cohort: "Cohort", column: str) -> tuple[str, ...]:
    from engine.cohort.columns import natural

    known = cohort.columns.get(column)
    return tuple(known.ordered(told) if known is not None else sorted(told, key=natural))


def _row(parts: Mapping[str, tuple[str, ...]], place: Mapping[str, int]) -> Codes:
    """The largest part is what is left where all are in one; so only the others are looked up."""
    most = max(parts, key=lambda part: len(parts[part]))
    whole = sum(map(len, parts.values())) == len(place)
    row = np.full(len(place), CODES[most] if whole else NOBODY, np.uint8)
    for part, members in parts.items():
        if part != most or not whole:
            row[[place[key] for key in members]] = CODES[part]
    return row


def kept(home: Path, cohort: "Cohort") -> Kept:
    """What the workspace holds now."""
    from engine.cohort.dividing.joining import subjects_of
    from engine.cohort.dividing.saved_divisions import changes_since, saved_divisions
    from engine.cohort.dividing.vault import openings
    from engine.runs.division import ever_divided

    divisions = tuple((one, tuple(changes_since(one, subjects_of(one, cohort, home)))) for one in saved_divisions(home))
    seen = len(cohort.vault & ever_divided(home)) if cohort.vault else 0
    return Kept(divisions, len(cohort.vault), seen, tuple(openings(home)))


def counted_parts(picture: Picture, fold: int) -> Counted:
    """The classes and covariates of each part of one fold; covariates without those who left the cohort."""
    from engine.cohort.dividing.division_counts import class_counts, spreads

    one = picture.division.folds[fold]
    classes = {
        column: {str(part): heads for part, heads in class_counts([one], told).items()}
        for column, told in picture.division.targets.items()
    }
    return Counted(classes, spreads(one.only(set(picture.subjects.patients)), picture.subjects, picture.covariates))


def _order(division: "Division", names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """By classes, then by the first fold that tests or watches them: equal parts become blocks."""
    first: dict[str, tuple[int, int]] = {}
    for fold in division.folds:
        for key in fold.test:
            first.setdefault(key, (0, fold.number))
        for key in fold.validation:
            first.setdefault(key, (1, fold.number))
    ranks = {column: {name: rank for rank, name in enumerate(names[column])} for column in division.targets}
    classes = [(told, ranks[column]) for column, told in division.targets.items()]
    last = (2, 0)
    return tuple(
        sorted(
            division.patients, key=lambda key: (*(rank[told[key]] for told, rank in classes), first.get(key, last), key)
        )
    )
