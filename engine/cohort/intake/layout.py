"""The layout registry: how scans, as they lie in folders, become patients."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.cohort.cohort import Level
from engine.cohort.columns import Column
from engine.cohort.label_table.labels import LabelRow, LabelTable
from engine.imaging import ScanHeader
from engine.registry import Info, Options, Registry


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
class Site:
    """What a layout is shown of a source: its scans as they lie, and `home`, the folder in which its tables lie.

    `table` is the label table that was chosen, or found there; None where that was not looked for.
    """

    scans: Sequence[Placed]
    home: Path
    table: LabelTable | None = None


@dataclass(frozen=True)
class FoundScan:
    """A scan and the role it plays; `visit` tells scans of a patient apart in time, `labels` hold for it alone."""

    header: ScanHeader
    role: str
    visit: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FoundPatient:
    """A patient as the source names it, with its scans and what the label table says of it."""

    source_id: str = field(repr=False)
    scans: tuple[FoundScan, ...] = ()
    told: LabelRow = field(default_factory=LabelRow)


@dataclass(frozen=True)
class Recognition:
    """How sure a layout is that a folder is its own, 0 to 1, and why; `options` are those it proposes here."""

    sure: float
    reason: str
    options: Options | None = None


@dataclass(frozen=True)
class Arrangement:
    """The patients a layout finds. The level is image where it carries no patient ids.

    `columns` are what it knows of labels and covariates, such as their order; `left_out` are files it leaves out, why.
    """

    patients: Sequence[FoundPatient]
    level: Level = "patient"
    columns: Sequence[Column] = ()
    left_out: Sequence[tuple[Path, str]] = ()


class NoOptions(Options):
    """There is nothing to choose."""


@dataclass(frozen=True)
class Layout:
    """One way scans are arranged. Neither function opens a scan; `find` gets options of the type named here."""

    info: Info
    recognise: Callable[[Site], Recognition]
    find: Callable[[Site, LabelTable, Any], Arrangement]
    options: type[Options] = NoOptions


layouts: Registry[Layout] = Registry("layout", "engine.cohort.layouts")
