"""Recipes as files: the shelf that comes with Isocenter, and the user's own."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from engine.errors import RecipeError
from engine.recipe.schema import VERSION, Recipe
from engine.recipe.typing_errors import validated
from engine.registry import suggestion


def load_recipe(source: str | Path) -> Recipe:
    """The recipe of a TOML file, or of the shelf by its name."""
    path = Path(source)
    if path.suffix.lower() == ".toml":
        return parse_recipe(_text_of(path), path)
    known = sorted(entry.name.removesuffix(".toml") for entry in _shelf_files())
    if str(source) not in known:
        hint = suggestion(str(source), known) + " A recipe of your own is a file that ends in .toml."
        raise RecipeError(f"there is no recipe called '{source}'", hint=hint)
    return parse_recipe((files("resources.recipes") / f"{source}.toml").read_text(encoding="utf-8"))


def parse_recipe(text: str, path: Path | None = None) -> Recipe:
    """The recipe in a TOML text; RecipeError says what is wrong in it."""
    where = "the recipe" if path is None else f"the recipe {path.name}"
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as failure:
        raise RecipeError(f"{where} is not valid TOML: {failure}", hint="Correct the line named.") from None
    _refuse_other_versions(values, where)
    return validated(Recipe, values, where)


def shelf() -> list[Recipe]:
    """The recipes that come with Isocenter, by name."""
    return [parse_recipe(entry.read_text(encoding="utf-8")) for entry in _shelf_files()]


def _shelf_files() -> list[Any]:
    entries = files("resources.recipes").iterdir()
    return sorted((e for e in entries if e.name.endswith(".toml")), key=lambda entry: entry.name)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise RecipeError("the recipe file is not there", path=path, hint="Check the path.") from None
    except (OSError, UnicodeDecodeError) as failure:
        raise RecipeError(f"the recipe cannot be read: {failure}", path=path, hint="Is it a text file?") from None


def _refuse_other_versions(values: dict[str, Any], where: str) -> None:
    version = values.get("version", VERSION)
    if version != VERSION:
        raise RecipeError(
            f"{where} is of version {version}; this Isocenter reads version {VERSION}",
            hint="Update Isocenter." if isinstance(version, int) and version > VERSION else "Set version = 1.",
        )
