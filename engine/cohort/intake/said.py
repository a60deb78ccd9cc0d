"""What each source said of its patients and scans when it was read last, to tell edits from news."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.cohort.intake.layout import FoundScan

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A value the cohort `had`, of which a source that said `before` now says `now`."""

    before: str
    had: str
    now: str

    @property
    def will(self) -> str:
        """What becomes of it: news come in, what was edited here stays."""
        return self.now if self.now != self.before and self.had == self.before else self.had


@dataclass(frozen=True)
class SaidOfScan:
    """Whose a scan is (by the id under which the cohort has the patient), its role, visit and own labels."""

    patient: str = field(repr=False)
    role: str
    visit: str = ""
    labels: Values = field(default_factory=dict)

    @classmethod
    def of(cls, found: FoundScan, source_id: str) -> "SaidOfScan":
        """As a source says it now."""
        return cls(source_id, found.role, found.visit, dict(found.labels))

    def as_json(self) -> str:
        return json.dumps([self.patient, self.role, self.visit, dict(self.labels)])


@dataclass(frozen=True)
class Said:
    """`patients` has labels and covariates by the id under which the cohort has a patient, `scans` is by row id."""

    patients: Mapping[str, Values] = field(default_factory=dict)
    scans: Mapping[int, SaidOfScan] = field(default_factory=dict)


def said_by(connection: sqlite3.Connection, source: str) -> Said:
    """What the source of this name said last, of its scans and its patients."""
    patients = connection.execute(
        "SELECT t.source_id, t.json FROM told_patients t JOIN sources o ON o.id = t.source WHERE o.name = ?", (source,)
    )
    scans = connection.execute(
        "SELECT t.scan, t.json FROM told_scans t JOIN scans s ON s.id = t.scan JOIN sources o ON o.id = s.source"
        " WHERE o.name = ?",
        (source,),
    )
    return Said(
        {source_id: json.loads(text) for source_id, text in patients},
        {number: SaidOfScan(*json.loads(text)) for number, text in scans},
    )
