"""The demo study of a recipe: its phantom cohort, imported into a workspace of its own."""

import shutil
from pathlib import Path

from engine.cohort import Workspace, import_folder
from engine.cohort.importing import Progress
from engine.control import Control
from engine.errors import CohortError, RecipeError
from engine.files import storage_errors
from engine.phantoms import make_phantom
from engine.recipe import Recipe

PHANTOM, WORKSPACE = "phantom", "workspace"


def demo_workspace(folder: Path) -> Path:
    """Where `make_demo` puts the workspace."""
    return folder / WORKSPACE


def make_demo(recipe: Recipe, folder: Path, progress: Progress | None = None, control: Control | None = None) -> Path:
    """Make the phantom and the workspace in a new or empty folder: all of it, or nothing. Returns the workspace."""
    if recipe.phantom is None:
        raise RecipeError(f"the recipe '{recipe.name}' names no phantom", hint="Add a [phantom] part to it.")
    if folder.exists() and any(folder.iterdir()):
        raise CohortError("the folder is not empty", path=folder, hint="Choose a new or an empty folder.")
    try:
        phantom = make_phantom(recipe.phantom, folder / PHANTOM, recipe.seed, progress, control)
        with Workspace.create(demo_workspace(folder)) as workspace:
            import_folder(phantom.data, workspace, control=control)
        return demo_workspace(folder)
    except BaseException:
        with storage_errors(folder):
            for name in (PHANTOM, WORKSPACE):
                shutil.rmtree(folder / name, ignore_errors=True)
        raise
