"""Carrying remedies out on a workspace, as edits of the cohort that can be undone."""

from collections.abc import Iterable, Sequence

from engine.audit.as_it_is_now import as_it_is_now
from engine.audit.remedy import ExcludeScans, GroupPatients, MergeClasses, Remedy, RepairPictures
from engine.audit.repairing import repair
from engine.cohort import Workspace, edits
from engine.cohort.edits import Edit
from engine.cohort.storage.journal import Edited
from engine.control import Control
from engine.errors import CohortError

REPLACED = "truncated; a repaired copy takes its place"


def apply(remedy: Remedy, workspace: Workspace, control: Control | None = None) -> Edited:
    """Do what the remedy says as one edit, which can be undone. Source files are never written to."""
    return apply_all((remedy,), workspace, control)


def apply_all(remedies: Sequence[Remedy], workspace: Workspace, control: Control | None = None) -> Edited:
    """Do what several say, as one edit. CohortError where nothing can be done."""
    wanted = edits_of(remedies, workspace, control)
    return workspace.store.edit(*wanted, words=words_of(wanted))


def edits_of(remedies: Iterable[Remedy], workspace: Workspace, control: Control | None = None) -> tuple[Edit, ...]:
    """The edits that carry out what is left of remedies to do; repaired copies are written here, and are slow to make.

    CohortError where there is nothing to do: all is done, it would not be safe any more, or no picture can be repaired.
    """
    cohort = workspace.cohort()
    scans = {scan.id: scan for scan in cohort.scans}
    left = [now for remedy in remedies if (now := as_it_is_now(remedy, cohort, scans)) is not None]
    if not left:
        hint = "Audit the cohort again to see what is left to do."
        raise CohortError("nothing of this is left to do: it was done, or the cohort has changed since", hint=hint)
    made = tuple(edit for remedy in left for edit in _edits(remedy, workspace, control or Control()))
    if not made:
        hint = "Copy the files again from where they came, or exclude the scans."
        raise CohortError("nothing is left of the pictures that could be repaired", hint=hint)
    return made


def words_of(wanted: Sequence[Edit]) -> str:
    """How the history calls them together."""
    first, *others = (edit.words for edit in wanted)
    return f"{first}, and {len(others)} more" if others else first


def _edits(remedy: Remedy, workspace: Workspace, control: Control) -> tuple[Edit, ...]:
    match remedy:
        case ExcludeScans():
            return (edits.ExcludeScans(remedy.scans, remedy.because),)
        case MergeClasses():
            return (edits.RenameClasses(remedy.column, remedy.classes, remedy.into),)
        case GroupPatients():
            return (edits.GroupScans(remedy.groups, remedy.likely),)
        case RepairPictures():
            return _repair(remedy, workspace, control)


def _repair(remedy: RepairPictures, workspace: Workspace, control: Control) -> tuple[Edit, ...]:
    """The repaired copy joins the patient; the truncated scan stays, excluded, and says why."""
    wanted = [scan for scan in workspace.cohort().scans if scan.id in set(remedy.scans)]
    mended = repair(wanted, workspace.path, control)
    return (edits.ReplaceScans(tuple((scan.id, copy) for scan, copy in mended), REPLACED),) if mended else ()
