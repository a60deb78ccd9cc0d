"""Labels that are not there: patients without one, codes that are skipped, classes that a recipe asks for in vain."""

from collections.abc import Iterable, Iterator

from engine.audit.codes import half_coded
from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, Severity, counted
from engine.audit.labelled import by_label, class_columns, head, said_of
from engine.audit.material import Material
from engine.cohort import Cohort
from engine.errors import IsocenterError
from engine.recipe import Recipe
from engine.registry import Info
from engine.runs import list_runs

_LABEL = "Label them, or leave them: patients without a label take part in no run of that target."
_SKIPPED = "Check the code table: a class may have been forgotten."
_RECIPE = "Correct the classes in the recipe, or the labels."
_MOST_SKIPPED = 3


def find(material: Material) -> Iterable[Finding]:
    """Warnings; an error where two columns that belong together do not agree on who has a label."""
    for column in material.cohort.label_columns:
        yield from _unlabelled(material.cohort, column)
    for column in class_columns(material.cohort):
        yield from _skipped(material.cohort, column)
    yield from half_coded(material.cohort)
    yield from _unused(material)


def _unlabelled(cohort: Cohort, column: str) -> Iterator[Finding]:
    """Patients of whom every scan is excluded take part in nothing, and are not spoken of."""
    there = [patient for patient in cohort.patients if any(not scan.excluded for scan in patient.scans)]
    lacking = [patient for patient in there if not said_of(patient, column)]
    if lacking:
        scans = tuple(scan for patient in lacking for scan in patient.scans if not scan.excluded)
        severity: Severity = "note" if len(lacking) > len(there) / 2 else "warn"
        has = "has" if len(lacking) == 1 else "have"
        reason = f"{counted(len(lacking), head(cohort))} of {len(there)} {has} no '{column}'."
        yield Finding("label-gap", severity, reason, _LABEL, scans, tuple(patient.key for patient in lacking))


def _skipped(cohort: Cohort, column: str) -> Iterator[Finding]:
    """Whole numbers in a row, of which a few are left out."""
    values = set(by_label(cohort, column))
    if len(values) < 3 or not all(value.isdigit() for value in values):
        return
    numbers = {int(value) for value in values}
    missing = sorted(set(range(min(numbers), max(numbers) + 1)) - numbers)
    if 0 < len(missing) <= min(_MOST_SKIPPED, len(numbers) // 2):
        told = ", ".join(map(str, missing))
        reason = f"'{column}' runs from {min(numbers)} to {max(numbers)}, but nobody has {told}."
        yield Finding("label-gap", "warn", reason, _SKIPPED)


def _unused(material: Material) -> Iterator[Finding]:
    """What recipes of the workspace's runs and its labels do not have in common."""
    told: set[str] = set()
    for run in list_runs(material.workspace):
        try:
            recipe = run.recipe()
        except IsocenterError:
            continue
        told |= set(_against(recipe, material.cohort))
    for reason in sorted(told):
        yield Finding("label-gap", "note", reason, _RECIPE)


def _against(recipe: Recipe, cohort: Cohort) -> Iterator[str]:
    for target in recipe.targets:
        there = set(by_label(cohort, target.column))
        for name in sorted(there - set(target.classes)):
            yield f"Recipe '{recipe.name}' does not use class '{name}' of '{target.column}'."
        for name in sorted(set(target.classes) - there):
            yield f"Recipe '{recipe.name}' asks for class '{name}' of '{target.column}', which nobody has."


finders.register(
    Finder(Info("label-gaps", "Label gaps", "Missing labels, skipped codes, classes nobody has."), ("label-gap",), find)
)
