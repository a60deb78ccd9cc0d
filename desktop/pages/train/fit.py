"""Whether a recipe fits the cohort: who takes part, who is left out and why, and what stands in the way."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.cohort import Cohort, Patient
from engine.errors import CohortError, IsocenterError
from engine.prepare.participants import participants
from engine.recipe import Recipe, Target


@dataclass(frozen=True)
class Fit:
    """`classes` counts the patients that take part: {label column: {class: patients}}.

    `remarks` say what is missing in the division. With a `problem` the recipe cannot be carried out; `hint` says what
    to do about it.
    """

    level: str
    likely: bool = False
    patients: int = 0
    classes: dict[str, dict[str, int]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    folds: int = 0
    smallest_training: int = 0
    remarks: tuple[str, ...] = ()
    problem: str = ""
    hint: str = ""


def judge(recipe: Recipe, cohort: Cohort, home: Path | None = None) -> Fit:
    """The fit of a recipe to the cohort of the workspace at `home`; what is wrong with it is told, not raised."""
    from engine.cohort.dividing.joining import cohort_for

    taking_part, left_out = participants(recipe, cohort)
    counts = {target.column: _counts(taking_part, target) for target in recipe.targets}
    known = Fit(cohort.level, cohort.likely_patients, len(taking_part), counts, tuple(left_out))
    try:
        whole = cohort if home is None else cohort_for(recipe.protocol, cohort, home)
        known = replace(known, level=whole.level, likely=whole.likely_patients)
        folds, remarks = _checked(recipe, cohort, whole, taking_part, home)
    except IsocenterError as failure:
        return replace(known, problem=failure.what, hint=failure.hint)
    return replace(known, folds=len(folds), smallest_training=min(folds), remarks=tuple(remarks))


def _checked(
    recipe: Recipe, cohort: Cohort, whole: Cohort, taking_part: Sequence[Patient], home: Path | None
) -> tuple[list[int], list[str]]:
    """How many patients train in each fold, and what is missing; raises what stands in the way."""
    from engine.models.model import check
    from engine.prepare import Pipeline

    for target in recipe.targets:
        cohort.require_column(target.column)
    _require_roles(recipe, cohort)
    for given in recipe.inputs.values():
        Pipeline.of(given.steps)
    check(recipe)
    _require_patients(recipe, taking_part)
    return _divided(recipe, whole, home)


def _divided(recipe: Recipe, whole: Cohort, home: Path | None) -> tuple[list[int], list[str]]:
    from engine.cohort.dividing.division import Subjects, divide
    from engine.cohort.dividing.remarks import gaps

    everybody, _ = participants(recipe, whole)
    columns = [target.column for target in recipe.targets]
    subjects = Subjects.of(whole, columns, home, [patient.key for patient in everybody])
    folds = divide(recipe.protocol, subjects, recipe.seed)
    return [len(fold.train) for fold in folds], gaps(folds, subjects)


def _require_roles(recipe: Recipe, cohort: Cohort) -> None:
    for name, given in recipe.inputs.items():
        if given.role not in cohort.roles:
            known = ", ".join(cohort.roles) or "none"
            hint = f"Choose another role for the input '{name}'. The cohort has: {known}."
            raise CohortError(f"no patient has a scan of the role '{given.role}'", hint=hint)


def _require_patients(recipe: Recipe, taking_part: Sequence[Patient]) -> None:
    if not taking_part:
        hint = "Choose other classes or another label column."
        raise CohortError("no patient has all the scans and labels the recipe asks for", hint=hint)
    for target in recipe.targets:
        empty = [name for name, count in _counts(taking_part, target).items() if not count]
        if empty:
            hint = "Leave the class out, or choose another label column."
            raise CohortError(f"no patient of class '{empty[0]}' takes part", hint=hint)


def _counts(patients: Sequence[Patient], target: Target) -> dict[str, int]:
    heads = Counter(patient.label(target.column) for patient in patients)
    return {name: heads[name] for name in target.classes}


def best_of(recipes: Sequence[Recipe], cohort: Cohort) -> Recipe:
    """The first recipe that fits the cohort as it is; else the one most patients could take part in."""
    fits = [(judge(recipe, cohort), recipe) for recipe in recipes]
    return max(fits, key=lambda pair: (not pair[0].problem, pair[0].patients))[1]
