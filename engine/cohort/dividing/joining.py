"""The patients of two workspaces as one cohort, for an external test: nobody may be in both."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from engine.cohort.cohort import Cohort, Patient, Scan
from engine.cohort.dividing.pseudonyms import at
from engine.cohort.dividing.saved_divisions import Division, origin_of
from engine.cohort.dividing.subjects import Subjects
from engine.cohort.workspace import Workspace
from engine.errors import CohortError, DataLeakageError, IsocenterError
from engine.recipe import Choice

EXTERNAL = "external"


def cohort_for(choice: Choice, cohort: Cohort, home: Path) -> Cohort:
    """The cohort a protocol divides: with the patients of the other workspace, where it is an external test.

    So it is with a saved division that was made by one.
    """
    choice = origin_of(choice, home)
    if choice.key != EXTERNAL:
        return cohort
    named = str(choice.options.get("workspace", ""))
    if not named:
        raise CohortError("the external test names no workspace", hint="Choose the folder of another workspace.")
    other = Workspace.peek((home / named).resolve())
    if other.path == home.resolve():
        raise DataLeakageError("the external test names this same workspace", hint="Choose another workspace.")
    return joined(cohort, other.cohort(), other.path)


def subjects_of(division: Division, cohort: Cohort, home: Path) -> Subjects:
    """Who could be in a division now, of both workspaces where it is an external test.

    Where that can no longer be had, the patients of the other workspace are not among them.
    """
    with suppress(IsocenterError):
        cohort = cohort_for(division.protocol, cohort, home)
    return Subjects.of(cohort, list(division.targets), home)


def joined(here: Cohort, there: Cohort, place: Path) -> Cohort:
    """Both, those of `place` as `P-001@its name`; DataLeakageError where a person is in both."""
    refuse_shared(here, there)
    name = place.parent.name if place.name == "workspace" else place.name
    others = tuple(_renamed(patient, name) for patient in there.patients)
    return replace(
        here,
        patients=(*here.patients, *others),
        level="image" if "image" in (here.level, there.level) else "patient",
        vault=here.vault | {at(key, name) for key in there.vault},
        likely_patients=here.likely_patients or there.likely_patients,
    )


def refuse_shared(here: Cohort, there: Cohort) -> None:
    """DataLeakageError where both have a source id, or the same content; ids say nothing where patients are unknown."""
    shared = set[str]()
    if here.level == there.level == "patient":
        ids = {patient.source_id for patient in there.patients if _scans(patient)}
        shared = {patient.key for patient in here.patients if patient.source_id in ids and _scans(patient)}
    contents = {scan.digest for patient in there.patients for scan in _scans(patient)}
    shared |= {patient.key for patient in here.patients if any(scan.digest in contents for scan in _scans(patient))}
    if shared:
        named = ", ".join(sorted(shared)[:3])
        more = f" and {len(shared) - 3} more" if len(shared) > 3 else ""
        raise DataLeakageError(
            f"the other workspace has the same people or pictures as this one: {named}{more}",
            hint="An external test needs other people. Exclude them in one of the two, or divide this workspace.",
        )


def _scans(patient: Patient) -> list[Scan]:
    """Those that may take part."""
    return [scan for scan in patient.scans if not scan.excluded]


def _renamed(patient: Patient, name: str) -> Patient:
    key = at(patient.key, name)
    return replace(patient, key=key, scans=tuple(replace(scan, patient=key) for scan in patient.scans))
