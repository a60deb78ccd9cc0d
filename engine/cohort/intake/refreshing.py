"""Reading a source again: what is new comes in, what changed, moved or vanished is told."""

from collections.abc import Callable
from dataclasses import replace

from engine.cohort.cohort import Cohort
from engine.cohort.edits.judging import ExcludeScans
from engine.cohort.intake.examining import Progress
from engine.cohort.intake.import_report import ImportReport
from engine.cohort.intake.importing import import_found, look_into
from engine.cohort.intake.left_alone import without
from engine.cohort.intake.merging import GONE_REASON
from engine.cohort.intake.ownership import place_of, scans_by_place
from engine.cohort.intake.plan import ImportPlan
from engine.cohort.intake.sources import Source
from engine.cohort.storage.journal import Edited
from engine.cohort.workspace import Workspace
from engine.control import Control
from engine.errors import CohortError
from engine.imaging import Discovery

Phase = Callable[[str], Progress]


def refresh(
    workspace: Workspace,
    source: Source,
    *,
    dry_run: bool = False,
    phase: Phase | None = None,
    control: Control | None = None,
) -> ImportReport:
    """Look into a source again and take it in by the plan it came by; what was edited stays. A dry run only tells.

    `phase` is asked, by a word, for the progress of looking ("files") and of taking in ("scans").
    """
    require_there(source)
    begin = phase or (lambda word: lambda done, total: None)
    places = source.places or (source.root,)
    with look_into(*places, scratch=workspace.path, progress=begin("files"), control=control) as looking:
        wanted = without(looking, source.plan.left_out, source.root)
        plan = ImportPlan(name=source.name)
        report = import_found(
            _joined_as_before(wanted, workspace.cohort(), source),
            source.root,
            workspace,
            plan,
            places=source.places,
            dry_run=dry_run,
            progress=begin("scans"),
            control=control,
        )
        return replace(report, left_alone=len(looking.scans) - len(wanted.scans))


def require_there(source: Source) -> None:
    """CohortError where the source's folder is not there."""
    if not source.root.exists():
        hint = "Plug the drive in, or say where the folder is now with 'isocenter relink WORKSPACE SOURCE NEW_ROOT'."
        raise CohortError(f"the folder of the source '{source.name}' is not there", path=source.root, hint=hint)


def exclude_gone(workspace: Workspace, source: Source) -> Edited | None:
    """Exclude the scans of a source whose files are gone, as one edit; None where there is none."""
    scans = workspace.cohort().scans
    gone = tuple(scan.id for scan in scans if scan.origin == source.name and scan.gone and not scan.excluded)
    return workspace.store.edit(ExcludeScans(gone, GONE_REASON)) if gone else None


def _joined_as_before(found: Discovery, cohort: Cohort, source: Source) -> Discovery:
    """Series that were taken in as one scan are one again."""
    if source.plan.join:
        return found.joined()
    known = scans_by_place(cohort)
    taken = [
        offer
        for offer in found.offers
        if (scan := known.get(place_of(offer.joined.source))) is not None
        and len(scan.source.files) > len(offer.parts[0].source.files)
    ]
    return found.joined(taken)
