"""The order in which suggestions are decided: plain data, without a widget."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from engine.cohort.suggestions import Suggestion


@dataclass(frozen=True)
class Queue:
    """What waits, in its order; `skipped` come again at the end, `sent` are decided but not yet in the workspace."""

    waiting: tuple[Suggestion, ...] = ()
    skipped: tuple[str, ...] = ()
    sent: frozenset[str] = frozenset()
    at: str = ""

    @cached_property
    def rows(self) -> tuple[Suggestion, ...]:
        """The suggestions in the order they come."""
        left = [one for one in self.waiting if one.patient not in self.sent]
        by_patient = {one.patient: one for one in left} if self.skipped else {}
        later = [by_patient[patient] for patient in self.skipped if patient in by_patient]
        put_off = frozenset(self.skipped)
        return (*(one for one in left if one.patient not in put_off), *later)

    @property
    def current(self) -> Suggestion | None:
        """The one asked about now."""
        return self.rows[self.place] if self.rows else None

    @cached_property
    def place(self) -> int:
        """Where it stands; -1 where nothing is left."""
        return next((place for place, one in enumerate(self.rows) if one.patient == self.at), 0 if self.rows else -1)

    def renewed(self, waiting: Sequence[Suggestion]) -> "Queue":
        """The queue after the workspace was read again; who is asked about stays, where possible."""
        there = {one.patient for one in waiting}
        skipped = tuple(patient for patient in self.skipped if patient in there)
        present = self.current.patient if self.current is not None else ""
        at = self.at if self.at in there else present
        return Queue(tuple(waiting), skipped, frozenset(), at)

    def decided(self) -> "Queue":
        """The one asked about is decided; the next comes."""
        if self.current is None:
            return self
        return replace(self, sent=self.sent | {self.current.patient}, at=self._after())

    def skip(self) -> "Queue":
        """The one asked about comes again at the end; the next comes."""
        if self.current is None:
            return self
        patient = self.current.patient
        skipped = (*(one for one in self.skipped if one != patient), patient)
        return replace(self, skipped=skipped, at=self._after())

    def step(self, by: int) -> "Queue":
        """Another one is asked about, so many further on; it stops at the ends."""
        if self.current is None:
            return self
        return self.go(self.rows[max(0, min(len(self.rows) - 1, self.place + by))].patient)

    def go(self, patient: str) -> "Queue":
        """This patient is asked about."""
        return replace(self, at=patient)

    def _after(self) -> str:
        rows, place = self.rows, self.place
        return rows[(place + 1) % len(rows)].patient
