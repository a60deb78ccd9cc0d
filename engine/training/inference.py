"""What the trained models of a run say of patients that none of them has seen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from engine.control import Control
from engine.errors import RunError
from engine.models import InputShape, build
from engine.prepare import PreparedCohort
from engine.recipe import Recipe
from engine.training.checkpoint import Checkpoint, load_checkpoint
from engine.training.loop import predict
from engine.training.samples import Samples
from engine.training.trainer import CHECKPOINT, FITTED


@dataclass(frozen=True)
class FoldModel:
    """The model of a fold: its weights, what its fitted steps learned, and whom it was trained on."""

    checkpoint: Checkpoint
    states: Mapping[str, list[dict[str, Any]]]
    trained_on: frozenset[str]


def load_fold(folder: Path) -> FoldModel:
    """The model that a fold left in its folder; RunError where it is gone."""
    checkpoint = load_checkpoint(folder / CHECKPOINT)
    if checkpoint is None:
        raise _gone(folder)
    try:
        states = json.loads((folder / FITTED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _gone(folder) from None
    except (OSError, ValueError) as failure:
        raise RunError(f"what the fold learned cannot be read: {failure}", path=folder, hint=_AGAIN) from failure
    return FoldModel(checkpoint, states, frozenset(checkpoint.facts.get("train", ())))


def ask(
    recipe: Recipe,
    model: FoldModel,
    shapes: Mapping[str, InputShape],
    cohort: PreparedCohort,
    device: torch.device,
    control: Control,
) -> dict[str, list[list[float]]]:
    """Per target the class probabilities of each patient, in the cohort's order; RunError where it does not fit."""
    network = build(recipe, shapes)
    try:
        network.load_state_dict(model.checkpoint.model)
    except (RuntimeError, ValueError, KeyError) as failure:
        hint = "The recipe or Isocenter changed since; train it again."
        raise RunError("the run's weights do not fit its recipe", hint=hint) from failure
    samples = Samples(cohort, [one.patient for one in cohort.patients], model.states, (), device)
    return predict(network.to(device), samples, recipe.training.batch_size, control)


def _gone(folder: Path) -> RunError:
    return RunError(f"the model of fold {int(folder.name)} is gone", path=folder, hint=_AGAIN)


_AGAIN = "Train the recipe again: a run can only suggest labels by the models it kept."
