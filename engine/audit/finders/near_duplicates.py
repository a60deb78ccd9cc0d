"""Pictures that were saved again: recompressed, resized, brighter or darker."""

from collections.abc import Iterable

from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, counted, owners
from engine.audit.keeping_one import WHOSE, keeping_one, one_patient
from engine.audit.material import Material
from engine.cohort import Scan
from engine.registry import Info

_ACTION = "Look at them side by side; keep the best one and exclude the others."


def find(material: Material) -> Iterable[Finding]:
    """A warning each, since only the centre slices were compared, and small."""
    return [_told(material, group) for group in material.near]


def _told(material: Material, group: tuple[Scan, ...]) -> Finding:
    people = owners(group)
    whose = f" and count as {counted(len(people), 'patient')}" if len(people) > 1 else ""
    remedy = keeping_one(material.cohort, group, f"nearly the same as another scan of {group[0].patient}")
    others = one_patient(material.cohort, group)
    reason = (
        f"{counted(len(group), 'scan')} agree down to their noise{whose}: they are one picture, saved in several ways."
    )
    return Finding("near-duplicate", "warn", reason, _ACTION if remedy else WHOSE, group, remedy=remedy, others=others)


finders.register(
    Finder(
        Info("near-duplicates", "Near duplicates", "One picture saved in several ways, noise and all."),
        ("near-duplicate",),
        find,
    )
)
