"""The layout registry: how scans, as they lie in folders, become patients."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.cohort.cohort import Level
from engine.cohort.labels import LabelRow, LabelTable
from engine.imaging import ScanHeader
from engine.registry import Info, Registry


@dataclass(frozen=True)
class Placed:
    """A scan and where its first file lies, relative to the source and as the user knows it."""

    header: ScanHeader
    inside: Path

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders between the source and the file."""
        return self.inside.parts[:-1]


@dataclass(frozen=True)
class FoundScan:
    """A scan and the role it plays."""

    header: ScanHeader
    role: str


@dataclass(frozen=True)
class FoundPatient:
    """A patient as the source names it, with its scans and what the label table says of it."""

    source_id: str = field(repr=False)
    scans: tuple[FoundScan, ...] = ()
    told: LabelRow = field(default_factory=LabelRow)


@dataclass(frozen=True)
class Recognition:
    """How sure a layout is that a folder is its own, 0 to 1, and why."""

    sure: float
    reason: str


@dataclass(frozen=True)
class Layout:
    """One way scans are arranged. The level it finds is image where it carries no patient ids."""

    info: Info
    recognise: Callable[[Sequence[Placed]], Recognition]
    find: Callable[[Sequence[Placed], LabelTable], tuple[list[FoundPatient], Level]]


layouts: Registry[Layout] = Registry("layout", "engine.cohort.layouts")
