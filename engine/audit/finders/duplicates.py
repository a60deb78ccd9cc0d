"""Scans that are there more than once, byte for byte or in another container."""

from collections.abc import Iterable

from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, Severity, counted, owners
from engine.audit.keeping_one import WHOSE, keeping_one, one_patient
from engine.audit.material import Material
from engine.audit.same_content import identical
from engine.cohort import Scan
from engine.registry import Info

_ACTION = "Keep one of them: exclude the others, and find out why the scan is there more than once."


def find(material: Material) -> Iterable[Finding]:
    """An error where the copies count as several patients."""
    return [_told(material, group) for group in material.same]


def _told(material: Material, group: tuple[Scan, ...]) -> Finding:
    people = owners(group)
    what = _alike(group)
    whose = f", and count as {counted(len(people), 'patient')}" if len(people) > 1 else " of one patient"
    remedy = keeping_one(material.cohort, group, f"a copy of another scan of {group[0].patient}")
    others = one_patient(material.cohort, group)
    reason = f"{counted(len(group), 'scan')} {what}{whose}."
    action = _ACTION if remedy else WHOSE
    severity: Severity = "error" if len(people) > 1 else "warn"
    return Finding("duplicate", severity, reason, action, group, remedy=remedy, others=others)


def _alike(group: tuple[Scan, ...]) -> str:
    """What copies have in common; samples of one array lie in one file."""
    if len({scan.source.files for scan in group}) < len(group):
        return "are the same picture"
    return "are the same file" if identical(group) else "hold the same pixels in other files"


finders.register(
    Finder(Info("duplicates", "Duplicates", "Scans of the same bytes or the same pixels."), ("duplicate",), find)
)
