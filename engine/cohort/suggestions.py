"""Labels that finished runs suggest for patients without one, and what people decided about them."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.cohort.cohort import Cohort, Patient
from engine.cohort.storage.database import Database

Decision = Literal["", "accepted", "rejected"]


@dataclass(frozen=True)
class Suggestion:
    """What a run says of a patient (by pseudonym). Where it is decided, `label` was given, `who` decided, and when."""

    patient: str
    column: str
    run: str
    probabilities: Mapping[str, float]
    made: datetime
    decision: Decision = ""
    label: str = ""
    who: str = ""
    decided: datetime | None = None

    @property
    def proposed(self) -> str:
        """The most probable class."""
        return max(self.probabilities, key=lambda name: self.probabilities[name])

    @property
    def probability(self) -> float:
        """How probable that class is to the run; no chance that it is right, unless the run is calibrated."""
        return self.probabilities[self.proposed]

    @property
    def margin(self) -> float:
        """How far it is ahead of the next class: small where the run is in doubt."""
        first, *others = sorted(self.probabilities.values(), reverse=True)
        return first - max(others, default=0.0)


@dataclass(frozen=True)
class Standing:
    """How far the review of a column is. Who was labelled, excluded or set aside meanwhile is not counted."""

    open: int = 0
    accepted: int = 0
    rejected: int = 0

    @property
    def decided(self) -> int:
        """How many were decided."""
        return self.accepted + self.rejected

    @property
    def all(self) -> int:
        """How many there are to decide and were decided."""
        return self.open + self.decided


def suggestions(database: Database, column: str = "") -> list[Suggestion]:
    """All of a column, or of every column, the most doubtful first; equal doubts in the order of the patients."""
    with database.connect() as connection:
        rows = connection.execute(
            "SELECT p.key, s.name, s.run, s.probabilities, s.made, s.decision, s.label, s.who, s.decided"
            " FROM suggestions s JOIN patients p ON p.id = s.patient WHERE ? IN ('', s.name) ORDER BY p.id, s.made",
            (column,),
        ).fetchall()
    return doubtful_first(
        Suggestion(
            key, name, run, _probabilities(told), datetime.fromisoformat(made), decision, label, who,
            datetime.fromisoformat(decided) if decided else None,
        )
        for key, name, run, told, made, decision, label, who, decided in rows
    )  # fmt: skip


def doubtful_first(some: Iterable[Suggestion]) -> list[Suggestion]:
    """Those with the smallest margin first."""
    return sorted(some, key=lambda one: one.margin)


def open_ones(some: Iterable[Suggestion], cohort: Cohort) -> list[Suggestion]:
    """Those still to be decided: whose patient takes part, was not set aside, and has no label meanwhile."""
    return [one for one in some if not one.decision and _waits(cohort, one)]


def standing(some: Sequence[Suggestion], cohort: Cohort) -> Standing:
    """How far the review of these is."""
    decisions = Counter(one.decision for one in some)
    return Standing(len(open_ones(some, cohort)), decisions["accepted"], decisions["rejected"])


def is_unlabelled(patient: Patient | None, column: str) -> bool:
    """Whether the patient is there, and neither it nor any of its scans has a label in the column."""
    if patient is None or patient.labels.get(column):
        return False
    return not any(scan.labels.get(column) for scan in patient.scans)


def _waits(cohort: Cohort, one: Suggestion) -> bool:
    patient = cohort.by_key.get(one.patient)
    if patient is None or one.patient in cohort.vault or all(scan.kept_out for scan in patient.scans):
        return False
    return is_unlabelled(patient, one.column)


def _probabilities(text: str) -> dict[str, float]:
    told = {str(name): float(share) for name, share in json.loads(text).items()}
    return {name: share for name, share in told.items() if math.isfinite(share)} or {"": 0.0}
