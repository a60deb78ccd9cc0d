"""What is wanted of a division, and what came of it: plain data, worked out off the GUI thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from engine.cohort import Cohort
    from engine.cohort.dividing.division import Fold, Subjects
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
    """A division laid out: `codes` (folds, patients) say the part of each patient, by class and then by test fold."""

    division: "Division"
    subjects: "Subjects"
    patients: tuple[str, ...]
    codes: Codes
    remarks: tuple[str, ...] = ()
    covariates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """One fold: heads by label column, part and class; covariates by part."""

    classes: Mapping[str, Mapping[str, Mapping[str, int]]]
    covariates: "list[Spread]"


@dataclass(frozen=True)
class Kept:
    """What the workspace holds: saved divisions with what changed since, and the vault."""

    divisions: "tuple[tuple[Division, tuple[str, ...]], ...]" = ()
    aside: int = 0
    openings: "tuple[Opening, ...]" = ()


def drawn(wanted: Wanted, cohort: "Cohort", home: Path) -> Picture:
    """Divide the cohort; raises what stands in the way."""
    from engine.cohort.dividing.division import Subjects, divide
    from engine.cohort.dividing.joining import cohort_for
    from engine.cohort.dividing.saved_divisions import Division
    from engine.errors import CohortError
    from engine.recipe import Choice

    choice = Choice.model_validate({"key": wanted.key, **wanted.options})
    if not wanted.targets:
        hint = "Label the patients on the cohort page, or choose a label column here."
        raise CohortError("there is no label to keep the parts alike in", hint=hint)
    subjects = Subjects.of(cohort_for(choice, cohort, home), wanted.targets, home)
    if not subjects.patients:
        raise CohortError("no patient has a label in every chosen column", hint="Choose fewer columns.")
    folds = tuple(divide(choice, subjects, wanted.seed))
    return laid_out(Division.of("", choice, wanted.seed, folds, subjects), subjects)


def laid_out(division: "Division", subjects: "Subjects") -> Picture:
    """The picture of a division."""
    from engine.cohort.dividing.remarks import remarks

    order = _order(division)
    place = {key: number for number, key in enumerate(order)}
    codes = np.stack([_row(fold.parts, place) for fold in division.folds])
    columns = tuple(sorted({name for one in subjects.people.values() for name in one.covariates}))
    return Picture(division, subjects, order, codes, tuple(remarks(division.folds, subjects)), columns)


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
    from engine.cohort.dividing.division import Subjects
    from engine.cohort.dividing.saved_divisions import changes_since, saved_divisions
    from engine.cohort.dividing.vault import openings

    divisions = tuple(
        (one, tuple(changes_since(one, Subjects.of(cohort, list(one.targets), home)))) for one in saved_divisions(home)
    )
    return Kept(divisions, len(cohort.vault), tuple(openings(home)))


def counted_parts(picture: Picture, fold: int) -> Counted:
    """The classes and covariates of each part of one fold; covariates without those who left the cohort."""
    from engine.cohort.dividing.division_counts import class_counts, spreads

    one = picture.division.folds[fold]
    classes = {
        column: {str(part): heads for part, heads in class_counts([one], told).items()}
        for column, told in picture.division.targets.items()
    }
    return Counted(classes, spreads(_only(one, set(picture.subjects.patients)), picture.subjects, picture.covariates))


def _only(fold: "Fold", known: set[str]) -> "Fold":
    def of(members: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in members if key in known)

    return replace(fold, train=of(fold.train), test=of(fold.test), validation=of(fold.validation))


def _order(division: "Division") -> tuple[str, ...]:
    """By classes, then by the first fold that tests or watches them: equal parts become blocks."""
    first: dict[str, tuple[int, int]] = {}
    for fold in division.folds:
        for key in fold.test:
            first.setdefault(key, (0, fold.number))
        for key in fold.validation:
            first.setdefault(key, (1, fold.number))
    classes = list(division.targets.values())
    last = (2, 0)
    return tuple(
        sorted(division.patients, key=lambda key: (*(told[key] for told in classes), first.get(key, last), key))
    )
