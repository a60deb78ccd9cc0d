"""What a fold is trained from."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from engine.cohort.dividing.division import Fold
from engine.models import InputShape
from engine.prepare import PreparedCohort
from engine.recipe import Recipe
from engine.runs import RunFolder
from engine.runs import events as ev

Emit = Callable[[ev.Event], None]


@dataclass(frozen=True)
class FoldWork:
    """Everything a fold is trained from; nothing in it changes while it is."""

    recipe: Recipe
    cohort: PreparedCohort
    run: RunFolder
    fold: Fold
    folds: int
    device: torch.device


def input_shapes(cohort: PreparedCohort) -> dict[str, InputShape]:
    """The shape of each input; slices None where patients differ."""
    shapes = {}
    for name in cohort.pipelines:
        arrays = [one.volumes[name].array.shape for one in cohort.patients]
        slices = {shape[1] for shape in arrays}
        frames, _, rows, columns = arrays[0]
        shapes[name] = InputShape(frames, slices.pop() if len(slices) == 1 else None, rows, columns)
    return shapes
