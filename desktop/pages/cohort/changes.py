"""What to change when rows of the cohort tables are edited: edits made from rows, without a widget."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop.cohort_scan_rows import ScanRow
from desktop.cohort_table import AnyRow, Field

if TYPE_CHECKING:
    from engine.cohort.edits import Edit


def setting(rows: Sequence[AnyRow], field: Field, name: str, value: str) -> "Edit":
    """Set a label, covariate, role or visit of all rows; of scans the label becomes their own."""
    from engine.cohort.edits import SetCovariate, SetLabel, SetRole, SetScanLabel, SetVisit

    value = value.strip()
    match field:
        case "label" if any(isinstance(row, ScanRow) for row in rows):
            return SetScanLabel(scans_of(rows), name, value)
        case "label":
            return SetLabel(patients_of(rows), name, value)
        case "covariate":
            return SetCovariate(patients_of(rows), name, value)
        case "role":
            return SetRole(scans_of(rows), value)
        case _:
            return SetVisit(scans_of(rows), value)


def excluding(rows: Sequence[AnyRow], reason: str) -> "Edit":
    """Keep all scans of the rows out of every run; an empty reason takes them back in."""
    from engine.cohort.edits import ExcludeScans

    return ExcludeScans(scans_of(rows), reason)


def accepting(rows: Sequence[AnyRow], reason: str) -> "Edit | None":
    """Let the scans whose geometry failed take part; None where there are none."""
    from engine.cohort.edits import AcceptScans

    waiting = {s.id for row in rows if row.failed for s in row.patient.scans if s.kept_out and not s.excluded}
    scans = tuple(number for number in scans_of(rows) if number in waiting)
    return AcceptScans(scans, reason) if scans else None


def grouping(rows: Sequence[AnyRow]) -> "Edit":
    """Put all scans of the rows under one patient."""
    from engine.cohort.edits import GroupScans

    return GroupScans((scans_of(rows),))


def scans_of(rows: Iterable[AnyRow]) -> tuple[int, ...]:
    """The ids of the scans of rows."""
    return tuple(dict.fromkeys(number for row in rows for number in row.scan_numbers))


def patients_of(rows: Iterable[AnyRow]) -> tuple[str, ...]:
    """The pseudonyms of rows."""
    return tuple(dict.fromkeys(row.patient.key for row in rows))
