"""Labels that a run suggests: kept apart until somebody accepts them."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.cohort.edits.edit import counted, patient_ids
from engine.cohort.edits.values import SetLabel
from engine.errors import CohortError


@dataclass(frozen=True)
class PutSuggestions:
    """Keep what a run suggests for a column: the probability of each class by patient (by pseudonym).

    It goes before what other runs suggested for these patients and nobody decided. What was decided stays.
    """

    run: str
    column: str
    probabilities: Mapping[str, Mapping[str, float]]

    @property
    def words(self) -> str:
        return f"Suggest {self.column} for {counted(self.probabilities, 'patient')}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        numbers = patient_ids(connection, list(self.probabilities))
        _, made = _by_whom(connection)
        connection.executemany(
            "DELETE FROM suggestions WHERE patient = ? AND name = ? AND run <> ? AND decision = ''",
            [(number, self.column, self.run) for number in numbers],
        )
        told = (json.dumps(dict(shares), ensure_ascii=False) for shares in self.probabilities.values())
        connection.executemany(
            "INSERT INTO suggestions (patient, name, run, probabilities, made) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (patient, name, run) DO UPDATE SET probabilities = excluded.probabilities,"
            " made = excluded.made WHERE decision = ''",
            [(number, self.column, self.run, text, made) for number, text in zip(numbers, told, strict=True)],
        )


@dataclass(frozen=True)
class AcceptSuggestions:
    """Give patients (by pseudonym) the label that was suggested, or the better one that somebody names."""

    column: str
    labels: Mapping[str, str]

    @property
    def words(self) -> str:
        if len(self.labels) == 1:
            ((patient, label),) = self.labels.items()
            return f"Accept {label} as {self.column} of {patient}"
        return f"Accept the suggested {self.column} of {counted(self.labels, 'patient')}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        if not all(label.strip() for label in self.labels.values()):
            raise CohortError("a label needs a name", hint="To leave the patient without one, reject the suggestion.")
        _require_unlabelled(connection, self.column, list(self.labels))
        _decide(connection, self.column, "accepted", self.labels)
        for label in dict.fromkeys(self.labels.values()):
            patients = tuple(patient for patient, given in self.labels.items() if given == label)
            SetLabel(patients, self.column, label).carry_out(connection, home)


@dataclass(frozen=True)
class RejectSuggestions:
    """Leave patients (by pseudonym) without a label, and ask no more about these suggestions."""

    column: str
    patients: tuple[str, ...]

    @property
    def words(self) -> str:
        whose = self.patients[0] if len(self.patients) == 1 else counted(self.patients, "patient")
        return f"Reject the suggested {self.column} of {whose}"

    def carry_out(self, connection: sqlite3.Connection, home: Path) -> None:
        _decide(connection, self.column, "rejected", dict.fromkeys(self.patients, ""))


def _decide(connection: sqlite3.Connection, column: str, decision: str, labels: Mapping[str, str]) -> None:
    """CohortError where a patient has no suggestion to decide about, so that nobody decides about what is gone."""
    who, when = _by_whom(connection)
    numbers = patient_ids(connection, list(labels))
    waiting = _waiting(connection, column, numbers)
    for number, (patient, label) in zip(numbers, labels.items(), strict=True):
        if number not in waiting:
            hint = "'isocenter suggestions' lists those that wait for an answer."
            raise CohortError(f"no suggested {column} of {patient} waits for an answer", hint=hint)
        connection.execute(
            "UPDATE suggestions SET decision = ?, label = ?, who = ?, decided = ?"
            " WHERE patient = ? AND name = ? AND decision = ''",
            (decision, label, who, when, number, column),
        )


def _require_unlabelled(connection: sqlite3.Connection, column: str, patients: Sequence[str]) -> None:
    """CohortError where somebody was given a label meanwhile: a suggestion never overwrites one."""
    rows: Iterable[tuple[int]] = connection.execute(
        "SELECT patient FROM labels WHERE name = ? AND value <> '' UNION SELECT s.patient FROM scan_labels l"
        " JOIN scans s ON s.id = l.scan WHERE l.name = ? AND l.value <> ''",
        (column, column),
    )
    labelled = {number for (number,) in rows}
    for number, patient in zip(patient_ids(connection, list(patients)), patients, strict=True):
        if number in labelled:
            hint = "The suggestion was not taken. Change the label on the cohort page if it is wrong."
            raise CohortError(f"{patient} was given a label of {column} meanwhile", hint=hint)


def _waiting(connection: sqlite3.Connection, column: str, numbers: Sequence[int]) -> set[int]:
    rows: Iterable[tuple[int]] = connection.execute(
        "SELECT patient FROM suggestions WHERE name = ? AND decision = ''", (column,)
    )
    return {number for (number,) in rows} & set(numbers)


def _by_whom(connection: sqlite3.Connection) -> tuple[str, str]:
    """Who makes the edit at hand, and when it was begun."""
    who, made = connection.execute("SELECT who, made FROM edits ORDER BY id DESC LIMIT 1").fetchone()
    return str(who), str(made)
