"""The recipe being edited: plain values over the recipe they began as."""

import copy
from collections.abc import Mapping
from typing import Any

from engine.recipe import Recipe
from engine.recipe.typing_errors import validated


class Draft:
    """`base` is what "back" goes back to; `values` are those of the recipe's file, with the edits in."""

    def __init__(self, base: Recipe) -> None:
        self.base = base
        self._base_values = _values(base)
        self.values: dict[str, Any] = copy.deepcopy(self._base_values)

    @property
    def changed(self) -> bool:
        """Whether anything differs from the base."""
        return self.values != self._base_values

    def get(self, *path: str | int, default: Any = None) -> Any:
        """The value at a path such as ("training", "epochs")."""
        return _at(self.values, path, default)

    def usual(self, *path: str | int, default: Any = None) -> Any:
        """The base's value at a path."""
        return _at(self._base_values, path, default)

    def set(self, *path: str | int, value: Any) -> None:
        """Change one value; None takes it out."""
        place = _at(self.values, path[:-1], None)
        if value is None and isinstance(place, dict):
            place.pop(path[-1], None)
        else:
            place[path[-1]] = value

    def choose(self, section: str, key: str) -> None:
        """Choose another entry for "model" or "protocol"; its options start as usual."""
        same = self._base_values[section]["key"] == key
        self.values[section] = copy.deepcopy(self._base_values[section]) if same else {"key": key}

    def set_options(self, section: str, options: Mapping[str, Any]) -> None:
        """The options of the chosen entry of a section."""
        self.values[section] = {"key": self.values[section]["key"], **options}

    def recipe(self) -> Recipe:
        """The recipe as it stands; RecipeError where a value cannot be."""
        return validated(Recipe, self.values, "the recipe")


def options_of(choice: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a choice as the file has it."""
    return {name: value for name, value in choice.items() if name != "key"}


def _values(recipe: Recipe) -> dict[str, Any]:
    return recipe.model_dump(mode="json", exclude_none=True)


def _at(values: Any, path: tuple[str | int, ...], default: Any) -> Any:
    for part in path:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return default
    return values
