"""The model registry: descriptions without torch, and building, which imports it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import ModelError
from engine.recipe import Choice, Recipe, typed_options
from engine.registry import Info, Options, Registry

if TYPE_CHECKING:
    from engine.models.networks.classifier import Classifier


@dataclass(frozen=True)
class InputShape:
    """One input of the prepared cohort; `slices` is None where patients differ."""

    frames: int
    slices: int | None
    rows: int
    columns: int


@dataclass(frozen=True)
class Model:
    """One model. `most_inputs` is None where it takes any number; `example` is what it is counted with."""

    info: Info
    dims: str
    options: type[Options]
    build: "Callable[[Any, Mapping[str, InputShape], Mapping[str, int]], Classifier]"
    example: Mapping[str, InputShape]
    most_inputs: int | None = None
    same_slices: bool = False
    weights: str = "none: trained from scratch"


models: Registry[Model] = Registry("model", "engine.models.zoo")


def check(recipe: Recipe) -> tuple[Model, Options]:
    """The recipe's model and its options, without building it."""
    model = models.get(recipe.model.key)
    options = typed_options(recipe.model, model.options, "the model")
    if model.most_inputs is not None and len(recipe.inputs) > model.most_inputs:
        raise ModelError(
            f"'{model.info.key}' takes {model.most_inputs} input, the recipe has {len(recipe.inputs)}",
            hint="Remove inputs from the recipe, or choose a model with a branch per input.",
        )
    return model, options


def build(recipe: Recipe, shapes: Mapping[str, InputShape]) -> "Classifier":
    """The recipe's model for these inputs, with fresh weights from torch's generator."""
    model, options = check(recipe)
    for name, shape in shapes.items():
        if model.same_slices and shape.slices is None:
            hint = f"Add a 'resample' step to the input '{name}'."
            raise ModelError(f"'{model.info.key}' needs the same number of slices in every scan", hint=hint)
    return model.build(options, shapes, {target.column: len(target.classes) for target in recipe.targets})


def parameters(choice: Choice, classes: int = 2) -> int:
    """How many weights the model has on its example input."""
    model = models.get(choice.key)
    options = typed_options(choice, model.options, "the model")
    network = model.build(options, model.example, {"target": classes})
    return sum(weights.numel() for weights in network.parameters())
