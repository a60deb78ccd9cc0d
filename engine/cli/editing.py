"""The verbs that change a cohort, and those that take changes back."""

from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.audit.finding import counted
from engine.cli.console import AsJson, answer, note, table
from engine.cohort import Cohort, Patient, Scan, Workspace
from engine.cohort.columns import TYPES, USES, Column
from engine.cohort.edits import (
    AcceptScans,
    Edit,
    ExcludeScans,
    GroupScans,
    PutColumn,
    RenameClasses,
    SetCovariate,
    SetLabel,
    SetRole,
    SetScanLabel,
)
from engine.cohort.edits.judging import BY_HAND, CHECKED
from engine.cohort.storage.journal import Edited, PastEdit
from engine.errors import CohortError
from engine.registry import suggestion

Place = Annotated[Path, typer.Argument(metavar="WORKSPACE")]
Patients = Annotated[list[str], typer.Argument(metavar="PATIENT...", help="Pseudonyms, such as P-003.")]
Role = Annotated[str, typer.Option(help="Of the patient's scans only those of this role.")]
NOTHING = "Nothing had to be changed."


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (exclude, accept, label, covariate, merge, role, column, group, undo, redo, history):
        app.command(verb.__name__)(verb)


def exclude(
    workspace: Place,
    patient: Annotated[str, typer.Argument(help="A pseudonym, such as P-003.")],
    role: Role = "",
    reason: Annotated[str, typer.Option(help="Kept with the scan; empty takes it back in.")] = BY_HAND,
    as_json: AsJson = False,
) -> None:
    """Keep a patient's scans out of every run, or take them back in."""
    with Workspace.open(workspace) as opened:
        chosen = _scans(opened, [patient], role)
        opened.store.edit(ExcludeScans(_ids(chosen), reason))
    told = "excluded" if reason else "taking part again"
    answer(
        {"patient": patient, "scans": len(chosen)}, as_json, [f"{counted(len(chosen), 'scan')} of {patient}: {told}."]
    )


def accept(
    workspace: Place,
    patient: Annotated[str, typer.Argument(help="A pseudonym, such as P-003.")],
    role: Role = "",
    reason: Annotated[str, typer.Option(help="Kept in every run; empty takes it back.")] = CHECKED,
    as_json: AsJson = False,
) -> None:
    """Let scans take part although their geometry failed; every run records it."""
    with Workspace.open(workspace) as opened:
        chosen = [scan for scan in _scans(opened, [patient], role) if scan.certificate == "fail"]
        if not chosen:
            raise CohortError(f"no scan of {patient} has failed", hint="There is nothing to accept.")
        opened.store.edit(AcceptScans(_ids(chosen), reason))
    told = "taking part although the geometry failed" if reason else "out again"
    answer(
        {"patient": patient, "scans": len(chosen)}, as_json, [f"{counted(len(chosen), 'scan')} of {patient}: {told}."]
    )


def label(
    workspace: Place,
    column: Annotated[str, typer.Argument(help="The label column; a new one is made.")],
    value: Annotated[str, typer.Argument(help='The class; "" takes the label away.')],
    patients: Patients,
    role: Annotated[str, typer.Option(help="Give it to the scans of this role alone, not to the patients.")] = "",
    as_json: AsJson = False,
) -> None:
    """Give patients a label, or some of their scans one of their own."""

    def edit(opened: Workspace) -> Edit:
        tell_new_class(opened.cohort(), column, value)
        if role:
            return SetScanLabel(_ids(_scans(opened, patients, role)), column, value)
        return SetLabel(tuple(patients), column, value)

    _carry_out(workspace, edit, as_json)


def covariate(
    workspace: Place,
    column: Annotated[str, typer.Argument(help="The covariate; a new one is made.")],
    value: Annotated[str, typer.Argument(help='Its value; "" takes it away.')],
    patients: Patients,
    as_json: AsJson = False,
) -> None:
    """Give patients a covariate."""
    _carry_out(workspace, lambda _: SetCovariate(tuple(patients), column, value), as_json)


def merge(
    workspace: Place,
    column: Annotated[str, typer.Argument(help="The label column.")],
    classes: Annotated[list[str], typer.Argument(metavar="CLASS...", help="One class renames it, several merge.")],
    into: Annotated[str, typer.Option(help="What they are called from now on.")],
    as_json: AsJson = False,
) -> None:
    """Rename a class, or merge several into one."""

    def edit(opened: Workspace) -> Edit:
        cohort = opened.cohort()
        cohort.require_column(column)
        known = cohort.classes(column)
        for name in classes:
            if name not in known:
                raise CohortError(f"'{column}' has no class '{name}'", hint=suggestion(name, known))
        return RenameClasses(column, tuple(classes), into)

    _carry_out(workspace, edit, as_json)


def role(
    workspace: Place,
    role: Annotated[str, typer.Argument(help="The role they play from now on.")],
    patients: Patients,
    was: Annotated[str, typer.Option(help="Of the patients' scans only those that play this role now.")] = "",
    as_json: AsJson = False,
) -> None:
    """Change the role that scans play."""
    _carry_out(workspace, lambda opened: SetRole(_ids(_scans(opened, patients, was)), role), as_json)


def column(
    workspace: Place,
    name: Annotated[str, typer.Argument(help="The label or covariate.")],
    use: Annotated[str, typer.Option("--as", help=f"One of {', '.join(USES)}.")] = "",
    type_: Annotated[str, typer.Option("--type", help=f"One of {', '.join(TYPES)}.")] = "",
    classes: Annotated[str, typer.Option("--order", help="Its classes in their order, with commas between.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say what a column is: a label or a covariate, its type, the order of its classes."""

    def edit(opened: Workspace) -> Edit:
        cohort = opened.cohort()
        known = sorted({*cohort.label_columns, *cohort.covariate_columns})
        if name not in known:
            raise CohortError(f"the cohort has no column '{name}'", hint=suggestion(name, known))
        was = cohort.column(name)
        order = tuple(word.strip() for word in classes.split(",") if word.strip())
        kind = _one_of(type_ or was.type, TYPES)
        return PutColumn(Column(name, _one_of(use or was.use, USES), kind, order or was.classes))

    _carry_out(workspace, edit, as_json)


def group(workspace: Place, patients: Patients, as_json: AsJson = False) -> None:
    """Make one patient of several, who turned out to be the same person."""
    _carry_out(workspace, lambda opened: GroupScans((_ids(_scans(opened, patients, "")),)), as_json)


def undo(workspace: Place, as_json: AsJson = False) -> None:
    """Take the newest edit of the cohort back."""
    with Workspace.open(workspace) as opened:
        edited = opened.store.undo()
    _answer(edited, as_json, "Taken back", "There is nothing to take back.")


def redo(workspace: Place, as_json: AsJson = False) -> None:
    """Do the edit again that was taken back last."""
    with Workspace.open(workspace) as opened:
        edited = opened.store.redo()
    _answer(edited, as_json, "Done again", "There is nothing to do again.")


def history(workspace: Place, as_json: AsJson = False) -> None:
    """List all edits of the cohort, the oldest first."""
    past = Workspace.peek(workspace).store.history()
    values = [
        {"edit": one.number, "words": one.words, "who": one.who, "made": _moment(one), "undone": one.undone}
        for one in past
    ]
    rows = [(_moment(one), one.who, one.words, "taken back" if one.undone else "") for one in past]
    lines = [table("", ("when", "who", "what", ""), rows)] if past else ["Nobody has edited the cohort."]
    answer(values, as_json, lines)


def _carry_out(workspace: Path, edit: Callable[[Workspace], Edit], as_json: bool) -> None:
    with Workspace.open(workspace) as opened:
        edited = opened.store.edit(edit(opened))
    _answer(edited if edited.number else None, as_json, "Done", NOTHING)


def tell_new_class(cohort: Cohort, column: str, value: str) -> None:
    """Say beside the answer that a label is the first of its class, which a slip of the keys would be as well."""
    known = cohort.classes(column) if column in cohort.label_columns else ()
    if value and known and value not in known:
        note(f"'{value}' is a new class of '{column}'. {suggestion(value, known)}".rstrip())


def _answer(edited: Edited | None, as_json: bool, told: str, nothing: str) -> None:
    values: dict[str, Any] = {"edit": 0, "words": "", "patients": 0}
    if edited is not None:
        values = {"edit": edited.number, "words": edited.words, "patients": len(edited.patients)}
    answer(values, as_json, [nothing if edited is None else f"{told}: {edited.words}."])


def _moment(past: PastEdit) -> str:
    return past.made.astimezone(UTC).isoformat(timespec="seconds")


def _scans(workspace: Workspace, patients: Sequence[str], role: str) -> list[Scan]:
    found = [scan for patient in _patients(workspace, patients) for scan in patient.scans if role in ("", scan.role)]
    if not found:
        roles = sorted({scan.role for patient in _patients(workspace, patients) for scan in patient.scans})
        raise CohortError(f"{', '.join(patients)} has no scan of role '{role}'", hint=suggestion(role, roles))
    return found


def _patients(workspace: Workspace, keys: Sequence[str]) -> list[Patient]:
    known = workspace.cohort().by_key
    for key in keys:
        if key not in known:
            raise CohortError(f"there is no patient '{key}'", hint=suggestion(key, sorted(known)))
    return [known[key] for key in keys]


def _ids(scans: Sequence[Scan]) -> tuple[int, ...]:
    return tuple(scan.id for scan in scans)


def _one_of(word: str, known: Sequence[Any]) -> Any:
    if word not in known:
        raise CohortError(f"'{word}' is none of {', '.join(known)}", hint=suggestion(word, list(known)))
    return word
