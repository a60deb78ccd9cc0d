"""The verbs about cohorts: phantom, prepare."""

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import AsJson, answer, bar
from engine.cohort import Workspace
from engine.errors import ReadError
from engine.phantoms import make_phantom
from engine.prepare import prepare_cohort
from engine.recipe import load_recipe, with_settings

FAILED = 1
Settings = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change the recipe.")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("phantom")(phantom)
    app.command("prepare")(prepare)


def phantom(
    recipe: Annotated[str, typer.Argument(help="A recipe's name, or its file.")],
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    """Write a recipe's synthetic cohort, in the layout real data would have."""
    chosen = with_settings(load_recipe(recipe), settings or [])
    if chosen.phantom is None:
        raise ReadError(f"the recipe '{chosen.name}' names no phantom", hint="Add a [phantom] part to it.")
    with bar("Making the phantom") as shown:
        made = make_phantom(chosen.phantom, folder, chosen.seed, shown.at)
    values = {"data": str(made.data), "truth": str(made.truth), "patients": made.patients}
    answer(values, as_json, [f"{made.patients} patients in {made.data}; truth masks in {made.truth}"])


def prepare(
    workspace: Annotated[Path, typer.Argument()],
    recipe: Annotated[str, typer.Argument(help="A recipe's name, or its file.")],
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    """Fill the cache of prepared tensors, as a run would."""
    chosen = with_settings(load_recipe(recipe), settings or [])
    with Workspace.open(workspace) as opened, bar("Preparing") as shown:
        made = prepare_cohort(chosen, opened.cohort(), opened.prepared_dir, shown.at)
    shapes = {
        name: sorted({str(list(one.volumes[name].array.shape)) for one in made.patients}) for name in made.pipelines
    }
    values = {"patients": len(made.patients), "left_out": list(made.left_out), "shapes": shapes}
    lines = [f"{len(made.patients)} patients are prepared.", *made.left_out]
    answer(values, as_json, lines + [f"{name} (frames, z, y, x): {', '.join(told)}" for name, told in shapes.items()])
