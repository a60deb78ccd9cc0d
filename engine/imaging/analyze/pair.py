"""Which `.img` belongs to which `.hdr`."""

from dataclasses import dataclass
from pathlib import Path

from engine.errors import ReadError

_OTHER = {".hdr": ".img", ".img": ".hdr"}


@dataclass(frozen=True)
class Pair:
    """A header and the file with its voxels."""

    header: Path
    voxels: Path

    @property
    def files(self) -> tuple[Path, Path]:
        """Both."""
        return (self.header, self.voxels)


def pair_of(path: Path) -> Pair:
    """The pair of which the file is one half, compressed or not; ReadError where the other half is not beside it."""
    plain = path.with_name(path.name[:-3]) if path.name.lower().endswith(".gz") else path
    ending = plain.suffix
    other = _OTHER.get(ending.lower())
    if other is None:
        hint = "Name it .hdr, and the file with its voxels .img."
        raise ReadError("this is the header of a pair under another name", path=path, hint=hint)
    sought = plain.with_suffix(other.upper() if ending.isupper() else other)
    found = next((each for each in (sought, sought.with_name(sought.name + ".gz")) if each.is_file()), None)
    if found is None:
        hint = f"Put {sought.name} into the same folder."
        raise ReadError(f"it is one half of a pair, and {sought.name} is not beside it", path=path, hint=hint)
    return Pair(path, found) if other == ".img" else Pair(found, path)
