"""Files that are cut short or cannot be read, in the cohort and beside it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, Kind, Severity, counted
from engine.audit.material import Material
from engine.audit.remedy import ExcludeScans, Remedy, RepairPictures
from engine.cohort import Scan
from engine.imaging import discover
from engine.registry import Info

_SHORT = re.compile(
    r"truncat|cut short|end of file|ends too early|more than the file can hold|broken data stream", re.I
)
_REPAIR = "Copy it again from where it came; if it is lost, repair a copy: missing rows become zero."
_FOLDER, _FILES = "folder missing", "files of it are not there"
_BACK = "Connect the drive or put the files back where they were; exclude the scans by hand only if they are lost."
_AGAIN = "Copy it again from where it came and import it anew, or exclude it."
_OUTSIDE = "Copy it again from where it came, then import the folder again; no run uses it as it is."


def find(material: Material) -> Iterable[Finding]:
    """Errors for scans of the cohort; warnings for damaged files beside them, which the import passed over.

    Files that are not there have no remedy: a drive that is not connected would take the whole cohort with it.
    """
    yield from _of_cohort(material)
    yield from _beside(material)


def _of_cohort(material: Material) -> Iterator[Finding]:
    short = {scan.id: text for scan, text in _short(material)}
    reasons: dict[tuple[Kind, str], list[Scan]] = defaultdict(list)
    for scan, signature in zip(material.scans, material.gallery.signatures, strict=True):
        if signature.failure and any(not file.exists() for file in scan.source.files):
            reasons["unreadable", _missing(scan)].append(scan)
        elif signature.failure:
            reasons[_kind(signature.failure), _alike(signature.failure)].append(scan)
        elif scan.id in short:
            reasons["truncated", short[scan.id]].append(scan)
    for (kind, reason), scans in reasons.items():
        mended = all("repaired" in short.get(scan.id, "") for scan in scans)
        missing = reason in (_FOLDER, _FILES)
        action = _BACK if missing else _REPAIR if kind == "truncated" else _AGAIN
        told = f"{counted(len(scans), 'scan')}: {reason}."
        remedy = None if mended or missing else _remedy(kind, scans)
        others = (ExcludeScans(remedy.scans, "truncated file"),) if isinstance(remedy, RepairPictures) else ()
        severity: Severity = "note" if mended else "error"
        yield Finding(kind, severity, told, action, tuple(scans), remedy=remedy, others=others)


def _short(material: Material) -> Iterator[tuple[Scan, str]]:
    """What was known at the import of pixels that are not there, and what the files tell now."""
    for scan, signature in zip(material.scans, material.gallery.signatures, strict=True):
        known = (doubt.text for doubt in scan.doubts if doubt.kind == "truncated")
        if text := next(known, signature.short):
            yield scan, text


def _missing(scan: Scan) -> str:
    return _FOLDER if not scan.path.parent.exists() or not scan.source.files[0].parent.exists() else _FILES


def _remedy(kind: Kind, scans: list[Scan]) -> Remedy:
    numbers = tuple(scan.id for scan in scans)
    pictures = all(scan.source.reader == "pictures" for scan in scans)
    return RepairPictures(numbers) if kind == "truncated" and pictures else ExcludeScans(numbers, f"{kind} file")


def _kind(failure: str) -> Kind:
    return "truncated" if _SHORT.search(failure) else "unreadable"


def _alike(failure: str) -> str:
    """Without figures that differ from file to file."""
    return re.sub(r"\s*\([^)]*\d[^)]*\)", "", failure)


def _beside(material: Material) -> Iterator[Finding]:
    """What lies in the cohort's folders, and in folders beside these, and should be a scan but cannot be read.

    Never beyond the sources: what else lies on the disk is nobody's business here.
    """
    known = {file for scan in material.cohort.scans for file in scan.source.files}
    outside = [file for file in known if not file.is_relative_to(material.workspace)]
    roots = [source.root for source in material.cohort.sources.values()]
    left = [
        file for folder in _folders(outside, roots) for file in _entries(folder) if file not in known and _is_file(file)
    ]
    if not left:
        return
    with discover(left, scratch=None, control=material.control) as found:
        damaged = [item for item in found.unreadable if not item.foreign and not item.copy]
    for item in damaged:
        kind = _kind(item.error)
        yield Finding(
            kind, "warn", f"A file beside the scans was passed over: {item.error}.", _OUTSIDE, files=(item.path,)
        )


def _folders(known: Iterable[Path], roots: Sequence[Path]) -> list[Path]:
    """Folders of scans; where several lie beside each other below the sources' roots, all that lie there."""
    own = {file.parent for file in known}
    above: dict[Path, int] = defaultdict(int)
    for folder in own:
        above[folder.parent] += 1
    shared = {folder for folder, count in above.items() if count > 1}
    beside = {each for folder in shared for each in _entries(folder) if each.is_dir() and not each.name.startswith(".")}
    wider = {each for each in beside | shared if not roots or any(each.is_relative_to(root) for root in roots)}
    return sorted(own | wider)


def _is_file(path: Path) -> bool:
    return not path.name.startswith(".") and path.is_file()


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


finders.register(
    Finder(
        Info("broken-files", "Broken files", "Truncated and unreadable files, in the cohort and beside it."),
        ("truncated", "unreadable"),
        find,
    )
)
