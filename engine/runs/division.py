"""`division.json` of a run: who trains and who is kept out in each fold; and how a saved division was made."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.cohort.dividing.fold import Fold
from engine.errors import RunError
from engine.files import write_text
from engine.recipe import Choice
from engine.runs.folder import RunFolder, list_runs

NAME, ORIGIN = "division.json", "division-origin.json"


def has_division(run: RunFolder) -> bool:
    """Whether the run's patients are divided already."""
    return (run.path / NAME).exists()


def write_folds(run: RunFolder, folds: Sequence[Fold]) -> None:
    """Leave the folds in the run's folder."""
    write_text(run.path / NAME, json.dumps([asdict(fold) for fold in folds], indent=1))


def write_origin(run: RunFolder, protocol: Choice, seed: int) -> None:
    """Leave there how a saved division had been made: it may be changed or deleted while the run goes on."""
    told = {"protocol": protocol.model_dump(mode="json"), "seed": seed}
    write_text(run.path / ORIGIN, json.dumps(told, indent=1))


def read_origin(run: RunFolder) -> tuple[Choice, int] | None:
    """Protocol and seed of the saved division that the run uses; None where its recipe itself says how to divide."""
    try:
        told = json.loads((run.path / ORIGIN).read_text(encoding="utf-8"))
        return Choice.model_validate(told["protocol"]), int(told["seed"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as failure:
        hint = "The run folder was changed by hand; start a new run."
        raise RunError(f"how the division was made cannot be read: {failure}", path=run.path, hint=hint) from failure


def read_folds(run: RunFolder) -> list[Fold]:
    """The folds of a run, also of one that knew but train and test; RunError where they cannot be read."""
    try:
        return [_fold(row) for row in json.loads((run.path / NAME).read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as failure:
        hint = "The run folder was changed by hand; start a new run."
        raise RunError(f"the division cannot be read: {failure}", path=run.path, hint=hint) from failure


def ever_divided(workspace: Path) -> set[str]:
    """Everybody who took part in some run of a workspace; runs that cannot be read are passed over."""
    found = set[str]()
    for run in list_runs(workspace):
        with suppress(RunError):
            found |= divided(run)
    return found


def divided(run: RunFolder) -> set[str]:
    """Everybody who takes part in a run."""
    folds = read_folds(run) if has_division(run) else []
    return {key for fold in folds for members in fold.parts.values() for key in members}


def _fold(row: Mapping[str, Any]) -> Fold:
    return Fold(
        int(row["number"]),
        tuple(row["train"]),
        tuple(row["test"]),
        tuple(row.get("validation", ())),
        int(row.get("repeat", 1)),
        tuple(_fold(inner) for inner in row.get("inner", ())),
    )
