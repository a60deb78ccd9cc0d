"""Which labels patients had before classes were merged: a table in the workspace, and the way back."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from engine.cohort import Patient, Workspace
from engine.files import storage_errors, write_text

FOLDER, TABLE = "merged", "merged.csv"
COLUMNS = ("patient", "column", "before", "after")

Change = tuple[str, str, str, str]


def remember(workspace: Path, changes: Iterable[Change]) -> None:
    """Add (pseudonym, column, label before, label after) to the table; StorageError where it cannot be written."""
    path = workspace / FOLDER / TABLE
    _write(path, [*_read(path), *changes])


def restore(workspace: Workspace, column: str) -> int:
    """Give patients the labels of a column back that they had before merging; how many. Others keep what they have.

    Who got another label since keeps that one.
    """
    path, cohort, back = workspace.path / FOLDER / TABLE, workspace.cohort(), dict[str, str]()
    changes = _read(path)
    for key, _, before, after in reversed([change for change in changes if change[1] == column]):
        patient = cohort.by_key.get(key)
        if patient is not None and back.get(key, patient.labels.get(column)) == after:
            back[key] = before
    people = [Patient(key, cohort.by_key[key].source_id, {column: label}) for key, label in back.items()]
    workspace.store.add(people, cohort.level)
    _write(path, [change for change in changes if change[1] != column])
    return len(people)


def _read(path: Path) -> list[Change]:
    with storage_errors(path):
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as stream:
            return [(row["patient"], row["column"], row["before"], row["after"]) for row in csv.DictReader(stream)]


def _write(path: Path, changes: Iterable[Change]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *changes])
    write_text(path, text.getvalue())
