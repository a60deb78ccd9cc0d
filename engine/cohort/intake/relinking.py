"""A source that was moved: its scans are found below its new place."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.cohort.cohort import GONE, Scan
from engine.cohort.intake.examining import Progress
from engine.cohort.intake.sources import Source, move_source
from engine.cohort.intake.stamps import size_of
from engine.cohort.storage.adding import stored
from engine.cohort.storage.interruptible import interruptible
from engine.cohort.storage.reading import read_cohort
from engine.cohort.workspace import Workspace
from engine.control import Control
from engine.errors import CohortError

_OFTEN = 256


@dataclass(frozen=True)
class Relinking:
    """Which scans of a source lie below its new place as they were, which are not there, which are another size."""

    source: str
    root: Path
    there: tuple[Scan, ...]
    missing: tuple[Scan, ...] = ()
    other: tuple[Scan, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The outcome in the form that other programs may rely on."""
        return {
            "source": self.source,
            "root": str(self.root),
            "there": len(self.there),
            "missing": [str(scan.path) for scan in self.missing],
            "other": [str(scan.path) for scan in self.other],
        }


def relink(
    workspace: Workspace,
    source: Source,
    new_root: Path,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    control: Control | None = None,
) -> Relinking:
    """Have the scans of a source lie below `new_root` instead; with `dry_run`, only say which are there.

    A file is the same where its size is; `refresh` reads what is in it. Scans that are not there are marked as gone.
    CohortError, and nothing is changed, where none is there as it was.
    """
    new_root, control = new_root.resolve(), control or Control()
    if not new_root.exists():
        raise CohortError("there is no such folder", path=new_root, hint="Check the path, or plug the drive in.")
    with workspace.store.connect() as connection, interruptible(connection, control):
        connection.execute("BEGIN IMMEDIATE" if not dry_run else "BEGIN")
        scans = read_cohort(connection, workspace.path).scans
        told = _compared(source, new_root, scans, progress or (lambda done, total: None), control)
        if not dry_run:
            _require_free(scans, source, told)
            _point(connection, source, told, workspace.path)
            move_source(connection, source, new_root, workspace.path)
            control.check()
    return told


def _compared(source: Source, new_root: Path, scans: Sequence[Scan], progress: Progress, control: Control) -> Relinking:
    there, missing, other = list[Scan](), list[Scan](), list[Scan]()
    moved = [scan for scan in scans if scan.origin == source.name and _lies_in(scan, source.root)]
    for number, scan in enumerate(moved, start=1):
        control.check()
        sizes = _sizes(_moved(file, source.root, new_root) for file in scan.source.files)
        known = size_of(scan.stamp)
        into = missing if sizes is None else there if known in (None, sum(sizes)) else other
        into.append(scan)
        if number % _OFTEN == 0 or number == len(moved):
            progress(number, len(moved))
    if moved and not there:
        hint = "Choose the folder that holds what the former one held."
        raise CohortError(f"none of the {len(moved)} scans of '{source.name}' is here", path=new_root, hint=hint)
    return Relinking(source.name, new_root, tuple(there), tuple(missing), tuple(other))


def _require_free(scans: Sequence[Scan], source: Source, told: Relinking) -> None:
    taken = {(scan.source.files[0], scan.source.part) for scan in scans if scan.origin != source.name}
    for scan in (*told.there, *told.other):
        place = _moved(scan.source.files[0], source.root, told.root)
        if (place, scan.source.part) in taken:
            hint = "The folder was imported under another name already: it need not be relinked."
            raise CohortError("these scans are in the cohort already", path=place, hint=hint)


def _point(connection: sqlite3.Connection, source: Source, told: Relinking, home: Path) -> None:
    def place(file: Path) -> str:
        return stored(_moved(file, source.root, told.root), home)

    scans = (*told.there, *told.missing, *told.other)
    # In two steps, since a place may be that of another scan which moves too.
    connection.executemany("UPDATE scans SET path = '?' || id WHERE id = ?", ((scan.id,) for scan in scans))
    rows = ((place(scan.source.files[0]), _stamp(scan, gone=False), scan.id) for scan in (*told.there, *told.other))
    connection.executemany("UPDATE scans SET path = ?, stamp = ? WHERE id = ?", rows)
    rows = ((place(scan.source.files[0]), _stamp(scan, gone=True), scan.id) for scan in told.missing)
    connection.executemany("UPDATE scans SET path = ?, stamp = ? WHERE id = ?", rows)
    further = (
        (place(file), scan.id, position)
        for scan in scans
        for position, file in enumerate(scan.source.files[1:], start=1)
    )
    connection.executemany("UPDATE scan_files SET path = ? WHERE scan = ? AND position = ?", further)


def _stamp(scan: Scan, *, gone: bool) -> str:
    return GONE if gone else "" if scan.gone else scan.stamp


def _lies_in(scan: Scan, root: Path) -> bool:
    return all(file.is_relative_to(root) for file in scan.source.files)


def _moved(file: Path, old: Path, new: Path) -> Path:
    return new / file.relative_to(old)


def _sizes(files: Iterable[Path]) -> list[int] | None:
    """The sizes of the files; None where one is not there."""
    try:
        return [file.stat().st_size for file in files]
    except OSError:
        return None
