"""The test vault: patients that no division touches, opened by an explicit act that is counted for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from engine.cohort.dividing.dealing import cut
from engine.cohort.dividing.subjects import Subjects
from engine.cohort.storage.database import Database
from engine.cohort.storage.store import whoever
from engine.cohort.workspace import DATABASE, Workspace
from engine.errors import CohortError


@dataclass(frozen=True)
class Opening:
    """One time that somebody looked at how a model does on the patients of the vault."""

    made: str
    who: str
    reason: str
    run: str = ""


def drawn_for_vault(subjects: Subjects, share: float, by: Sequence[str], seed: int) -> tuple[str, ...]:
    """A stratified share of the patients, to be set aside; each class with two or more stays on both sides."""
    if not 0 < share < 1:
        raise CohortError(f"a share of {share:g} cannot be set aside", hint="Give a part, such as 0.2.")
    if not subjects.patients:
        raise CohortError("there is nobody to set aside", hint="Patients need a label in the column that is chosen.")
    aside, _ = cut(subjects, (share, 1 - share), by, np.random.default_rng(seed))
    return tuple(sorted(aside))


def openings(home: Path) -> list[Opening]:
    """Every opening of a workspace's vault, the oldest first."""
    with Database((home / DATABASE).resolve()).connect() as connection:
        rows = connection.execute("SELECT made, who, reason, run FROM vault_openings ORDER BY id").fetchall()
    return [Opening(*row) for row in rows]


def open_vault(workspace: Workspace, reason: str, run: str = "") -> tuple[str, ...]:
    """The patients of the vault, to test the model of a run on. Counted before they are told; nothing undoes it."""
    if not reason.strip():
        raise CohortError("the vault is opened for a reason", hint="Say in a few words what is to be tested.")
    aside = tuple(sorted(workspace.cohort().vault))
    if not aside:
        raise CohortError("the test vault is empty", hint="Set patients aside first.")
    with workspace.store.connect() as connection:
        connection.execute(
            "INSERT INTO vault_openings (made, who, reason, run) VALUES (?, ?, ?, ?)",
            (datetime.now(UTC).isoformat(timespec="seconds"), whoever(), reason.strip(), run),
        )
    return aside


def vault_words(patients: int, opened: Sequence[Opening], seen: int = 0) -> str:
    """For reports; empty where there never was a vault. `seen` are those who took part in runs all the same."""
    if not patients and not opened:
        return ""
    heads = f"{patients} patient{'' if patients == 1 else 's'}"
    times = {0: "was never opened", 1: "was opened once"}.get(len(opened), f"was opened {len(opened)} times")
    return f"The test vault of {heads} {times}.{f' {seen_words(seen)}' if seen else ''}"


def seen_words(seen: int) -> str:
    """That some of the vault's patients are no news to the runs that were made before."""
    whose = "1 of its patients" if seen == 1 else f"{seen} of its patients"
    return f"{whose} took part in runs before they were set aside, so it is no fresh test of what those taught."
