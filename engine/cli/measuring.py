"""The verb measurements: what was measured in a workspace."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine.cli.console import AsJson, answer, bar, table
from engine.cohort import Cohort, Workspace
from engine.cohort.measuring.measured import Measured, measured
from engine.cohort.measuring.measurement_table import write_table
from engine.errors import CohortError
from engine.measure import Figures, mean_words, plain
from engine.registry import suggestion


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command("measurements")(measurements)


def measurements(
    workspace: Annotated[Path, typer.Argument()],
    file: Annotated[Path | None, typer.Option("--csv", help="Save them as a table, a row per frame.")] = None,
    patient: Annotated[str, typer.Option("--patient", help="Only those of this patient, by pseudonym.")] = "",
    role: Annotated[str, typer.Option("--role", help="Only those of scans of this role.")] = "",
    as_json: AsJson = False,
) -> None:
    """Tell what was measured: lengths, angles, areas with their values. Patients are named by pseudonym only."""
    opened = Workspace.peek(workspace)
    wanted = _scans(opened.cohort(), patient, role) if patient or role else None
    with bar("Measuring") as shown:
        rows = list(measured(opened, scans=wanted, progress=shown.at))
    values = {"measurements": [row.as_json() for row in rows], "csv": "" if file is None else str(file)}
    if file is None:
        answer(values, as_json, _told(rows))
        return
    write_table(file, rows)
    answer(values, as_json, [*_notes(rows), f"{_count(rows)} saved in {file}."])


def _scans(cohort: Cohort, patient: str, role: str) -> set[int]:
    """The ids of the scans of a patient, of a role, or of both; CohortError where there is none."""
    if patient and patient not in cohort.by_key:
        raise CohortError(f"there is no patient '{patient}'", hint=suggestion(patient, list(cohort.by_key)))
    if role and role not in cohort.roles:
        raise CohortError(f"there is no role '{role}'", hint=suggestion(role, cohort.roles))
    return {scan.id for scan in cohort.scans if patient in ("", scan.patient) and role in ("", scan.role)}


def _told(rows: list[Measured]) -> list[str | Table]:
    if not rows:
        return ["Nothing was measured yet."]
    columns = ("patient", "role", "name", "kind", "size", "mean ± SD (frame 1)", "values", "frames")
    return [table("", columns, [_row(row) for row in rows]), *_notes(rows)]


def _row(row: Measured) -> tuple[str, ...]:
    frames = row.figures.frames
    first = mean_words(frames[0]) if frames else ""
    counts = (str(frames[0].count), str(len(frames))) if frames else ("", "")
    return (row.patient, row.role, row.measurement.name, row.measurement.shape.kind, _size(row.figures), first, *counts)


def _size(figures: Figures) -> str:
    sizes = ((figures.length_mm, "mm"), (figures.angle_deg, "°"), (figures.area_mm2, "mm²"))
    return next((f"{plain(value)} {unit}" for value, unit in sizes if value is not None), "")


def _notes(rows: list[Measured]) -> list[str]:
    return [
        f"{row.patient} {row.role}, {row.measurement.name or row.measurement.shape.kind}: {note}"
        for row in rows
        for note in row.figures.notes
    ]


def _count(rows: list[Measured]) -> str:
    return "1 measurement is" if len(rows) == 1 else f"{len(rows)} measurements are"
