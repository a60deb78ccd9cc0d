"""What a source says now, brought together with what the cohort has: news come in, edits stay."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Literal

from engine.cohort.cohort import Cohort, Patient, Scan
from engine.cohort.intake.examining import Taken
from engine.cohort.intake.import_report import LabelNews
from engine.cohort.intake.known_scans import KnownScans
from engine.cohort.intake.layout import FoundScan
from engine.cohort.intake.ownership import Owner
from engine.cohort.intake.said import Change, Said, SaidOfScan, Values
from engine.cohort.label_table.labels import LabelRow

Table = Literal["labels", "covariates", "scan_labels"]
GONE_REASON = "its files are gone"


@dataclass(eq=False)
class Merged:
    """What is to be written, by row ids, and what is new, for people. `values` to put are empty to take one away.

    `scans` has new ones and those that are not as before, each with its patient; `gone` lost their files. `renamed` has
    the former and the new id in the source of patients whose files moved. `touched` are the patients of
    whom anything is written.
    """

    patients: dict[int, tuple[str, str]] = field(default_factory=dict)
    values: dict[Table, dict[tuple[int, str], str]] = field(default_factory=lambda: defaultdict(dict))
    scans: list[tuple[int, Scan]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    said_of_scans: dict[int, SaidOfScan] = field(default_factory=dict)
    said_of_patients: dict[str, Values] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    new: int = 0
    unchanged: int = 0
    changed: list[Scan] = field(default_factory=list)
    vanished: list[Scan] = field(default_factory=list)
    moved: list[Scan] = field(default_factory=list)
    renamed: dict[int, tuple[str, str]] = field(default_factory=dict)
    labels: list[LabelNews] = field(default_factory=list)


class Merging:
    """One source coming into a cohort. `first` is the row id of the next new scan."""

    def __init__(self, cohort: Cohort, name: str, said: Said, known: KnownScans, first: int) -> None:
        self._cohort, self._name, self._said, self._known = cohort, name, said, known
        self._ids = count(first)
        self._people: dict[int, tuple[dict[str, str], dict[str, str]]] = {}
        self._numbers = {patient.key: patient for patient in cohort.patients}
        self.merged = Merged()

    def take(self, taken: Taken) -> None:
        """A patient of the source with its scans."""
        owner = taken.owner
        homes = {self._take_scan(owner, found, scan) for found, scan in taken.scans}
        if owner.patient is not None or owner.number in homes:
            self._take_values(owner, owner.found.told)
        if owner.was:
            self.merged.renamed[owner.number] = (owner.was, owner.source_id)
            self.merged.touched.add(owner.number)
        if owner.patient is None and owner.number in homes:
            self.merged.patients[owner.number] = (owner.key, owner.source_id)
            self.merged.touched.add(owner.number)

    def miss(self, unread: Iterable[Scan]) -> None:
        """Scans of the source that were not found: those whose files are not there any more are marked."""
        for scan in unread:
            if not os.path.lexists(scan.source.files[0]):
                self.merged.vanished.append(scan)
                if not scan.gone:
                    self.merged.gone.append(scan.id)
                    self.merged.touched.add(self._numbers[scan.patient].number)

    def _take_values(self, owner: Owner, told: LabelRow) -> None:
        now = {**told.covariates, **told.labels}
        before = self._said.patients.get(owner.was or owner.source_id, {})
        labels, covariates = self._person(owner)
        news = {**before, **now} if owner.was else now  # a table that knows the former name only takes nothing away
        for name in sorted({*news, *before}):
            table: Table = "labels" if self._is_label(name, told, labels) else "covariates"
            ours = labels if table == "labels" else covariates
            said = Change(before.get(name, ""), ours.get(name, ""), news.get(name, ""))
            if self._settle(table, owner.number, name, said, owner.key if owner.patient else ""):
                self.merged.touched.add(owner.number)
            ours[name] = said.will
        if now != before or owner.was:
            self.merged.said_of_patients[owner.source_id] = now

    def _settle(self, table: Table, row: int, name: str, change: Change, whose: str) -> bool:
        """Whether something is to be written."""
        if change.will != change.had:
            self.merged.values[table][(row, name)] = change.will
        if whose and table != "covariates" and change.now not in (change.before, change.had):
            self.merged.labels.append(LabelNews(whose, name, change.had, change.now, taken=change.will == change.now))
        return change.will != change.had

    def _take_scan(self, owner: Owner, found: FoundScan, fresh: Scan) -> int:
        """The row id of the patient it is with."""
        before = self._known.take(fresh)
        number = next(self._ids) if before is None else before.id
        if before is None:
            home = owner.number
            self.merged.touched.add(home)
            self.merged.new += 1
            self.merged.scans.append((home, replace(fresh, id=number, origin=self._name)))
            self.merged.values["scan_labels"].update({(number, name): label for name, label in found.labels.items()})
        else:
            home = self._renew(owner, found, before, fresh)
        now = SaidOfScan.of(found, owner.source_id)
        if self._said.scans.get(number) != now:
            self.merged.said_of_scans[number] = now
        return home

    def _renew(self, owner: Owner, found: FoundScan, before: Scan, fresh: Scan) -> int:
        said = self._said.scans.get(before.id) or SaidOfScan(owner.source_id, "")
        here = self._numbers[before.patient]
        patient = owner.number if owner.source_id != said.patient == here.source_id else here.number
        scan = replace(
            fresh,
            id=before.id,
            patient=before.patient,
            role=Change(said.role, before.role, found.role).will,
            visit=Change(said.visit, before.visit, found.visit).will,
            excluded="" if before.gone and before.excluded == GONE_REASON else before.excluded,
            accepted=before.accepted,
            origin=self._name,
            labels=before.labels,
        )
        if self._known.moved_from(fresh) is before:
            self.merged.moved.append(scan)
        elif scan.digest == before.digest:
            self.merged.unchanged += 1
        else:
            self.merged.changed.append(scan)
        if scan != before or scan.stamp != before.stamp or patient != here.number:
            self.merged.scans.append((patient, scan))
            self.merged.touched.update((patient, here.number))
        for name in sorted({*found.labels, *said.labels}):
            told = Change(said.labels.get(name, ""), before.labels.get(name, ""), found.labels.get(name, ""))
            if self._settle("scan_labels", before.id, name, told, before.patient):
                self.merged.touched.update((patient, here.number))
        return patient

    def _person(self, owner: Owner) -> tuple[dict[str, str], dict[str, str]]:
        """What the patient has by now, since several patients of the source may be one of the cohort."""
        if owner.number not in self._people:
            had = owner.patient or Patient("", "")
            self._people[owner.number] = dict(had.labels), dict(had.covariates)
        return self._people[owner.number]

    def _is_label(self, name: str, told: LabelRow, ours: Mapping[str, str]) -> bool:
        if name in self._cohort.columns:
            return self._cohort.columns[name].use == "label"
        return name in told.labels or (name not in told.covariates and name in ours)


def merge(taken: Sequence[Taken], cohort: Cohort, name: str, said: Said, known: KnownScans, first: int) -> Merged:
    """Bring what was taken from the source called `name` together with the cohort; nothing is written."""
    merging = Merging(cohort, name, said, known, first)
    for one in taken:
        merging.take(one)
    merging.miss(known.left())
    return merging.merged
