"""Asking for files and folders, the next time where the last one was."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

Home = QStandardPaths.StandardLocation.HomeLocation


class Asking:
    """None where the user thought better of it."""

    def __init__(self) -> None:
        self._folder = Path(QStandardPaths.writableLocation(Home))

    def file(self, parent: QWidget) -> Path | None:
        """A file to lay over a scan."""
        chosen, _ = QFileDialog.getOpenFileName(parent, "A mask, a heatmap or a scan", str(self._folder))
        return self._remembered(Path(chosen), Path(chosen).parent) if chosen else None

    def folder(self, parent: QWidget) -> Path | None:
        """A folder to write maps into."""
        chosen = QFileDialog.getExistingDirectory(parent, "Where the maps go", str(self._folder))
        return self._remembered(Path(chosen), Path(chosen)) if chosen else None

    def _remembered(self, path: Path, folder: Path) -> Path:
        self._folder = folder
        return path
