"""An import into a workspace: looked at, read, and brought together with the cohort in one transaction."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.cohort.cohort import Cohort
from engine.cohort.intake.attended import attended
from engine.cohort.intake.examining import Progress, Taken, examined
from engine.cohort.intake.import_report import ImportReport, Skipped
from engine.cohort.intake.known_scans import KnownScans
from engine.cohort.intake.merging import Merged, merge
from engine.cohort.intake.moving import followed
from engine.cohort.intake.ownership import Owner, owners, scans_by_place
from engine.cohort.intake.plan import ImportPlan
from engine.cohort.intake.previewing import Preview, preview
from engine.cohort.intake.said import said_by
from engine.cohort.intake.sources import put_source, source_name
from engine.cohort.intake.watched import Watched
from engine.cohort.intake.writing import write, write_outline
from engine.cohort.storage.interruptible import interruptible
from engine.cohort.storage.reading import read_cohort, renewed
from engine.cohort.workspace import Workspace
from engine.control import Control
from engine.imaging import Discovery


def bring_in(
    found: Discovery,
    source: Path,
    workspace: Workspace,
    plan: ImportPlan,
    places: Sequence[Path],
    progress: Progress,
    control: Control,
    *,
    dry_run: bool = False,
) -> ImportReport:
    """Add what was found in `source` to the workspace: all of it, or nothing when it fails or is cancelled.

    Others may edit the cohort while files are read; what they did meanwhile counts. A dry run only tells.
    """
    home = workspace.path
    with workspace.store.connect() as connection, interruptible(connection, control):
        cohort, version = read_cohort(connection, home), _version(connection)
        said = said_by(connection, source_name(plan, source, cohort.sources))
        told = attended(
            lambda: preview(found, source, plan, cohort, said=said.scans, control=control), control
        ).or_raise()
        taken, unread = examined(told.owners, scans_by_place(cohort), progress, control, source)
        connection.execute("BEGIN IMMEDIATE")
        if _version(connection) != version:
            cohort, said = read_cohort(connection, home), said_by(connection, told.name)
            anew = owners(told.arrangement, told.name, cohort, same_people=told.plan.same_people, said=said.scans)
            taken = _owned(taken, anew)
        known = KnownScans(cohort, told.name, workspace.unpacked_dir, taken)
        taken = followed(taken, known, cohort, told.name)
        merged = merge(Watched(taken, control), cohort, told.name, said, known, _next_scan(connection))
        if dry_run:
            return _report(cohort, told, merged, (*told.skipped, *unread))
        number = put_source(connection, told.name, source, told.plan, places, home)
        write(connection, merged, number, home)
        write_outline(connection, told.arrangement.level, told.arrangement.columns)
        few = len(merged.touched) < len(cohort.patients) // 2
        cohort = renewed(connection, home, cohort, merged.touched) if few else read_cohort(connection, home)
        control.check()
    return _report(cohort, told, merged, (*told.skipped, *unread))


def _report(cohort: Cohort, told: Preview, merged: Merged, skipped: tuple[Skipped, ...]) -> ImportReport:
    return ImportReport(
        cohort,
        told.layout.info.key,
        skipped,
        told.name,
        new=merged.new,
        unchanged=merged.unchanged,
        changed=tuple(merged.changed),
        vanished=tuple(merged.vanished),
        moved=tuple(merged.moved),
        labels=tuple(merged.labels),
    )


def _owned(taken: Sequence[Taken], anew: Sequence[Owner]) -> list[Taken]:
    by_found = {id(owner.found): owner for owner in anew}
    return [replace(one, owner=by_found[id(one.owner.found)]) for one in taken]


def _version(connection: sqlite3.Connection) -> int:
    """Another one where somebody else has written meanwhile."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _next_scan(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM scans").fetchone()[0])
