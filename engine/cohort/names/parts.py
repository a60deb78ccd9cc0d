"""Folders that divide a collection, such as `train/<class>` or `<class>/test`."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.cohort.dividing.part_names import Part, part_named
from engine.cohort.intake.layout import Placed


@dataclass(frozen=True)
class Divided:
    """A scan, its folders without the one that names a part, and that part; `inner` are below what all scans share."""

    scan: Placed
    folders: tuple[str, ...]
    inner: tuple[str, ...]
    part: Part | None = None


def divided(scans: Sequence[Placed]) -> list[Divided]:
    """The scans without the folders of parts, where all lie in such folders at one depth; one part alone is none."""
    at = _depth(scans)
    folders = [scan.folders if at is None else scan.folders[:at] + scan.folders[at + 1 :] for scan in scans]
    parts = [None if at is None else part_named(scan.folders[at]) for scan in scans]
    several = len(set(parts)) > 1
    shared = _shared(folders)
    return [
        Divided(scan, kept, kept[shared:], part if several else None)
        for scan, kept, part in zip(scans, folders, parts, strict=True)
    ]


def _depth(scans: Sequence[Placed]) -> int | None:
    depths = range(min((len(scan.folders) for scan in scans), default=0))
    return next((at for at in depths if all(part_named(scan.folders[at]) for scan in scans)), None)


def _shared(folders: Sequence[tuple[str, ...]]) -> int:
    """How many folders all lie in, the last apart."""
    shortest = min(map(len, folders), default=0)
    return next((at for at in range(shortest) if len({path[at] for path in folders}) > 1), max(0, shortest - 1))
