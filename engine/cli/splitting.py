"""The verbs about divisions: split, splits, vault."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.cli.console import AsJson, answer, note, table
from engine.cohort import Workspace
from engine.cohort.dividing.division import Fold, Subjects, chosen, divide
from engine.cohort.dividing.division_counts import class_counts
from engine.cohort.dividing.division_table import GIVEN, read_division, write_division
from engine.cohort.dividing.joining import cohort_for, subjects_of
from engine.cohort.dividing.remarks import left_out, level_words, remarks
from engine.cohort.dividing.saved_divisions import Division, changes_since, saved_divisions
from engine.cohort.dividing.vault import drawn_for_vault, open_vault, openings, vault_words
from engine.cohort.edits.divisions import DropDivision, PutDivision
from engine.cohort.edits.edit import counted
from engine.cohort.edits.vault import GiveBack, SetAside
from engine.errors import CohortError
from engine.recipe import Choice
from engine.recipe.settings import changed
from engine.runs.division import ever_divided

Targets = Annotated[
    list[str] | None, typer.Option("--target", metavar="COLUMN", help="A label column; may be repeated.")
]
_SHOWN = 25
By = Annotated[list[str] | None, typer.Option("--by", metavar="COVARIATE", help="Also balanced by; may be repeated.")]
Seed = Annotated[int, typer.Option(help="The same seed divides alike.")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("split")(split)
    app.command("splits")(splits)
    app.command("vault")(vault)


def split(
    workspace: Annotated[Path, typer.Argument()],
    protocol: Annotated[str, typer.Option(help="How to divide: holdout, k-fold, jackknife, …")] = "holdout",
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Its options.")] = None,
    target: Targets = None,
    by: By = None,
    seed: Seed = 0,
    name: Annotated[str, typer.Option(help="Save it in the workspace under this name.")] = "",
    csv: Annotated[Path | None, typer.Option(help="Write it there as a table.")] = None,
    given: Annotated[Path | None, typer.Option("--from", help="Take it from a table: patient, fold, part.")] = None,
    as_json: AsJson = False,
) -> None:
    """Divide patients by a protocol, show who is where, and save it if it is given a name."""
    with Workspace.open(workspace) if name else Workspace.peek(workspace) as opened:
        subjects, made = _divided(opened, protocol, settings or [], target or [], by or [], seed, name, given)
        absent = left_out(cohort_for(made.protocol, opened.cohort(), opened.path), subjects)
        if name:
            opened.store.edit(PutDivision(made))
    if csv is not None:
        note(f"Wrote {write_division(csv, made).name}.")
    said = [*remarks(made.folds, subjects), *filter(None, [absent])]
    answer(_values(made, said), as_json, [*_lines(made), *said, *([f"Saved as '{name}'."] if name else [])])


def splits(
    workspace: Annotated[Path, typer.Argument()],
    drop: Annotated[str, typer.Option(metavar="NAME", help="Delete one.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the saved divisions, and what changed about their patients since."""
    if drop:
        with Workspace.open(workspace) as opened:
            opened.store.edit(DropDivision(drop))
    found = Workspace.peek(workspace)
    cohort, rows, told = found.cohort(), [], []
    for one in saved_divisions(found.path):
        changes = changes_since(one, subjects_of(one, cohort, found.path))
        rows.append((one.name, one.protocol.key, str(len(one.folds)), str(len(one.patients)), " ".join(changes)))
        told.append(_values(one, changes))
    columns = ("name", "protocol", "folds", "patients", "changed since")
    answer(told, as_json, [table("", columns, rows)] if rows else ["No division is saved."])


def vault(
    workspace: Annotated[Path, typer.Argument()],
    set_aside: Annotated[float | None, typer.Option("--set-aside", metavar="SHARE", help="Such as 0.2.")] = None,
    give_back: Annotated[bool, typer.Option("--give-back", help="Let all of them be trained on again.")] = False,
    open_it: Annotated[bool, typer.Option("--open", help="Tell who is in it; counted for ever.")] = False,
    reason: Annotated[str, typer.Option(help="Why it is opened.")] = "",
    target: Targets = None,
    by: By = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """The test vault: patients set aside, whom no division touches; every opening is counted."""
    told: list[str] = []
    if set_aside is not None or give_back or open_it:
        with Workspace.open(workspace) as opened:
            if give_back:
                opened.store.edit(GiveBack())
            if set_aside is not None:
                drawn = drawn_for_vault(_subjects(opened, target or []), set_aside, by or [], seed)
                opened.store.edit(SetAside(drawn))
            if open_it:
                told = list(open_vault(opened, reason))
    _answer_vault(workspace, told, as_json)


def _answer_vault(workspace: Path, told: Sequence[str], as_json: bool) -> None:
    found = Workspace.peek(workspace)
    opened, vault = openings(found.path), found.cohort().vault
    aside = len(vault)
    seen = len(vault & ever_divided(found.path)) if aside else 0
    values: dict[str, Any] = {
        "patients": aside,
        "in_runs": seen,
        "openings": [vars(one) for one in opened],
        "opened": list(told),
    }
    lines = [vault_words(aside, opened, seen) or "The test vault is empty, and was never opened."]
    lines += [f"{one.made}: {one.reason}{f' (run {one.run})' if one.run else ''}" for one in opened]
    answer(values, as_json, lines + (["In it: " + ", ".join(told)] if told else []))


def _divided(
    workspace: Workspace,
    protocol: str,
    settings: list[str],
    targets: list[str],
    by: list[str],
    seed: int,
    name: str,
    given: Path | None,
) -> tuple[Subjects, Division]:
    if given is not None:
        subjects = _subjects(workspace, targets)
        return subjects, read_division(given, name, subjects)
    choice = Choice.model_validate(changed({"key": protocol, **({"by": by} if by else {})}, settings))
    chosen(choice)
    subjects = _subjects(workspace, targets, choice)
    return subjects, Division.of(name, choice, seed, tuple(divide(choice, subjects, seed)), subjects)


def _subjects(workspace: Workspace, targets: list[str], choice: Choice = GIVEN) -> Subjects:
    cohort = workspace.cohort()
    columns = targets or cohort.label_columns[:1]
    if not columns:
        raise CohortError("no patient has a label", hint="Label them first: a division keeps classes balanced.")
    for column in columns:
        cohort.require_column(column)
    subjects = Subjects.of(cohort_for(choice, cohort, workspace.path), columns, workspace.path)
    if not subjects.patients:
        raise CohortError("no patient has a label in every target column", hint="Choose other targets.")
    return subjects


def _values(division: Division, said: Sequence[str]) -> dict[str, Any]:
    return {
        "name": division.name,
        "made": division.made,
        "protocol": division.protocol.model_dump(mode="json"),
        "seed": division.seed,
        "level": division.level,
        "level_words": level_words(division.level, likely=division.likely),
        "patients": len(division.patients),
        "folds": [_fold(fold, division) for fold in division.folds],
        "remarks": list(said),
    }


def _fold(fold: Fold, division: Division) -> dict[str, Any]:
    parts = {part: len(members) for part, members in fold.parts.items() if members}
    classes = {column: class_counts([fold], told) for column, told in division.targets.items()}
    return {"number": fold.number, "repeat": fold.repeat, "parts": parts, "classes": classes}


def _lines(division: Division) -> list[Any]:
    lines: list[Any] = [f"{counted(division.patients, 'patient')}, {counted(division.folds, 'fold')}"]
    for column, classes in division.targets.items():
        names = sorted(set(classes.values()))
        rows = [
            (str(fold.number), part, *(str(counts.get(name, 0)) for name in names))
            for fold in division.folds[:_SHOWN]
            for part, counts in class_counts([fold], classes).items()
        ]
        lines.append(table(column, ("fold", "part", *names), rows))
        hidden = len(division.folds) - _SHOWN
        lines += [f"… and {hidden} folds more; --json and --csv tell all."] if hidden > 0 else []
    return lines
