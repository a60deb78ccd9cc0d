"""Which rows of a label table speak of which scan."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.cohort.cohort import Level
from engine.cohort.intake.layout import Placed
from engine.cohort.label_table.file_matching import files_meant
from engine.cohort.label_table.labels import LabelRow, LabelTable, composed, merged
from engine.cohort.label_table.patient_matching import named_in, patients_meant


@dataclass(frozen=True)
class Spoken:
    """A scan, its owner, the rows about it alone and those about the owner as a whole, and what they say of both.

    Where `trouble` says why, it has no owner.
    """

    scan: Placed
    owner: str = field(default="", repr=False)
    rows: tuple[LabelRow, ...] = ()
    general: tuple[LabelRow, ...] = ()
    visit: str = ""
    role: str = ""
    trouble: str = ""


def spoken_of(scans: Sequence[Placed], table: LabelTable, level: Level) -> list[Spoken]:
    """What the table says of each scan. At image level each file is an owner by itself."""
    return _by_file(scans, table, level) if table.by_file else _by_patient(scans, table)


def rows_by_file(scans: Sequence[Placed], table: LabelTable) -> dict[int, list[LabelRow]]:
    """The rows that name a scan's file, or the folder of a series, by the number of the scan."""
    numbers: dict[Path, list[int]] = defaultdict(list)
    for number, scan in enumerate(scans):
        numbers[_place(scan)].append(number)
    places = list(numbers)
    meant = files_meant([row.file for row in table.listed if row.file], places)
    found: dict[int, list[LabelRow]] = defaultdict(list)
    for row in table.listed:
        if row.file in meant:
            for number in numbers[places[meant[row.file]]]:
                found[number].append(row)
    return found


def _place(scan: Placed) -> Path:
    return scan.inside.parent if len(scan.header.source.files) > 1 and scan.folders else scan.inside


def _by_file(scans: Sequence[Placed], table: LabelTable, level: Level) -> list[Spoken]:
    rows = rows_by_file(scans, table)
    general: dict[str, list[LabelRow]] = defaultdict(list)
    for row in table.listed:
        if row.patient and not row.file:
            general[composed(row.patient)].append(row)
    return [_file_of(scan, tuple(rows.get(number, ())), general, level) for number, scan in enumerate(scans)]


def _file_of(
    scan: Placed, rows: tuple[LabelRow, ...], general: Mapping[str, Sequence[LabelRow]], level: Level
) -> Spoken:
    if not rows:
        return Spoken(scan, trouble="no row of the label table names it")
    whole = merged(rows)
    if level == "image":
        part = scan.header.source.part
        owner = scan.inside.as_posix() + (f"#{part}" if part else "")
        return Spoken(scan, owner, rows, (), whole.visit, whole.role)
    owner = composed(whole.patient)
    if not owner:
        several = len({row.patient for row in rows}) > 1
        told = "its rows in the label table name several patients" if several else "its row names no patient"
        return Spoken(scan, "", rows, trouble=told)
    return Spoken(scan, owner, rows, tuple(general.get(owner, ())), whole.visit, whole.role)


def _by_patient(scans: Sequence[Placed], table: LabelTable) -> list[Spoken]:
    """By the patient that a folder or the file's name names, and by its visit, where that is named too."""
    rows: dict[str, list[LabelRow]] = defaultdict(list)
    for row in table.listed:
        rows[composed(row.patient)].append(row)
    meant = patients_meant([scan.inside for scan in scans], rows)
    told = "neither its folders nor its name hold exactly one patient of the label table"
    return [
        _scan_of(scan, meant[number], rows[meant[number]]) if number in meant else Spoken(scan, trouble=told)
        for number, scan in enumerate(scans)
    ]


def _scan_of(scan: Placed, patient: str, rows: Sequence[LabelRow]) -> Spoken:
    """The visit is the one that the path names, or the only one."""
    visits = {composed(row.visit) for row in rows if row.visit}
    visit = next(iter(visits)) if len(visits) == 1 else named_in(scan.inside, visits)
    own = tuple(row for row in rows if not visit or composed(row.visit) in (visit, ""))
    return Spoken(scan, patient, own, tuple(rows), visit, merged(own).role)
