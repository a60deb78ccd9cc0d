"""From a folder of scans to patients in a workspace, all of them or, when cancelled, none."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.cohort.cohort import Cohort, Patient
from engine.cohort.intake.bringing_in import bring_in
from engine.cohort.intake.examining import Progress, Taken, examined
from engine.cohort.intake.import_report import ImportReport, Skipped
from engine.cohort.intake.plan import ImportPlan
from engine.cohort.intake.previewing import preview
from engine.cohort.workspace import Workspace
from engine.control import Control
from engine.errors import CohortError
from engine.files import storage_errors
from engine.imaging import Discovery, discover

PLAN = ImportPlan()


def look_into(
    *sources: Path,
    scratch: Path | None = None,
    progress: Progress | None = None,
    control: Control | None = None,
) -> Discovery:
    """What folders, files or archives hold; workspaces below are passed over.

    Archives are unpacked into a temporary folder (below `scratch`). Nothing is added to any cohort. `progress`
    counts files.
    """
    for source in sources:
        if not source.exists():
            hint = "Check the path, or plug the drive in."
            raise CohortError("there is no such folder", path=source, hint=hint)
        if Workspace.exists(source):
            hint = "Choose the folder that the scans came in."
            raise CohortError("this folder is a workspace, not a folder of scans", path=source, hint=hint)
    return discover(sources, scratch=scratch, passing_over=Workspace.exists, progress=progress, control=control)


def import_folder(
    source: Path,
    workspace: Workspace | None,
    plan: ImportPlan = PLAN,
    join: bool = False,
    *,
    progress: Progress | None = None,
    control: Control | None = None,
) -> ImportReport:
    """Look into `source` and add all its scans; with `join`, series that may be one scan become one.

    `progress` counts the scans taken in, after all were found.
    """
    plan = replace(plan, join=plan.join or join)
    scratch = None if workspace is None else workspace.path
    with look_into(source, scratch=scratch, control=control) as found:
        chosen = found.joined() if plan.join else found
        return import_found(chosen, source, workspace, plan, progress=progress, control=control)


def import_found(
    found: Discovery,
    source: Path,
    workspace: Workspace | None,
    plan: ImportPlan = PLAN,
    *,
    places: Sequence[Path] = (),
    dry_run: bool = False,
    progress: Progress | None = None,
    control: Control | None = None,
) -> ImportReport:
    """Add scans that were found in `source` (of several `places`, the folder around them), as `preview` tells.

    What came from there before is brought up to date; what was edited stays. With `dry_run`, and without a
    workspace, it is checked and told, nothing written. `progress` counts scans.
    """
    progress, control = progress or (lambda done, total: None), control or Control()
    if not found.scans:
        skipped = [Skipped(found.shown(item.path), item.error) for item in found.unreadable if not item.foreign]
        reason = f" ({skipped[0].path.name}: {skipped[0].reason})" if skipped else ""
        raise CohortError(f"no readable scans were found{reason}", path=source, hint="Is this the right folder?")
    if workspace is None:
        return _dry_run(found, source, plan, progress, control)
    with storage_errors(workspace.path):
        kept = found.kept_in(workspace.unpacked_dir, control)
    try:
        told = bring_in(kept, source, workspace, plan, places, progress, control, dry_run=dry_run)
        if dry_run:
            kept.unpacked.drop_all()
        return told
    except BaseException:
        kept.unpacked.drop_all()
        raise


def _dry_run(found: Discovery, source: Path, plan: ImportPlan, progress: Progress, control: Control) -> ImportReport:
    told = preview(found, source, plan, control=control).or_raise()
    taken, unread = examined(told.owners, {}, progress, control, source)
    patients = [_patient(one) for one in taken]
    cohort = Cohort(tuple(patients), told.arrangement.level)
    skipped = (*told.skipped, *unread)
    return ImportReport(cohort, told.layout.info.key, skipped, told.name, new=len(cohort.scans))


def _patient(taken: Taken) -> Patient:
    owner, told = taken.owner, taken.owner.found.told
    scans = tuple(replace(scan, patient=owner.key) for _, scan in taken.scans)
    return Patient(owner.key, owner.source_id, told.labels, told.covariates, scans)
