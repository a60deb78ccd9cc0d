"""What a button can do about a finding, as plain data; `applying.apply` carries it out."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ExcludeScans:
    """Keep scans (by id) out of every run, saying why."""

    scans: tuple[int, ...]
    because: str
    label: str = "Exclude"


@dataclass(frozen=True)
class MergeClasses:
    """Call several classes of a label column by one name; `restoring.restore` takes it back."""

    column: str
    classes: tuple[str, ...]
    into: str
    label: str = "Merge classes"


@dataclass(frozen=True)
class RepairPictures:
    """Write what is left of truncated pictures into the workspace, missing rows zero, and use these instead."""

    scans: tuple[int, ...]
    label: str = "Repair a copy"


Remedy = ExcludeScans | MergeClasses | RepairPictures


def remedy_json(remedy: Remedy | None) -> dict[str, Any] | None:
    """In the form that other programs may rely on; `kind` tells which it is."""
    return None if remedy is None else {"kind": type(remedy).__name__, **asdict(remedy)}
