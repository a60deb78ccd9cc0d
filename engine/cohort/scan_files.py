"""Which files below a folder are scans."""

from collections.abc import Iterator
from pathlib import Path

from engine.imaging import is_scan_file


def scan_files(place: Path) -> Iterator[Path]:
    """The scan files at or below `place`, in the order of their paths; hidden files are passed over."""
    candidates = [place] if place.is_file() else sorted(place.rglob("*"))
    for path in candidates:
        if path.is_file() and not _hidden(path, place) and is_scan_file(path):
            yield path


def stem_of(path: Path) -> str:
    """The file's name without its ending, `.nii.gz` counting as one."""
    return path.name.removesuffix(".gz").rsplit(".", 1)[0]


def _hidden(path: Path, place: Path) -> bool:
    inside = path.relative_to(place).parts if path != place else (path.name,)
    return any(part.startswith(".") for part in inside)
