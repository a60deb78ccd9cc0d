"""The verb that counts heads: cohort."""

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from engine.audit.finding import counted
from engine.cli.console import AsJson, answer, table
from engine.cohort import Cohort, Workspace
from engine.cohort.counting.apartness import Apartness
from engine.cohort.counting.count_table import NONE, count_rows, counts_csv, spread_rows
from engine.cohort.counting.covariate_spread import CovariateSpread, by_label, covariate_spreads, spread_words
from engine.cohort.counting.head_counts import AXES, Axis, Count, Heads
from engine.cohort.dividing.parts import (
    PartOf,
    by_folders,
    has_part_folders,
    no_part,
    part_columns,
    part_of,
    target_columns,
)
from engine.cohort.dividing.saved_divisions import saved_divisions
from engine.cohort.intake.import_report import cohort_json
from engine.errors import CohortError
from engine.files import write_text
from engine.registry import suggestion


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command("cohort")(cohort)


def cohort(
    workspace: Annotated[Path, typer.Argument()],
    by: Annotated[str, typer.Option(metavar="AXES", help="Any of label,source,part,role, with commas.")] = "",
    part: Annotated[str, typer.Option(help="A column, a saved division, or 'folders'; found out without it.")] = "",
    csv: Annotated[Path | None, typer.Option(help="Write the counts there as a table.")] = None,
    as_json: AsJson = False,
) -> None:
    """Count heads by class, source, part of a division and role, and spread covariates over the classes."""
    found = Workspace.peek(workspace).cohort()
    axes = _axes(by)
    divided = part_of(found, part, saved_divisions(workspace)) if part else _usual_part(found)
    tables = {column: Heads.of(found, column, divided) for column in target_columns(found) or [""]}
    if csv is not None:
        write_text(csv, counts_csv(tables, axes or AXES))
    spreads = {name: covariate_spreads(found, by_label(name), one.values["label"]) for name, one in tables.items()}
    roles = {role: sum(1 for scan in found.scans if scan.role == role) for role in found.roles}
    values = {
        **cohort_json(found),
        "roles": roles,
        "counts": {name: count_rows(one, axes or AXES) for name, one in tables.items()},
        "covariates": {name: spread_rows(some) for name, some in spreads.items()},
    }
    answer(values, as_json, list(_lines(found, tables, spreads, axes)))


def _axes(told: str) -> list[Axis]:
    named = [name for given in told.split(",") if (name := given.strip())]
    for name in named:
        if name not in AXES:
            raise CohortError(f"heads cannot be counted by '{name}'", hint=suggestion(name, list(AXES)))
    return cast("list[Axis]", list(dict.fromkeys(named)))


def _usual_part(found: Cohort) -> PartOf:
    """The folders, or the first column, that say who trains and who is tested."""
    if has_part_folders(found):
        return by_folders
    return next((part_of(found, name) for name in part_columns(found)), no_part)


def _lines(
    found: Cohort,
    tables: Mapping[str, Heads],
    spreads: Mapping[str, Sequence[CovariateSpread]],
    axes: Sequence[Axis],
) -> Iterable[Any]:
    yield f"{counted(len(found.patients), 'patient')}, {counted(len(found.scans), 'scan')}{_level(found)}"
    for column, heads in tables.items():
        by = list(axes) or sorted({"label", *heads.telling()} - {"role"}, key=AXES.index)
        yield _counts(column, heads, by)
        if spreads[column] and len(heads.values["label"]) > 1:
            yield _covariates(heads, spreads[column])


def _level(found: Cohort) -> str:
    if found.level == "patient":
        return ""
    return f" (image level{', grouped into likely patients' if found.likely_patients else ''})"


def _counts(column: str, heads: Heads, by: Sequence[Axis]) -> Any:
    rows = [
        (*(value or NONE[axis] for axis, value in zip(by, cell, strict=True)), *_told(count))
        for cell, count in heads.counts(by).items()
    ]
    if by:
        rows.append(("in all", *("" for _ in by[1:]), *_told(heads.total)))
    shown = (*((column or "label") if axis == "label" else axis for axis in by), "patients", "scans", "excluded")
    return table("", shown, rows)


def _told(count: Count) -> tuple[str, str, str]:
    out = ""
    if count.scans_out or count.patients_out:
        out = f"{counted(count.patients_out, 'patient')}, {counted(count.scans_out, 'scan')}"
    return str(count.patients), str(count.scans), out


def _covariates(heads: Heads, spreads: Sequence[CovariateSpread]) -> Any:
    classes = heads.values["label"]
    rows = [
        (one.name, *(_spread(one, name) for name in classes), "" if one.apart is None else _apart(one.apart))
        for one in spreads
    ]
    return table("", ("covariate", *(name or NONE["label"] for name in classes), "between the classes"), rows)


def _spread(one: CovariateSpread, name: str) -> str:
    spread = one.groups[name]
    missing = f"{spread.missing} unknown" if spread.missing else ""
    return ", ".join(part for part in (spread_words(spread, one.type), missing) if part)


def _apart(apart: Apartness) -> str:
    value = f"{apart.value:.2f} SD" if math.isfinite(apart.value) else "no overlap"
    return f"{apart.words} ({value})"
