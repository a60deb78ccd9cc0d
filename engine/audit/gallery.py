"""The signatures of all scans, read by several threads where they are not kept already."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.audit.keeping import keep, kept
from engine.audit.neighbours import Nearest, features, nearest
from engine.audit.signature import Signature, sign
from engine.audit.thumbnail import SIDE, Bytes, perceptual_hashes
from engine.audit.wholeness import stamp
from engine.cohort import Scan
from engine.control import Control

Progress = Callable[[int, int, str], None]

THREADS, NEAREST = 2, 32
AT_ONCE = 64
READING, COMPARING = "Reading pictures", "Comparing pictures"


@dataclass(frozen=True, eq=False)
class Gallery:
    """Scans and their signatures, in one order."""

    scans: Sequence[Scan]
    signatures: list[Signature]
    control: Control = field(default_factory=Control)

    @cached_property
    def pictured(self) -> NDArray[np.intp]:
        """The places of scans that show something: those with several grey levels."""
        return np.array([n for n, one in enumerate(self.signatures) if not one.failure and one.high > one.low], np.intp)

    @cached_property
    def thumbs(self) -> Bytes:
        """The thumbnails of the pictured; the signatures' own are these from now on, so that none is held twice."""
        found = np.empty((len(self.pictured), SIDE, SIDE), np.uint8)
        for row, place in enumerate(self.pictured):
            found[row] = self.signatures[place].thumb
            self.signatures[place] = replace(self.signatures[place], thumb=found[row])
        return found

    def patches(self, begin: int, end: int) -> Bytes:
        """The middles of some of the pictured; all at once would be too many."""
        return np.stack([self.signatures[place].patch for place in self.pictured[begin:end]])

    @cached_property
    def nearest(self) -> Nearest:
        """The nearest others of each of the pictured, by their place among these."""
        return nearest(features([self.thumbs]), NEAREST, self.control)

    @cached_property
    def hashes(self) -> NDArray[np.uint64]:
        """The perceptual hashes of the pictured."""
        return perceptual_hashes(self.thumbs)


def gallery(scans: Sequence[Scan], folder: Path, progress: Progress, control: Control) -> Gallery:
    """Sign what is not signed yet, or has changed since; what was read before a cancel is kept too."""
    stamps = [stamp(scan) for scan in scans]
    known = {name: one for name, one in kept(folder).items() if not one.failure}
    lacking = {name: scan for name, scan in zip(stamps, scans, strict=True) if name and name not in known}
    try:
        _sign(lacking, known, progress, control)
    finally:
        if lacking:
            keep(folder, _of_now(known, stamps))
    signatures = [known[name] if name else sign(scan) for name, scan in zip(stamps, scans, strict=True)]
    return Gallery(scans, signatures, control)


def _of_now(known: Mapping[str, Signature], stamps: Sequence[str]) -> Mapping[str, Signature]:
    """Those of the scans that are there; all, where some are not there and may come back."""
    there = set(stamps)
    return known if "" in there else {name: one for name, one in known.items() if name in there}


def _sign(scans: Mapping[str, Scan], into: dict[str, Signature], progress: Progress, control: Control) -> None:
    with ThreadPoolExecutor(THREADS, "audit") as pool:
        for begin in range(0, len(scans), AT_ONCE):
            control.check()
            some = dict(islice(scans.items(), begin, begin + AT_ONCE))
            into.update(zip(some, pool.map(sign, some.values()), strict=True))
            progress(begin + len(some), len(scans), READING)
