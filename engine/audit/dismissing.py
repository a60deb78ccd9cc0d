"""Findings that somebody looked at and found to be no problem: kept in the workspace, with who said so and why."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.cohort.storage.store import whoever
from engine.errors import CohortError
from engine.files import storage_errors, write_text

_FILE = "dismissed.json"
FOLDER = "audit"


@dataclass(frozen=True)
class Dismissal:
    """Why a finding is no problem, who said so, and when (UTC, ISO)."""

    reason: str
    who: str
    made: str

    def as_json(self) -> dict[str, str]:
        """In the form that other programs may rely on."""
        return asdict(self)


def dismissed(workspace: Path) -> dict[str, Dismissal]:
    """All dismissals by the key of the finding; none where the file is missing or damaged."""
    try:
        told: Mapping[str, Mapping[str, Any]] = json.loads((workspace / FOLDER / _FILE).read_text(encoding="utf-8"))
        return {key: Dismissal(str(v["reason"]), str(v["who"]), str(v["made"])) for key, v in told.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def dismiss(workspace: Path, key: str, reason: str) -> dict[str, Dismissal]:
    """Keep that a finding is no problem; all dismissals. CohortError without a reason."""
    if not reason.strip():
        hint = "Say it in a few words, such as 'the same knee on purpose': it stands in every audit from here on."
        raise CohortError("a finding is dismissed with a reason", hint=hint)
    made = Dismissal(reason.strip(), whoever(), datetime.now(UTC).isoformat(timespec="seconds"))
    return _keep(workspace, {**dismissed(workspace), key: made})


def take_up_again(workspace: Path, key: str) -> dict[str, Dismissal]:
    """Forget that a finding was dismissed; the other dismissals."""
    return _keep(workspace, {name: one for name, one in dismissed(workspace).items() if name != key})


def _keep(workspace: Path, told: dict[str, Dismissal]) -> dict[str, Dismissal]:
    folder = workspace / FOLDER
    with storage_errors(folder):
        folder.mkdir(exist_ok=True)
    values = {name: one.as_json() for name, one in told.items()}
    write_text(folder / _FILE, json.dumps(values, ensure_ascii=False, indent=1))
    return told
