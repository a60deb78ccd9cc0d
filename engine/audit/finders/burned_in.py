"""What was drawn into pictures: frames, letters and labels in the margin that several pictures share."""

from collections.abc import Iterable, Iterator

import numpy as np

from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, counted
from engine.audit.marks import CELLS
from engine.audit.material import Material
from engine.audit.thumbnail import SIDE
from engine.cohort import Scan
from engine.registry import Info

_FEWEST, _SHARE, _ALIKE = 5, 0.02, 0.7
_SEEN = 200
_ACTION = "Crop or mask it before training: a model may learn it, and it may tell who the patient is."


def find(material: Material) -> Iterable[Finding]:
    """Warnings."""
    yield from _said(material)
    yield from _frames(material)
    yield from _marks(material)


def _said(material: Material) -> Iterator[Finding]:
    scans = tuple(scan for scan in material.scans if any(doubt.kind == "burned-in" for doubt in scan.doubts))
    if scans:
        reason = f"{counted(len(scans), 'scan')}: the file says that text is burned in."
        yield Finding("outlier", "warn", reason, _ACTION, scans)


def _frames(material: Material) -> Iterator[Finding]:
    signed = zip(material.scans, material.gallery.signatures, strict=True)
    framed = tuple(scan for scan, signature in signed if signature.frame)
    if framed:
        yield Finding("outlier", "warn", f"{counted(len(framed), 'picture')} with a bright frame.", _ACTION, framed)


def _marks(material: Material) -> Iterator[Finding]:
    """One finding for all pictures with marks in places where many have the same."""
    signatures = material.gallery.signatures
    cells = np.array([signature.cells for signature in signatures], np.uint64)
    shared: set[int] = set()
    for cell in range(CELLS * CELLS):
        places = np.flatnonzero(cells >> np.uint64(cell) & np.uint64(1))
        if len(places) >= max(_FEWEST, _SHARE * len(cells)) and _alike(material, places[:_SEEN], cell):
            shared |= set(places.tolist())
    if shared:
        scans: tuple[Scan, ...] = tuple(material.scans[place] for place in sorted(shared))
        reason = f"{counted(len(scans), 'picture')} have the same small bright marks in the margin, as letters are."
        yield Finding("outlier", "warn", reason, _ACTION, scans)


def _alike(material: Material, places: np.ndarray, cell: int) -> bool:
    """Whether the pictures look the same there, mostly."""
    size = SIDE // CELLS
    row, column = cell // CELLS * size, cell % CELLS * size
    patches = np.stack(
        [material.gallery.signatures[place].thumb[row : row + size, column : column + size] for place in places]
    )
    flat = patches.reshape(len(patches), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True) + 1e-6
    return float(np.median(flat @ flat.T)) >= _ALIKE


finders.register(
    Finder(Info("burned-in", "Burned in", "Frames, letters and labels that pictures share."), ("outlier",), find)
)
