"""The verbs about cohorts: phantom, import, cohort, exclude, accept, prepare."""

from pathlib import Path
from typing import Annotated, Any

import typer

from engine.cli.console import AsJson, answer, bar, table
from engine.cohort import Cohort, Scan, Workspace, import_as_workspace, import_folder
from engine.cohort.importing import cohort_json
from engine.errors import CohortError, ReadError
from engine.phantoms import make_phantom
from engine.prepare import prepare_cohort
from engine.recipe import load_recipe, with_settings
from engine.registry import suggestion

FAILED = 1
Settings = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change the recipe.")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("phantom")(phantom)
    app.command("import")(import_scans)
    app.command("cohort")(cohort)
    app.command("exclude")(exclude)
    app.command("accept")(accept)
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


def import_scans(
    source: Annotated[Path, typer.Argument(help="The folder of scans; it is only read.")],
    workspace: Annotated[Path, typer.Argument(help="The workspace; made where there is none.")],
    layout: Annotated[str, typer.Option(help="How the folder is arranged; 'auto' finds out.")] = "auto",
    labels: Annotated[Path | None, typer.Option(help="A label table (csv, tsv).")] = None,
    join: Annotated[bool, typer.Option("--join", help="Make one scan of series that are its echoes.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Find and check only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add a folder of scans to a workspace."""
    with bar("Importing") as shown:
        if dry_run:
            report = import_folder(source, None, layout=layout, labels=labels, join=join, progress=shown.at)
        elif Workspace.exists(workspace):
            with Workspace.open(workspace) as opened:
                report = import_folder(source, opened, layout=layout, labels=labels, join=join, progress=shown.at)
        else:
            report = import_as_workspace(source, workspace, layout=layout, labels=labels, join=join, progress=shown.at)
    skipped = [f"Skipped {item.path.name}: {item.reason}" for item in report.skipped]
    answer(report.as_json(), as_json, [*_heads(report.cohort), *skipped])


def cohort(workspace: Annotated[Path, typer.Argument()], as_json: AsJson = False) -> None:
    """Count heads per class, role and label column."""
    found = Workspace.peek(workspace).cohort()
    roles = {role: sum(1 for scan in found.scans if scan.role == role) for role in found.roles}
    answer({**cohort_json(found), "roles": roles}, as_json, _heads(found))


def exclude(
    workspace: Annotated[Path, typer.Argument()],
    patient: Annotated[str, typer.Argument(help="A pseudonym, such as P-003.")],
    role: Annotated[str, typer.Option(help="One scan of the patient; all of them without it.")] = "",
    reason: Annotated[str, typer.Option(help="Kept with the scan; empty takes it back in.")] = "excluded by hand",
    as_json: AsJson = False,
) -> None:
    """Keep a patient's scans out of every run, or take them back in."""
    with Workspace.open(workspace) as opened:
        chosen = _chosen(opened, patient, role)
        for scan in chosen:
            opened.store.exclude(scan.id, reason)
    told = "are excluded" if reason else "take part again"
    answer({"patient": patient, "scans": len(chosen)}, as_json, [f"{len(chosen)} scans of {patient} {told}."])


def accept(
    workspace: Annotated[Path, typer.Argument()],
    patient: Annotated[str, typer.Argument(help="A pseudonym, such as P-003.")],
    role: Annotated[str, typer.Option(help="One scan of the patient; all that failed without it.")] = "",
    reason: Annotated[str, typer.Option(help="Kept in every run; empty takes it back.")] = "checked by hand",
    as_json: AsJson = False,
) -> None:
    """Let scans take part although their geometry failed; every run records it."""
    with Workspace.open(workspace) as opened:
        chosen = [scan for scan in _chosen(opened, patient, role) if scan.certificate == "fail"]
        for scan in chosen:
            opened.store.accept(scan.id, reason)
    if not chosen:
        raise CohortError(f"no scan of {patient} has failed", hint="There is nothing to accept.")
    told = "take part although their geometry failed" if reason else "stay out again"
    answer({"patient": patient, "scans": len(chosen)}, as_json, [f"{len(chosen)} scans of {patient} {told}."])


def _chosen(workspace: Workspace, patient: str, role: str) -> list[Scan]:
    found = workspace.cohort().by_key
    if patient not in found:
        raise CohortError(f"there is no patient '{patient}'", hint=suggestion(patient, sorted(found)))
    scans = [scan for scan in found[patient].scans if role in ("", scan.role)]
    if not scans:
        roles = sorted({scan.role for scan in found[patient].scans})
        raise CohortError(f"{patient} has no scan of role '{role}'", hint=suggestion(role, roles))
    return scans


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


def _heads(found: Cohort) -> list[Any]:
    level = "" if found.level == "patient" else " (image level: the source names no patients)"
    lines: list[Any] = [f"{len(found.patients)} patients, {len(found.scans)} scans{level}"]
    for column, classes in found.counts().items():
        rows = [(name, str(heads["patients"]), str(heads["scans"])) for name, heads in classes.items()]
        lines.append(table("", (column, "patients", "scans"), rows))
    return lines
