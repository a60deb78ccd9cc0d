"""`division.json`: who trains and who is kept out in each fold, fixed when the run begins."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from engine.cohort.division import Fold, divide, verify
from engine.errors import CohortError, RunError
from engine.files import write_text
from engine.prepare import PreparedCohort
from engine.recipe import Recipe
from engine.runs import RunFolder


def division(run: RunFolder, recipe: Recipe, cohort: PreparedCohort) -> list[Fold]:
    """The run's folds, made on its first start; DataLeakageError where the file was made to leak since."""
    path = run.path / "division.json"
    patients = [one.patient for one in cohort.patients]
    if path.exists():
        folds = _read(path, run)
        verify(folds, patients)
        return folds
    targets = {target.column: cohort.classes([target.column]) for target in recipe.targets}
    _require_patients(recipe, targets)
    folds = divide(recipe.protocol, targets, recipe.seed)
    write_text(path, json.dumps([asdict(fold) for fold in folds], indent=1))
    return folds


def _require_patients(recipe: Recipe, targets: Mapping[str, Mapping[str, str]]) -> None:
    for target in recipe.targets:
        absent = set(target.classes) - set(targets[target.column].values())
        for name in (name for name in target.classes if name in absent):
            hint = "Correct the classes in the recipe, or import such patients."
            raise CohortError(f"no usable patient has '{target.column}' = '{name}'", hint=hint)


def _read(path: Path, run: RunFolder) -> list[Fold]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [Fold(int(v["number"]), tuple(v["train"]), tuple(v["test"])) for v in rows]
    except (OSError, ValueError, KeyError, TypeError) as failure:
        hint = "The run folder was changed by hand; start a new run."
        raise RunError(f"the division cannot be read: {failure}", path=run.path, hint=hint) from failure
