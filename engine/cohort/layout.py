"""The layout registry: how folders of scans, as they come, become patients."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.cohort.cohort import Level
from engine.cohort.labels import LabelRow, LabelTable
from engine.registry import Info, Registry


@dataclass(frozen=True)
class FoundScan:
    """A file that ought to be a scan, and the role it plays."""

    path: Path
    role: str


@dataclass(frozen=True)
class FoundPatient:
    """A patient as the source names it, with its files and what the label table says of it."""

    source_id: str
    scans: tuple[FoundScan, ...]
    told: LabelRow = field(default_factory=LabelRow)


@dataclass(frozen=True)
class Recognition:
    """How sure a layout is that a folder is its own, 0 to 1, and why."""

    sure: float
    reason: str


@dataclass(frozen=True)
class Layout:
    """One way folders of scans are arranged. `level` is image where it carries no patient ids."""

    info: Info
    recognise: Callable[[Path], Recognition]
    find: Callable[[Path, LabelTable], tuple[list[FoundPatient], Level]]


layouts: Registry[Layout] = Registry("layout", "engine.cohort.layouts")
