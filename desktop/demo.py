"""The demo study of a recipe, kept among the user's data, so that it is made once."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.bridge import Report
from engine.control import Control

if TYPE_CHECKING:
    from engine.recipe import Recipe


@dataclass(frozen=True)
class Demo:
    """The study of a recipe: where it is, or will be."""

    recipe: "Recipe"
    folder: Path
    workspace: Path

    @property
    def title(self) -> str:
        return self.recipe.title or self.recipe.name

    def make(self, report: Report, control: Control) -> Path:
        """Make the phantoms and the workspace; all of it, or nothing."""
        from engine.demo import make_demo

        def progress(done: int, total: int) -> None:
            report(done, total, "Patients")

        return make_demo(self.recipe, self.folder, progress, control)


def find_demo(name: str = "") -> Demo:
    """The demo of the recipe called `name`, or of the first that has phantoms; slow the first time."""
    from engine.demo import demo_workspace
    from engine.errors import RecipeError
    from engine.recipe import load_recipe, shelf

    recipe = load_recipe(name) if name else next((entry for entry in shelf() if entry.phantom), None)
    if recipe is None:
        raise RecipeError("no recipe has a demo study", hint="Install Isocenter again: its recipes are missing.")
    folder = data_folder() / f"demo-{recipe.name}"
    return Demo(recipe, folder, demo_workspace(folder))


def data_folder() -> Path:
    """ISOCENTER_DATA_DIR, or the platform's place for the user's data."""
    from platformdirs import user_data_path

    folder = os.environ.get("ISOCENTER_DATA_DIR")
    return Path(folder) if folder else user_data_path("isocenter", appauthor=False)
