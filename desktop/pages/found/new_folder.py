"""Where a new workspace may be made."""

from pathlib import Path


def default_workspace(source: Path) -> Path:
    """Beside the source: "<name>-isocenter", numbered where that is taken."""
    name = source.stem if source.is_file() else source.name
    folder = source.with_name(f"{name or 'scans'}-isocenter")
    first, number = folder, 2
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


def objection(folder: Path, source: Path) -> str:
    """Why a new workspace cannot be made there; empty where it can."""
    if not folder.is_absolute():
        return "Give the whole path of a new folder."
    if is_taken(folder):
        return "This folder is not empty, or cannot be used: choose a new one."
    if source.is_dir() and folder.is_relative_to(source) and folder != source:
        return "Choose a folder outside of the scans, so that they stay as they are."
    return ""
