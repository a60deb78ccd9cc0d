"""What would let a model see its test patients: one picture of two patients, one patient in two parts."""

from collections.abc import Iterable, Iterator, Sequence

from engine.audit.divisions import TEST, Division
from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, counted, owners
from engine.audit.keeping_one import interchangeable, one_patient
from engine.audit.labelled import patients_known
from engine.audit.material import Material
from engine.audit.remedy import ExcludeScans, GroupPatients
from engine.cohort import Cohort, Scan
from engine.registry import Info

_SAME = (
    "Find out whose picture it is, and exclude it from the other patients; or make them one patient, if they are the "
    "same person."
)
_ONCE = "Exclude the copies in training, so that what is tested stays whole; or divide anew, by patient."
_DIVIDE = "Do not use this division: divide by patient, or by the likely patients that are proposed."
_UNKNOWN = (
    "Ask for the patients of these pictures. If nobody knows, look at the groups and accept them: they are divided as "
    "patients then, and results stay labelled as image level."
)

Groups = Sequence[tuple[Scan, ...]]


def find(material: Material) -> Iterable[Finding]:
    """Errors for what leaks, a warning where it will leak as soon as pictures are divided one by one."""
    if patients_known(material.cohort):
        yield from _shared(material, material.same, "The same picture belongs to {}.")
        yield from _shared(material, material.near, "Pictures that agree down to their noise belong to {}.")
    for division in material.divisions:
        yield from _split(division, material)
    if material.proposed:
        yield _unknown(material.proposed)


def _shared(material: Material, groups: Groups, reason: str) -> Iterator[Finding]:
    for group in groups:
        people = owners(group)
        if len(people) > 1:
            told = reason.format(counted(len(people), "patient"))
            yield Finding("leak", "error", told, _SAME, group, others=one_patient(material.cohort, group))


def _split(division: Division, material: Material) -> Iterator[Finding]:
    kinds: tuple[tuple[Groups, str, str], ...] = (
        (material.same, "the same picture", _ONCE),
        (material.near, "nearly the same picture", _ONCE),
        (_patients(material), f"scans of one {_whom(material.cohort)}", _DIVIDE),
        (material.proposed, "neighbouring slices of one likely patient", _DIVIDE),
    )
    for groups, what, action in kinds:
        across = [group for group in groups if division.split(group)]
        if across:
            scans = tuple(scan for group in across for scan in group)
            reason = f"{_begun(division.name)} puts {what} on both sides, {counted(len(across), 'time')}."
            others = _from_training(division, across, material.cohort) if action == _ONCE else ()
            yield Finding("leak", "error", reason, action, scans, others=others, groups=_ids(across))


def _from_training(division: Division, groups: Groups, cohort: Cohort) -> tuple[ExcludeScans, ...]:
    """What leaves the copies of what is tested out of the other parts; nothing where that would not end the leak."""
    if len(division.folds) != 1 or not all(interchangeable(cohort, group) for group in groups):
        return ()
    (part,) = division.folds
    tested = {scan.id for group in groups for scan in group if part.get(scan.id) == TEST}
    if not all(any(scan.id in tested for scan in group) for group in groups):
        return ()
    apart = tuple(scan.id for group in groups for scan in group if scan.id in part and scan.id not in tested)
    because = f"a copy of it is in the test part of {division.name}"
    return (ExcludeScans(apart, because, "Exclude from training", copies=_ids(groups)),)


def _whom(cohort: Cohort) -> str:
    return "likely patient" if cohort.likely_patients else "patient"


def _patients(material: Material) -> Groups:
    return [tuple(scan for scan in patient.scans if not scan.excluded) for patient in material.cohort.patients]


def _unknown(stacks: Groups) -> Finding:
    scans = tuple(scan for group in stacks for scan in group)
    reason = (
        f"Patients are unknown, but {counted(len(scans), 'picture')} look like neighbouring slices of "
        f"{counted(len(stacks), 'patient')}: divided one by one, slices of a patient would lie on both sides."
    )
    remedy = GroupPatients(_ids(stacks), likely=True, label=f"Accept {counted(len(stacks), 'likely patient')}")
    return Finding("leak", "warn", reason, _UNKNOWN, scans, remedy=remedy, groups=_ids(stacks))


def _ids(groups: Groups) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(scan.id for scan in group) for group in groups)


def _begun(clause: str) -> str:
    return clause[:1].upper() + clause[1:]


finders.register(
    Finder(
        Info("leaks", "Leaks", "Pictures or patients on both sides of a division, or of two patients."), ("leak",), find
    )
)
