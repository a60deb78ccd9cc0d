"""The steps of one input, resolved and checked: plain ones first, then the fitted ones."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.errors import PrepareError, RecipeError
from engine.imaging import Volume
from engine.imaging.volume import Array
from engine.prepare.step import FittedStep, Step, steps
from engine.recipe import Choice, typed_options
from engine.registry import Options

FORMAT = 1


@dataclass(frozen=True)
class Pipeline:
    """`plain` turns a volume into the tensor that is cached; `fitted` then belongs to a fold."""

    plain: tuple[tuple[Step, Options], ...]
    fitted: tuple[tuple[FittedStep, Options], ...]

    @classmethod
    def of(cls, choices: Sequence[Choice]) -> "Pipeline":
        """The pipeline of a recipe's input; RecipeError or RegistryError where a step is not as it should be."""
        plain: list[tuple[Step, Options]] = []
        fitted: list[tuple[FittedStep, Options]] = []
        for choice in choices:
            step = steps.get(choice.key)
            options = typed_options(choice, step.options, "the step")
            if isinstance(step, FittedStep):
                fitted.append((step, options))
            elif fitted:
                hint = f"Put '{choice.key}' before '{fitted[0][0].info.key}'."
                raise RecipeError(f"'{choice.key}' comes after a step that learns from training patients", hint=hint)
            else:
                plain.append((step, options))
        return cls(tuple(plain), tuple(fitted))

    @property
    def digest(self) -> str:
        """The name of what the plain steps do; it changes whenever their result may."""
        told = [[step.info.key, step.revision, options.model_dump(mode="json")] for step, options in self.plain]
        return hashlib.sha256(json.dumps([FORMAT, told]).encode()).hexdigest()

    def prepare(self, volume: Volume) -> Volume:
        """The volume after the plain steps, float32; PrepareError where it cannot be used."""
        _require_finite(volume.array)
        if volume.array.min() == volume.array.max():
            raise PrepareError("all its voxels have one value", hint="Exclude the scan: it shows nothing.")
        with np.errstate(over="ignore", invalid="ignore"):  # what does not fit in 32 bits is found below
            for step, options in self.plain:
                volume = step.apply(volume, options)
            array = np.ascontiguousarray(volume.array, np.float32)
        _require_finite(array)
        return volume.with_array(array)

    def fit(self, arrays: Sequence[Array]) -> list[dict[str, Any]]:
        """The states of the fitted steps, learned from the training patients' arrays."""
        states: list[dict[str, Any]] = []
        for step, options in self.fitted:
            states.append(step.fit((self._so_far(array, states) for array in arrays), options))
        return states

    def finish(self, array: Array, states: Sequence[dict[str, Any]]) -> Array:
        """A cached array (frames, z, y, x) after the fitted steps."""
        if len(states) != len(self.fitted):
            raise PrepareError("the fold's learned states do not fit the recipe", hint="Start a new run.")
        return np.asarray(self._so_far(array, states), np.float32)

    def _so_far(self, array: Array, states: Sequence[dict[str, Any]]) -> Array:
        for (step, _), state in zip(self.fitted, states, strict=False):
            array = step.apply(array, state)
        return array


def _require_finite(array: Array) -> None:
    if not np.isfinite(array).all():
        raise PrepareError("it holds values that are not numbers", hint="Exclude the scan, or repair it.")
