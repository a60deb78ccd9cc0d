"""In which files a scan lies."""

from dataclasses import dataclass
from functools import cached_property
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

    @cached_property
    def path(self) -> Path:
        """What people call the scan's place: the file, the first of a pair, or the folder of a series' files."""
        if len(self.files) == 1 or len({_stem(file) for file in self.files}) == 1:
            return self.files[0]
        first, *others = {file.parent for file in self.files}
        while any(not other.is_relative_to(first) for other in others):
            first = first.parent
        return first


def _stem(file: Path) -> Path:
    """The path without endings in letters: `a.hdr` and `a.img.gz` have one stem, `1.2.1` and `1.2.2` have not."""
    while file.suffix[1:].isalpha():
        file = file.with_suffix("")
    return file
