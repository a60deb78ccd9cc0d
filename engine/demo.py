"""The demo study of a recipe: its phantom cohort, imported into a workspace of its own."""

import shutil
from pathlib import Path

from engine.cohort import import_as_workspace
from engine.cohort.intake.examining import Progress
from engine.control import Control
from engine.errors import CohortError, RecipeError
from engine.files import storage_errors
from engine.phantoms import make_phantom
from engine.recipe import Recipe

PHANTOM, WORKSPACE, BUILDING = "phantom", "workspace", ".making"


def demo_workspace(folder: Path) -> Path:
    """Where `make_demo` puts the workspace."""
    return folder / WORKSPACE


def make_demo(recipe: Recipe, folder: Path, progress: Progress | None = None, control: Control | None = None) -> Path:
    """Make the phantom and the workspace in a new or empty folder: all of it, or nothing. Returns the workspace.

    What a crash left half made is made anew.
    """
    if recipe.phantom is None:
        raise RecipeError(f"the recipe '{recipe.name}' names no phantom", hint="Add a [phantom] part to it.")
    _refuse_to_overwrite(folder)
    building = folder / BUILDING
    try:
        with storage_errors(folder):
            _clear(folder)
            building.mkdir(parents=True)
        phantom = make_phantom(recipe.phantom, building / PHANTOM, recipe.seed, progress, control)
        import_as_workspace(phantom.data, building / WORKSPACE, control=control)
        with storage_errors(folder):
            for name in (PHANTOM, WORKSPACE):
                (building / name).rename(folder / name)
            building.rmdir()
    except BaseException:
        _clear(folder)
        raise
    return demo_workspace(folder)


def _refuse_to_overwrite(folder: Path) -> None:
    """Only what this module was building may lie there: the mark of it is the building folder."""
    there = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    if folder.is_file() or (there and not (BUILDING in there and there <= {BUILDING, PHANTOM})):
        raise CohortError("the folder is not empty", path=folder, hint="Choose a new or an empty folder.")


def _clear(folder: Path) -> None:
    for name in (PHANTOM, BUILDING):
        shutil.rmtree(folder / name, ignore_errors=True)
