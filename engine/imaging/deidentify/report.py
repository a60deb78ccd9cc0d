"""What became of the files of an export."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Refusal:
    """A file of which no copy was made, and why."""

    path: Path
    reason: str
    hint: str = ""

    def as_json(self) -> dict[str, str]:
        """In the form that other programs may rely on."""
        return {"path": str(self.path), "error": self.reason, "hint": self.hint}


@dataclass(frozen=True)
class Report:
    """What became of the files."""

    written: tuple[Path, ...] = ()
    refused: tuple[Refusal, ...] = ()
