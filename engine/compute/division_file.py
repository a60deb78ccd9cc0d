"""The folds of a run, fixed when it begins."""

from collections.abc import Mapping

from engine.cohort import Cohort
from engine.cohort.dividing.division import Fold, Subjects, divide, verify
from engine.cohort.dividing.remarks import gaps
from engine.cohort.dividing.saved_divisions import SAVED, changes_since, saved_division
from engine.errors import CohortError
from engine.prepare import PreparedCohort
from engine.recipe import Choice, Recipe
from engine.runs import RunFolder
from engine.runs.division import has_division, read_folds, read_origin, write_folds, write_origin


def division(run: RunFolder, recipe: Recipe, prepared: PreparedCohort, cohort: Cohort) -> list[Fold]:
    """The run's folds, made on its first start; DataLeakageError where the file was made to leak since."""
    patients = [one.patient for one in prepared.patients]
    if has_division(run):
        folds = read_folds(run)
        verify(folds, patients)
        return folds
    subjects = subjects_of(run, recipe, prepared, cohort)
    _require_patients(recipe, subjects.targets)
    if recipe.protocol.key == SAVED:
        saved = saved_division(run.workspace_path, _name(recipe))
        write_origin(run, saved.protocol, saved.seed)
    folds = divide(recipe.protocol, subjects, recipe.seed)
    write_folds(run, folds)
    return folds


def division_warnings(
    run: RunFolder, recipe: Recipe, prepared: PreparedCohort, cohort: Cohort, folds: list[Fold]
) -> list[str]:
    """What the reader of the result should know of the division."""
    subjects = subjects_of(run, recipe, prepared, cohort)
    if recipe.protocol.key != SAVED:
        return gaps(folds, subjects)
    try:
        saved = saved_division(run.workspace_path, _name(recipe))
    except CohortError:
        return [f"The saved division '{_name(recipe)}' was deleted since the run began.", *gaps(folds, subjects)]
    return [*changes_since(saved, subjects), *gaps(folds, subjects)]


def protocol_of(run: RunFolder, recipe: Recipe) -> Choice:
    """How the run's patients are divided; of a run on a saved division, how that one had been made as it began."""
    origin = read_origin(run)
    return recipe.protocol if origin is None else origin[0]


def subjects_of(run: RunFolder, recipe: Recipe, prepared: PreparedCohort, cohort: Cohort) -> Subjects:
    """The patients that are prepared."""
    columns = [target.column for target in recipe.targets]
    return Subjects.of(cohort, columns, run.workspace_path, [one.patient for one in prepared.patients])


def _name(recipe: Recipe) -> str:
    return str(recipe.protocol.options.get("name", ""))


def _require_patients(recipe: Recipe, targets: Mapping[str, Mapping[str, str]]) -> None:
    for target in recipe.targets:
        absent = set(target.classes) - set(targets[target.column].values())
        for name in (name for name in target.classes if name in absent):
            hint = "Correct the classes in the recipe, or import such patients."
            raise CohortError(f"no usable patient has '{target.column}' = '{name}'", hint=hint)
