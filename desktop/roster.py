"""The cohort made ready for lists: its rows, columns and head counts, renewed only where patients changed.

Made off the GUI thread where it can be: the window then looks up what it shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.cohort_rows import NO_LABEL, HeadCount, PatientRow, natural, row_of
from desktop.cohort_scan_rows import ScanRow, scan_rows_of
from desktop.cohort_tally import Tally

if TYPE_CHECKING:
    from engine.cohort import Cohort, Patient
    from engine.cohort.columns import Column

MOST_REASONS = 8


@dataclass(frozen=True, eq=False)
class Roster:
    """Rows in natural order of the pseudonyms. `columns` describe labels and covariates by name, labels first."""

    cohort: "Cohort | None" = None
    by_id: bool = False
    rows: tuple[PatientRow, ...] = ()
    columns: "Mapping[str, Column]" = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    former_scans: "tuple[ScanRow, ...]" = ()

    @cached_property
    def targets(self) -> list[str]:
        """The label columns, sorted."""
        return [name for name, column in self.columns.items() if column.use == "label"]

    @cached_property
    def covariates(self) -> list[str]:
        """The covariates, sorted."""
        return [name for name, column in self.columns.items() if column.use == "covariate"]

    @property
    def scans(self) -> int:
        """How many scans all patients have."""
        return self.tally.all["scans"]

    @cached_property
    def by_key(self) -> dict[str, PatientRow]:
        """The rows by pseudonym."""
        return {row.key: row for row in self.rows}

    @cached_property
    def scan_rows(self) -> tuple[ScanRow, ...]:
        """A row per scan, patient after patient; ask for it off the GUI thread first where there are many."""
        known = {row.key: row for row in self.former_scans}
        return tuple(scan for row in self.rows for scan in scan_rows_of(row, known))

    @cached_property
    def counts(self) -> dict[str, tuple[HeadCount, ...]]:
        """Head counts by label column."""
        return {name: self.tally.head_counts(self.columns[name]) for name in self.targets}

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Why scans are excluded, the most frequent reasons first."""
        return tuple(reason for reason, _ in self.tally.told("out").most_common(MOST_REASONS))

    def state(self, name: str) -> int:
        """How many patients are "unlabelled", "excluded", "warned", or in the "vault"."""
        return self.tally.patients["state", name]

    def offered(self, field: str, name: str = "") -> tuple[str, ...]:
        """What a label, covariate, role, visit or source is called so far; nothing where that is free text."""
        if field not in ("label", "covariate"):
            return tuple(sorted(self.tally.told(field), key=natural))
        column = self.columns.get(name)
        if column is None:
            return ()
        told = set(self.tally.told(field, name)) if column.type in ("category", "ordinal") else set()
        return tuple(dict.fromkeys((*column.classes, *column.ordered(told - {NO_LABEL}))))


def renewed(cohort: "Cohort | None", before: Roster, *, by_id: bool) -> Roster:
    """The roster of a cohort; rows of patients that are the same objects as before are taken over."""
    if cohort is None:
        return Roster()
    if cohort is before.cohort and by_id == before.by_id:
        return before
    old = before.by_key if before.by_id == by_id else {}
    vault = cohort.vault
    kept = (_kept(patient, old.get(patient.key), by_id, patient.key in vault) for patient in cohort.patients)
    rows = _in_order(tuple(kept), before)
    tally = _tally(rows, before.tally, old)
    scans = before.__dict__.get("scan_rows", before.former_scans)
    made = Roster(cohort, by_id, rows, _columns(cohort, tally), tally, scans)
    _ = (made.by_key, made.counts, made.reasons)
    return made


def _kept(patient: "Patient", row: PatientRow | None, by_id: bool, vault: bool) -> PatientRow:
    if row is not None and row.patient is patient and row.vault == vault:
        return row
    return row_of(patient, by_id=by_id, vault=vault)


def _in_order(rows: tuple[PatientRow, ...], before: Roster) -> tuple[PatientRow, ...]:
    """Sorting is for those that were not in order already."""
    if len(rows) == len(before.rows) and all(a.key == b.key for a, b in zip(rows, before.rows, strict=True)):
        return rows
    return tuple(sorted(rows, key=lambda row: natural(row.key)))


def _tally(rows: tuple[PatientRow, ...], before: Tally, old: Mapping[str, PatientRow]) -> Tally:
    come = [row for row in rows if old.get(row.key) is not row]
    if 2 * len(come) > len(rows):
        return Tally(rows)
    here = {row.key for row in rows} if len(rows) - len(come) < len(old) else set()
    gone = [row for key, row in old.items() if key not in here] if here else []
    return before.changed([*gone, *(old[row.key] for row in come if row.key in old)], come)


def _columns(cohort: "Cohort", tally: Tally) -> "dict[str, Column]":
    """Labels before covariates, each sorted; what nobody has is no column, unless its classes were described."""
    from engine.cohort.columns import guessed

    labels = tally.names("label")
    made = {name: guessed(name, "covariate", tally.told("covariate", name)) for name in tally.names("covariate")}
    made |= {name: guessed(name, "label", set(tally.told("label", name)) - {NO_LABEL}) for name in labels}
    made |= {name: column for name, column in cohort.columns.items() if name in made or column.classes}
    return dict(sorted(made.items(), key=lambda item: (item[1].use != "label", item[0])))


class Rosters:
    """Keeps the newest roster; `of` may be called on any thread, to have it ready when the window asks."""

    def __init__(self) -> None:
        self._newest = Roster()

    def of(self, cohort: "Cohort | None", *, by_id: bool) -> Roster:
        """The roster of a cohort."""
        made = renewed(cohort, self._newest, by_id=by_id)
        self._newest = made
        return made
