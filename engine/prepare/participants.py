"""Who takes part in a recipe, and one line for each who does not."""

from engine.cohort import Cohort, Patient
from engine.recipe import Recipe


def participants(recipe: Recipe, cohort: Cohort) -> tuple[list[Patient], list[str]]:
    """The patients with all scans, labels and classes the recipe asks for, and why the others are left out."""
    columns = [target.column for target in recipe.targets]
    able, left_out = cohort.having([given.role for given in recipe.inputs.values()], columns)
    kept = []
    for patient in able.patients:
        if patient.key in cohort.vault:
            left_out.append(f"{patient.key} is left out: it is set aside in the test vault")
            continue
        strange = [t for t in recipe.targets if patient.label(t.column) not in t.classes]
        if strange:
            label = patient.label(strange[0].column)
            left_out.append(f"{patient.key} is left out: '{label}' is not a class of the recipe")
        else:
            kept.append(patient)
    return kept, left_out
