"""A recipe: one experiment as typed, versioned data in one TOML file."""

from engine.recipe.file import load_recipe, parse_recipe, shelf
from engine.recipe.schema import (
    Choice,
    Evaluation,
    Input,
    Recipe,
    Target,
    Training,
)
from engine.recipe.settings import with_settings
from engine.recipe.typing_errors import typed_options

__all__ = [
    "Choice",
    "Evaluation",
    "Input",
    "Recipe",
    "Target",
    "Training",
    "load_recipe",
    "parse_recipe",
    "shelf",
    "typed_options",
    "with_settings",
]
