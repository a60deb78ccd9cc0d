"""The verbs about suggested labels: suggest, suggestions, decide."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.audit.finding import counted
from engine.cli.console import AsJson, answer, bar, table
from engine.cli.editing import tell_new_class
from engine.cohort import Workspace
from engine.cohort.edits import AcceptSuggestions, Edit, PutSuggestions, RejectSuggestions
from engine.cohort.suggestions import Standing, Suggestion, open_ones, standing, suggestions
from engine.compute.suggesting import Suggested, suggest
from engine.errors import CohortError
from engine.registry import suggestion as nearest
from engine.runs import RunFolder

Place = Annotated[Path, typer.Argument(metavar="WORKSPACE")]
Column = Annotated[str, typer.Option(help="The label column; needed only where several have suggestions.")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("suggest")(suggest_labels)
    app.command("suggestions")(list_suggestions)
    app.command("decide")(decide)


def suggest_labels(
    run: Annotated[Path, typer.Argument(metavar="RUN")],
    device: Annotated[str, typer.Option(help="Where to compute; as the recipe says without it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Have a finished run suggest labels for patients without one; no label changes until somebody accepts it."""
    folder = RunFolder.open(run)
    with Workspace.open(folder.workspace_path) as opened:
        with bar("Asking the run") as shown:
            made = suggest(opened.path, folder, shown.at, device=device)
        edits = [PutSuggestions(made.run, column, rows) for column, rows in made.columns.items() if rows]
        if edits:
            opened.store.edit(*edits)
    values = {
        "run": made.run,
        "patients": made.patients,
        "suggestions": {column: dict(rows) for column, rows in made.columns.items()},
        "left_out": list(made.left_out),
        "folds": made.folds,
        "device": made.device,
    }
    answer(values, as_json, _told(made))


def list_suggestions(
    workspace: Place,
    column: Annotated[str, typer.Option(help="Only this label column.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what runs suggested, the most doubtful first, and what was decided."""
    opened = Workspace.peek(workspace)
    cohort, found = opened.cohort(), suggestions(opened.store, column)
    waiting = open_ones(found, cohort)
    still = {id(one) for one in waiting}
    state = standing(found, cohort)
    values = {
        "open": state.open,
        "accepted": state.accepted,
        "rejected": state.rejected,
        "suggestions": [_values(one) for one in found if one.decision or id(one) in still],
    }
    rows = [
        (one.patient, one.column, one.proposed, f"{one.probability:.3f}", f"{one.margin:.3f}", one.run)
        for one in waiting
    ]
    shown = [table("", ("patient", "column", "suggested", "probability", "margin", "run"), rows)] if rows else []
    answer(values, as_json, [_standing(state), *shown])


def decide(
    workspace: Place,
    patient: Annotated[str, typer.Argument(help="A pseudonym, such as P-003; not with --accept-above.")] = "",
    label: Annotated[str, typer.Argument(help="With --accept: another label than the suggested one.")] = "",
    accept: Annotated[bool, typer.Option("--accept", help="Give the patient the label.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="Leave the patient without one.")] = False,
    accept_above: Annotated[
        float | None, typer.Option(metavar="P", help="Accept all that are at least so probable, 0.5 to 1.")
    ] = None,
    column: Column = "",
    as_json: AsJson = False,
) -> None:
    """Accept or reject suggested labels; who decided is kept, and `isocenter undo` takes it back."""
    one_way = [accept, reject, accept_above is not None].count(True) == 1
    if not one_way or bool(patient) == (accept_above is not None) or (label and not accept):
        raise typer.BadParameter("Say PATIENT and --accept [LABEL] or --reject, or --accept-above P")
    with Workspace.open(workspace) as opened:
        cohort = opened.cohort()
        waiting = open_ones(suggestions(opened.store, column), cohort)
        if accept_above is not None:
            edits: Sequence[Edit] = _all_above(waiting, accept_above)
        else:
            one = _one(waiting, patient)
            given = label or one.proposed
            if accept:
                tell_new_class(cohort, one.column, given)
            edits = [AcceptSuggestions(one.column, {patient: given}) if accept else _rejection(one)]
        if edits:
            opened.store.edit(*edits)
        left = len(open_ones(suggestions(opened.store, column), opened.cohort()))
    made = [edit.words for edit in edits]
    values = {"decided": len(waiting) - left, "edits": made, "open": left}
    answer(values, as_json, [*(f"{words}: done." for words in made), *_nobody(made), f"{left} still open."])


def _rejection(one: Suggestion) -> Edit:
    return RejectSuggestions(one.column, (one.patient,))


def _all_above(waiting: Sequence[Suggestion], bound: float) -> list[Edit]:
    """An edit per column; CohortError where the bound would accept what a run is in doubt about."""
    if not 0.5 <= bound <= 1:
        raise CohortError(f"{bound:g} is no probability to accept by", hint="Give --accept-above one from 0.5 to 1.")
    chosen = [one for one in waiting if one.probability >= bound]
    columns = dict.fromkeys(one.column for one in chosen)
    return [
        AcceptSuggestions(column, {one.patient: one.proposed for one in chosen if one.column == column})
        for column in columns
    ]


def _one(waiting: Sequence[Suggestion], patient: str) -> Suggestion:
    found = [one for one in waiting if one.patient == patient]
    if not found:
        known = sorted({one.patient for one in waiting})
        raise CohortError(f"no suggestion for '{patient}' waits for an answer", hint=nearest(patient, known))
    columns = sorted({one.column for one in found})
    if len(columns) > 1:
        raise CohortError(f"{patient} has suggestions in several columns", hint=f"Add --column {columns[0]}.")
    return found[0]


def _nobody(made: Sequence[str]) -> list[str]:
    return [] if made else ["None is so probable: nothing was changed."]


def _told(made: Suggested) -> list[Any]:
    if not made.patients:
        return ["The run suggests nothing: no patient without a label has the scans it asks for.", *made.left_out]
    lines: list[Any] = [
        f"{counted(made.folds, 'model')} on {made.device}, asked about {counted(made.patients, 'patient')}."
    ]
    for column, rows in made.columns.items():
        told = [(patient, *(f"{share:.3f}" for share in shares.values())) for patient, shares in rows.items()]
        if told:
            lines.append(table("", (column, *next(iter(rows.values()))), told))
    return [*lines, *made.left_out, "No label was changed: 'isocenter decide' accepts or rejects."]


def _standing(state: Standing) -> str:
    return f"{state.open} open, {state.accepted} accepted, {state.rejected} rejected."


def _values(one: Suggestion) -> dict[str, Any]:
    return {
        "patient": one.patient,
        "column": one.column,
        "run": one.run,
        "proposed": one.proposed,
        "probabilities": dict(one.probabilities),
        "margin": one.margin,
        "decision": one.decision or "open",
        "label": one.label,
        "who": one.who,
        "decided": one.decided.isoformat() if one.decided else "",
    }
