"""In which files a scan lies."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ScanSource:
    """Enough to open a scan again. `reader` is a key of the registry.

    `files` are all files that hold the scan's voxels and header (of a series in the order of its frames and
    slices), without side-cars. `part` tells several scans in the same files apart, in words of its reader; it
    is empty where the files hold one.
    """

    reader: str
    files: tuple[Path, ...]
    part: str = ""

    @property
    def path(self) -> Path:
        """What people call the scan's place: the file, or the folder that all files of a series lie in."""
        if len(self.files) == 1:
            return self.files[0]
        first, *others = (file.parent for file in self.files)
        while any(not other.is_relative_to(first) for other in others):
            first = first.parent
        return first
