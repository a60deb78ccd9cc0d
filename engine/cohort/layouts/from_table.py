"""Files anywhere below a folder, and a table that says of each whose it is and what is known of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from engine.cohort.cohort import Level
from engine.cohort.columns import Column
from engine.cohort.intake.layout import (
    Arrangement,
    FoundPatient,
    FoundScan,
    Layout,
    NoOptions,
    Placed,
    Recognition,
    Site,
    layouts,
)
from engine.cohort.label_table.labels import LabelRow, LabelTable, divided, find_table
from engine.cohort.label_table.scales import on_a_scale
from engine.cohort.label_table.table_rows import Spoken, rows_by_file, spoken_of
from engine.cohort.naming import role_by_name, role_by_title
from engine.errors import CohortError
from engine.registry import Info

_MOST_TOLD = 20
_MOST_ROLES = 12
_ENOUGH = 0.9


def recognise(site: Site) -> Recognition:
    """Sure when a table beside the scans names nearly all of their files and whose they are."""
    try:
        table = site.table or find_table(site.home, None)
    except CohortError as failure:
        return Recognition(0.0, f"its label table cannot be used: {failure.what}")
    if table.path is None:
        return Recognition(0.0, "no label table lies beside the scans")
    if not table.by_file:
        return Recognition(0.3, f"{table.path.name} names patients, and no files")
    found = len(rows_by_file(site.scans, table))
    share = found / len(site.scans)
    told = f"{table.path.name} names {found} of {len(site.scans)} files"
    if share < _ENOUGH or not any(row.patient for row in table.listed):
        return Recognition(0.35 * share, told if share < _ENOUGH else f"{told}, and no patients")
    loose = all(not scan.folders for scan in site.scans) and not table.by_visit
    return Recognition(0.55 if loose else 0.96, f"{told}, and their patients")


def find(site: Site, table: LabelTable, options: NoOptions) -> Arrangement:
    """The patients of the table with the files it names; without a column of patients, one per file.

    Files that no row names, rows whose file is not here, and files whose row names nobody are told as left out.
    """
    if table.path is None:
        hint = "Choose the table, and say which of its columns names the files or the patients."
        raise CohortError("the layout 'table' needs a table, and there is none", path=site.home, hint=hint)
    for name in table.rows:
        table.row(name)  # what is used of none is told here, by its name
    level: Level = "image" if table.by_file and not any(row.patient for row in table.listed) else "patient"
    spoken = spoken_of(site.scans, table, level)
    owned: dict[str, list[Spoken]] = defaultdict(list)
    for one in spoken:
        if not one.trouble:
            owned[one.owner].append(one)
    by_name, several = _told_by_names(site.scans), Counter[str]()
    patients = [_patient(name, owned[name], table, by_name, several) for name in sorted(owned)]
    told = (f"{count} patients have several values of '{name}'; the first is taken" for name, count in several.items())
    unmet = _unmet(table, {id(row) for one in spoken for row in one.rows})
    left = [(one.scan.header.source.files[0], one.trouble) for one in spoken if one.trouble]
    return Arrangement(patients, level, _columns(patients), [*left, *((table.path, text) for text in (*unmet, *told))])


def _patient(
    name: str, owned: Sequence[Spoken], table: LabelTable, by_name: bool, several: Counter[str]
) -> FoundPatient:
    """What all rows of the patient agree on is its own; where they differ, each scan has what its file or visit has."""
    rows = list({id(row): row for one in owned for row in (*one.rows, *one.general)}.values())
    told, apart = divided(rows, (lambda row: row.file) if table.by_file else (lambda row: row.visit))
    several.update(_in_several_ways(rows))
    scans = []
    for one in owned:
        key = next((row.file for row in one.rows), "") if table.by_file else one.visit
        labels = apart[key].labels if key in apart else {}
        scans.append(FoundScan(one.scan.header, one.role or _role(one.scan, name, by_name), one.visit, labels))
    return FoundPatient(name, tuple(scans), told)


def _in_several_ways(rows: Sequence[LabelRow]) -> list[str]:
    """The covariates of which the rows say different things."""
    values: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name, value in row.covariates.items():
            values[name].add(value)
    return [name for name, found in values.items() if len(found) > 1]


def _told_by_names(scans: Sequence[Placed]) -> bool:
    """Whether the last words of the file names are roles: few, each met often."""
    words = {role_by_name(scan.inside, "") for scan in scans}
    return 1 < len(words) <= _MOST_ROLES and 2 * len(words) <= len(scans)


def _role(scan: Placed, patient: str, by_name: bool) -> str:
    if scan.header.series:
        return role_by_title(scan.header)
    return role_by_name(scan.inside, patient) if by_name else "image"


def _unmet(table: LabelTable, used: set[int]) -> Iterator[str]:
    """The rows that no scan has: their files by name, patients by their number."""
    unmet = [row for row in table.listed if id(row) not in used]
    files = [row.file for row in unmet if row.file]
    yield from (f"no file here is '{file}', or not only one" for file in files[:_MOST_TOLD])
    if len(files) > _MOST_TOLD:
        yield f"{len(files) - _MOST_TOLD} more of its rows name files that are not here"
    if not table.by_file and unmet:
        yield f"{len(unmet)} of its rows are about patients or visits without a scan here"


def _columns(patients: Sequence[FoundPatient]) -> list[Column]:
    """Labels whose classes are known to have an order."""
    classes: dict[str, set[str]] = defaultdict(set)
    for patient in patients:
        for labels in (patient.told.labels, *(scan.labels for scan in patient.scans)):
            for name, value in labels.items():
                classes[name].add(value)
    return [column for name, found in classes.items() if (column := on_a_scale(name, found)) is not None]


layouts.register(
    Layout(
        Info("table", "A table of files", "A table says of each file whose it is, its labels, role and visit."),
        recognise,
        find,
    )
)
