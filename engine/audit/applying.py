"""Carrying a remedy out on a workspace."""

from dataclasses import replace

from engine.audit.remedy import ExcludeScans, MergeClasses, Remedy, RepairPictures
from engine.audit.repairing import repair
from engine.audit.restoring import remember
from engine.cohort import Patient, Workspace
from engine.control import Control


def apply(remedy: Remedy, workspace: Workspace, control: Control | None = None) -> int:
    """Do what the remedy says; how many scans or patients it changed. Source files are never written to.

    What can be done here can be undone: exclusions are taken back by hand; who had which label before classes were
    merged is kept in a table of the workspace, from which `restore` gives it back.
    """
    if isinstance(remedy, ExcludeScans):
        for scan in remedy.scans:
            workspace.store.exclude(scan, remedy.because)
        return len(remedy.scans)
    if isinstance(remedy, MergeClasses):
        return _merge(remedy, workspace)
    return _repair(remedy, workspace, control or Control())


def _merge(remedy: MergeClasses, workspace: Workspace) -> int:
    cohort = workspace.cohort()
    gone = set(remedy.classes) - {remedy.into}
    named = [patient for patient in cohort.patients if patient.labels.get(remedy.column) in gone]
    remember(workspace.path, [(one.key, remedy.column, one.labels[remedy.column], remedy.into) for one in named])
    changed = [Patient(one.key, one.source_id, {remedy.column: remedy.into}) for one in named]
    workspace.store.add(changed, cohort.level)
    return len(changed)


def _repair(remedy: RepairPictures, workspace: Workspace, control: Control) -> int:
    """The repaired copy joins the patient; the truncated scan stays, excluded, and says why."""
    cohort = workspace.cohort()
    wanted = [scan for scan in cohort.scans if scan.id in remedy.scans]
    mended = repair(wanted, workspace.path, control)
    for scan, copy in mended:
        owner = cohort.by_key[scan.patient]
        workspace.store.add([replace(owner, labels={}, covariates={}, scans=(copy,))], cohort.level)
        workspace.store.exclude(scan.id, "truncated; a repaired copy takes its place")
    return len(mended)
