"""Which patient of the cohort each patient of a source is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from engine.cohort.cohort import Cohort, Patient, Scan
from engine.cohort.intake.layout import Arrangement, FoundPatient
from engine.cohort.intake.said import SaidOfScan
from engine.imaging import ScanSource

Place = tuple[str, str]


@dataclass(frozen=True)
class Owner:
    """A patient of a source: its id and row in the cohort, its pseudonym; `patient` where the cohort has it already.

    `was` is its former id in the source, where all its files were moved.
    """

    found: FoundPatient
    source_id: str = field(repr=False)
    number: int
    key: str
    patient: Patient | None = None
    was: str = field(default="", repr=False)


def owners(
    found: Arrangement,
    name: str,
    cohort: Cohort | None,
    *,
    same_people: bool = True,
    said: Mapping[int, SaidOfScan] | None = None,
) -> list[Owner]:
    """The patients of a source called `name`, new ones under the pseudonyms they would get.

    Without patient ids, or with `same_people` off, an id holds within its source only. Scans the cohort has already
    stay with the patient they are with, whoever put them there, unless the source now says otherwise than it `said`.
    """
    apart = found.level == "image" or not same_people
    cohort = cohort or Cohort()
    known = {patient.source_id: patient for patient in cohort.patients}
    places = scans_by_place(cohort)
    numbers, owned = dict[str, int](), list[Owner]()
    last = max([cohort.ever, *(patient.number for patient in cohort.patients)])
    for patient in found.patients:
        source_id = f"{name}/{patient.source_id}" if apart else patient.source_id
        there = known.get(source_id) or _kept_with(patient, source_id, cohort, places, said or {})
        if there is not None:
            owned.append(Owner(patient, source_id, there.number, there.key, there))
            continue
        number = numbers.setdefault(source_id, last + len(numbers) + 1)
        owned.append(Owner(patient, source_id, number, pseudonym(number)))
    return owned


def pseudonym(number: int) -> str:
    """What the patient with this number is called."""
    return f"P-{number:03d}"


def scans_by_place(cohort: Cohort) -> dict[Place, Scan]:
    """The scans by where they lie."""
    return {(str(scan.source.files[0]), scan.source.part): scan for scan in cohort.scans}


def place_of(source: ScanSource) -> Place:
    """By what a scan is known again."""
    return str(remembered(source.files[0])), source.part


def remembered(path: Path) -> Path:
    """The path to keep of a file; a link keeps its own name, which tells patient and side-car."""
    return _resolved(path.parent) / path.name


@lru_cache(256)
def _resolved(folder: Path) -> Path:
    return folder.resolve()


def _kept_with(
    patient: FoundPatient,
    source_id: str,
    cohort: Cohort,
    places: Mapping[Place, Scan],
    said: Mapping[int, SaidOfScan],
) -> Patient | None:
    """The one patient that has all scans of this one that the cohort has, where the source says nothing new."""
    if not places:
        return None
    scans = [scan for one in patient.scans if (scan := places.get(place_of(one.header.source))) is not None]
    keys = {scan.patient for scan in scans if scan.id not in said or said[scan.id].patient == source_id}
    return cohort.by_key[keys.pop()] if len(keys) == 1 else None
