"""What a button can do about a finding, as plain data; `applying.edits_of` says which edits of the cohort that is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ExcludeScans:
    """Keep scans (by id) out of every run, saying why. `copies` are sets of copies; of each set one has to stay."""

    scans: tuple[int, ...]
    because: str
    label: str = "Exclude"
    copies: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class MergeClasses:
    """Call several classes of a label column by one name."""

    column: str
    classes: tuple[str, ...]
    into: str
    label: str = "Merge classes"


@dataclass(frozen=True)
class RepairPictures:
    """Write what is left of truncated pictures into the workspace, missing rows zero, and use these instead."""

    scans: tuple[int, ...]
    label: str = "Repair a copy"


@dataclass(frozen=True)
class GroupPatients:
    """Make one patient of the scans (by id) of each group; `likely` where that is a guess that was accepted."""

    groups: tuple[tuple[int, ...], ...]
    likely: bool = False
    label: str = "Make them one patient"


Remedy = ExcludeScans | MergeClasses | RepairPictures | GroupPatients

_KINDS: Mapping[str, type[Remedy]] = {
    kind.__name__: kind for kind in (ExcludeScans, MergeClasses, RepairPictures, GroupPatients)
}


def remedy_json(remedy: Remedy | None) -> dict[str, Any] | None:
    """In the form that other programs may rely on; `kind` tells which it is."""
    return None if remedy is None else {"kind": type(remedy).__name__, **asdict(remedy)}


def remedy_from(told: Mapping[str, Any] | None) -> Remedy | None:
    """The remedy that `remedy_json` told of; KeyError or TypeError where it is none."""
    if told is None:
        return None
    return _KINDS[told["kind"]](**{name: _frozen(value) for name, value in told.items() if name != "kind"})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
