"""`division.json`: who trains and who is kept out in each fold, fixed when the run begins."""

import json
from dataclasses import asdict

from engine.cohort.division import Fold, divide, verify
from engine.errors import RunError
from engine.files import write_text
from engine.prepare import PreparedCohort
from engine.recipe import Recipe
from engine.runs import RunFolder


def division(run: RunFolder, recipe: Recipe, cohort: PreparedCohort) -> list[Fold]:
    """The run's folds, made on its first start; DataLeakageError where the file was made to leak since."""
    path = run.path / "division.json"
    patients = [one.patient for one in cohort.patients]
    if path.exists():
        folds = _read(path.read_text(encoding="utf-8"), run)
        verify(folds, patients)
        return folds
    folds = divide(recipe.protocol, cohort.classes([target.column for target in recipe.targets]), recipe.seed)
    write_text(path, json.dumps([asdict(fold) for fold in folds], indent=1))
    return folds


def _read(text: str, run: RunFolder) -> list[Fold]:
    try:
        return [Fold(int(v["number"]), tuple(v["train"]), tuple(v["test"])) for v in json.loads(text)]
    except (ValueError, KeyError, TypeError) as failure:
        hint = "The run folder was changed by hand; start a new run."
        raise RunError(f"the division cannot be read: {failure}", path=run.path, hint=hint) from failure
