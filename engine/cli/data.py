"""The verbs about scans and cohorts: inspect, phantom, import, cohort, prepare."""

from pathlib import Path
from typing import Annotated, Any

import typer

from engine.cli.console import AsJson, answer, bar, table
from engine.cohort import Cohort, Workspace, import_as_workspace, import_folder
from engine.cohort.importing import cohort_json
from engine.cohort.scan_files import scan_files
from engine.errors import ReadError
from engine.imaging import ScanHeader, inspect
from engine.phantoms import make_phantom
from engine.prepare import prepare_cohort
from engine.recipe import load_recipe, with_settings

FAILED = 1
Settings = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change the recipe.")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("inspect")(inspect_paths)
    app.command("phantom")(phantom)
    app.command("import")(import_scans)
    app.command("cohort")(cohort)
    app.command("prepare")(prepare)


def inspect_paths(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders.")],
    as_json: AsJson = False,
) -> int:
    """Tell what files or folders hold: shape, spacing, orientation, frames, warnings."""
    found = [_inspected(file, path) for path in paths for file in _files(path)]
    answer(found, as_json, [_told(item) for item in found] or ["No scans were found."])
    return 0 if any("error" not in item for item in found) else FAILED


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


def import_scans(
    source: Annotated[Path, typer.Argument(help="The folder of scans; it is only read.")],
    workspace: Annotated[Path, typer.Argument(help="The workspace; made where there is none.")],
    layout: Annotated[str, typer.Option(help="How the folder is arranged; 'auto' finds out.")] = "auto",
    labels: Annotated[Path | None, typer.Option(help="A label table (csv, tsv).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Find and check only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add a folder of scans to a workspace."""
    with bar("Importing") as shown:
        if dry_run:
            report = import_folder(source, None, layout=layout, labels=labels, progress=shown.at)
        elif Workspace.exists(workspace):
            with Workspace.open(workspace) as opened:
                report = import_folder(source, opened, layout=layout, labels=labels, progress=shown.at)
        else:
            report = import_as_workspace(source, workspace, layout=layout, labels=labels, progress=shown.at)
    skipped = [f"Skipped {item.path.name}: {item.reason}" for item in report.skipped]
    answer(report.as_json(), as_json, [*_heads(report.cohort), *skipped])


def cohort(workspace: Annotated[Path, typer.Argument()], as_json: AsJson = False) -> None:
    """Count heads per class, role and label column."""
    found = Workspace.peek(workspace).cohort()
    roles = {role: sum(1 for scan in found.scans if scan.role == role) for role in found.roles}
    answer({**cohort_json(found), "roles": roles}, as_json, _heads(found))


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


def _files(path: Path) -> list[Path]:
    return list(scan_files(path)) if path.is_dir() else [path]


def _inspected(file: Path, given: Path) -> dict[str, Any]:
    try:
        header: ScanHeader = inspect(file)
    except ReadError as failure:
        return {"path": str(file), "error": failure.what, "hint": failure.hint}
    return header.as_json()


def _told(item: dict[str, Any]) -> str:
    if "error" in item:
        return f"{item['path']}: {item['error']}. {item['hint']}"
    size = " x ".join(str(count) for count in item["shape"])
    spacing = " x ".join(f"{mm:.3g}" for mm in item["spacing"])
    frames = f", {item['frames']} frames ({item['frame_axis']})" if item["frames"] > 1 else ""
    warnings = "".join(f"\n  ! {text}" for text in item["warnings"])
    return f"{item['path']}: {item['format']}, {size} at {spacing} mm, {item['orientation']}{frames}{warnings}"


def _heads(found: Cohort) -> list[Any]:
    level = "" if found.level == "patient" else " (image level: the source names no patients)"
    lines: list[Any] = [f"{len(found.patients)} patients, {len(found.scans)} scans{level}"]
    for column, classes in found.counts().items():
        rows = [(name, str(heads["patients"]), str(heads["scans"])) for name, heads in classes.items()]
        lines.append(table("", (column, "patients", "scans"), rows))
    return lines
