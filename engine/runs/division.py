"""`division.json` of a run: who trains and who is kept out in each fold."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from engine.cohort.dividing.fold import Fold
from engine.errors import RunError
from engine.files import write_text
from engine.runs.folder import RunFolder

NAME = "division.json"


def has_division(run: RunFolder) -> bool:
    """Whether the run's patients are divided already."""
    return (run.path / NAME).exists()


def write_folds(run: RunFolder, folds: Sequence[Fold]) -> None:
    """Leave the folds in the run's folder."""
    write_text(run.path / NAME, json.dumps([asdict(fold) for fold in folds], indent=1))


def read_folds(run: RunFolder) -> list[Fold]:
    """The folds of a run, also of one that knew but train and test; RunError where they cannot be read."""
    try:
        return [_fold(row) for row in json.loads((run.path / NAME).read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as failure:
        hint = "The run folder was changed by hand; start a new run."
        raise RunError(f"the division cannot be read: {failure}", path=run.path, hint=hint) from failure


def _fold(row: Mapping[str, Any]) -> Fold:
    return Fold(
        int(row["number"]),
        tuple(row["train"]),
        tuple(row["test"]),
        tuple(row.get("validation", ())),
        int(row.get("repeat", 1)),
        tuple(_fold(inner) for inner in row.get("inner", ())),
    )
