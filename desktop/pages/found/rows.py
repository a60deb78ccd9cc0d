"""Scans that were found, as lines of a table: texts, filters and orders, without a widget."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from desktop.cohort_rows import WORST_FIRST, Motif, graver_first, natural
from desktop.pages.found.wording import frames_text, size_text, spacing_text

if TYPE_CHECKING:
    from engine.imaging import Discovery, ScanHeader
    from engine.imaging.doubt import Verdict

Kind = Literal["tick", "patient", "text", "certificate"]
Names = Mapping[int, str]


@dataclass(frozen=True, slots=True, eq=False)
class FoundRow:
    """A scan in one line; `place` is its path below the place looked into."""

    scan: "ScanHeader"
    title: str
    modality: str
    size: str
    spacing: str
    frames: str
    orientation: str
    certificate: "Verdict"
    reason: str
    place: str
    motif: Motif

    @property
    def key(self) -> int:
        """Tells it from every other scan found."""
        return id(self.scan)

    def words(self) -> str:
        """Everything a search looks through."""
        parts = (self.title, self.modality, self.certificate, self.size, self.spacing, self.frames, self.orientation,
                 self.place, self.reason)  # fmt: skip
        return " ".join(parts).casefold()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table; `rank` is what it is ordered by, `under` a smaller line below its text."""

    title: str
    kind: Kind
    text: Callable[[FoundRow], str]
    rank: Callable[[FoundRow], Any]
    tip: str = ""
    under: Callable[[FoundRow], str] = lambda row: ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are shown: those that hold every word, of the certificates chosen (none chosen: of all)."""

    words: str = ""
    certificates: "frozenset[Verdict]" = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is looked for at all."""
        return bool(self.words.strip() or self.certificates)

    def accepts(self, row: FoundRow, patient: str = "") -> bool:
        if self.certificates and row.certificate not in self.certificates:
            return False
        text = f"{patient} {row.words()}".casefold()
        return all(word in text for word in self.words.casefold().split())


def row_maker(discovery: "Discovery", source: Path, number: int = 0) -> "Callable[[ScanHeader], FoundRow]":
    """What makes the row of a scan; `number` tells pictures of this look from those of others."""
    home = source if source.is_dir() else source.parent
    return partial(_row, discovery=discovery, home=home, number=number)


def columns_of(rows: Sequence[FoundRow], names: Names) -> tuple[Column, ...]:
    """The columns that have something to say of these rows; tick, patient, title and certificate always."""
    columns = (
        Column("", "tick", lambda row: "", lambda row: 0, "Which scans are added"),
        Column("Patient", "patient", lambda row: names.get(row.key, ""), lambda row: natural(names.get(row.key, "")),
               "The pseudonym it would get"),
        Column("Series", "text", lambda row: row.title, lambda row: natural(row.title),
               "What the file says it is, or its name", under=lambda row: row.place if row.place != row.title else ""),
        Column("Modality", "text", lambda row: row.modality, lambda row: row.modality),
        Column("Size, spacing", "text", lambda row: row.size, lambda row: (_product(row.scan.shape), row.scan.spacing),
               "Columns × rows × slices over the size of a voxel", under=lambda row: f"{row.spacing} mm"),
        Column("Frames", "text", lambda row: row.frames.partition(", ")[0], lambda row: (row.scan.frames, row.frames),
               "Echoes, repetitions or times of one position", under=lambda row: row.frames.partition(", ")[2]),
        Column("Axes", "text", lambda row: row.orientation, lambda row: row.orientation,
               "Where columns, rows and slices lead: Right, Left, Anterior, Posterior, Superior, Inferior"),
        Column("Certificate", "certificate", lambda row: row.certificate,
               lambda row: (WORST_FIRST.index(row.certificate), natural(row.reason)),
               "Whether its geometry and voxels can be trusted, and the gravest doubt", under=lambda row: row.reason),
    )  # fmt: skip
    kept = {"", "Patient", "Series", "Certificate"}
    return tuple(column for column in columns if column.title in kept or any(map(column.text, rows)))


def ordered(rows: Iterable[FoundRow], column: Column, *, descending: bool) -> tuple[FoundRow, ...]:
    """The rows by a column; empty cells come last either way, equal ones stay as they were found."""
    filled = [row for row in rows if column.kind == "tick" or column.text(row)]
    empty = [row for row in rows if column.kind != "tick" and not column.text(row)]
    return (*sorted(filled, key=column.rank, reverse=descending), *empty)


def verdicts(rows: Iterable[FoundRow]) -> "dict[Verdict, int]":
    """How many scans have which certificate."""
    counts = Counter(row.certificate for row in rows)
    return {verdict: counts[verdict] for verdict in reversed(WORST_FIRST)}


def _row(scan: "ScanHeader", *, discovery: "Discovery", home: Path, number: int) -> FoundRow:
    place = discovery.shown(scan.path) if discovery.unpacked.folders else scan.path
    part = f" ({scan.source.part})" if scan.source.part else ""
    gravest = next(iter(graver_first(scan.doubts, notes=True)), None)
    return FoundRow(
        scan=scan,
        title=scan.title or place.name + part,
        modality=scan.modality,
        size=size_text(scan.shape),
        spacing=spacing_text(scan.spacing),
        frames=frames_text(scan.frames, scan.frame_axis, scan.frame_values),
        orientation=scan.orientation,
        certificate=scan.certificate,
        reason=gravest.text if gravest is not None else "",
        place=below(place, home),
        motif=Motif(scan.source, f"found {number}: {scan.source!r}"),
    )


def below(place: Path, home: Path) -> str:
    """A path as it reads below `home`, or whole where it lies elsewhere."""
    return str(place).removeprefix(f"{home}{os.sep}")


def _product(shape: Sequence[int]) -> int:
    product = 1
    for side in shape:
        product *= side
    return product
