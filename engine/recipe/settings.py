"""Changing a recipe by `key=value`, as `--set` and the window's form do."""

import tomllib
from collections.abc import Iterable
from typing import Any

from engine.errors import RecipeError
from engine.recipe.schema import Recipe
from engine.recipe.typing_errors import validated


def with_settings(recipe: Recipe, settings: Iterable[str]) -> Recipe:
    """The recipe with each `dotted.key=value` applied; values are written as in TOML, bare words are text."""
    return validated(Recipe, changed(recipe.model_dump(mode="json", exclude_none=True), settings), "the recipe")


def changed(values: dict[str, Any], settings: Iterable[str]) -> dict[str, Any]:
    """Plain values with each `dotted.key=value` applied, in place."""
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not equals or not key.strip():
            raise RecipeError(f"'{setting}' is not a setting", hint="Write it as training.epochs=5.")
        _assign(values, key.strip().split("."), _value(text.strip()), setting)
    return values


def _assign(values: Any, path: list[str], value: Any, setting: str) -> None:
    for part in path[:-1]:
        values = _inside(values, part, setting)
    if isinstance(values, list):
        values[_index(values, path[-1], setting)] = value
    else:
        values[path[-1]] = value


def _inside(values: Any, part: str, setting: str) -> Any:
    if isinstance(values, list):
        return values[_index(values, part, setting)]
    inner = values.setdefault(part, {})
    if not isinstance(inner, dict | list):
        raise RecipeError(f"'{setting}' leads into a single value", hint=f"'{part}' holds no further settings.")
    return inner


def _index(values: list[Any], part: str, setting: str) -> int:
    if part.isdecimal() and int(part) < len(values):
        return int(part)
    raise RecipeError(f"'{setting}' points outside a list of {len(values)}", hint="Count from 0.")


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        return text
