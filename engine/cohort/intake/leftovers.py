"""What an import that was killed left behind in the workspace."""

import shutil
import sqlite3
from pathlib import Path

_SCRATCH = ".isocenter-*"


def remove_leftovers(connection: sqlite3.Connection, home: Path, unpacked: Path) -> None:
    """Remove temporary folders, and folders of unpacked archives of which no scan is in the cohort.

    Only for who has the workspace open to change it, while nothing is being imported.
    """
    for folder in home.glob(_SCRATCH):
        shutil.rmtree(folder, ignore_errors=True)
    if not unpacked.is_dir():
        return
    used = connection.execute(
        "SELECT path FROM scans WHERE path LIKE :below UNION SELECT path FROM scan_files WHERE path LIKE :below",
        {"below": f"{unpacked.name}/%"},
    )
    names = {Path(path).parts[1] for (path,) in used}
    for folder in unpacked.iterdir():
        if folder.name not in names:
            shutil.rmtree(folder, ignore_errors=True)
