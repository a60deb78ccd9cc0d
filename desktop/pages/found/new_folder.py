"""Where a new workspace may be made."""

from collections.abc import Iterable
from pathlib import Path

from desktop.intake import MEDIUM


def default_workspace(source: Path) -> Path:
    """Beside the source (of a DICOMDIR, its folder): "<name>-isocenter", numbered where that is taken."""
    place = source.parent if source.name.upper() == MEDIUM else source
    name = Path(place.name.removesuffix(".gz")).stem if place.is_file() else place.name
    first = folder = place.parent / f"{name or 'scans'}-isocenter"
    number = 2
    while is_taken(folder):
        folder = first.with_name(f"{first.name}-{number}")
        number += 1
    return folder


def is_taken(folder: Path) -> bool:
    """Whether something lies in the folder already, or nobody may look into it."""
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError:
        return True


def objection(folder: Path, places: Iterable[Path]) -> str:
    """Why a new workspace cannot be made there; empty where it can."""
    if not folder.is_absolute():
        return "Give the whole path of a new folder."
    if is_taken(folder):
        return "This folder is not empty, or cannot be used: choose a new one."
    if any(place in folder.parents for place in places):
        return "Choose a folder outside of the scans, so that they stay as they are."
    return ""
