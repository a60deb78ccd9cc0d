"""What the user wishes to see over a scan, apart from the layer that it becomes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.cohort.cohort import Scan

Quantity = Literal["time", "rate", "m0", "goodness"]
QUANTITIES: tuple[Quantity, ...] = ("time", "rate", "m0", "goodness")
PREFIX = "wish:"


@dataclass(frozen=True)
class ScanWish:
    """Another scan of the same patient, by name; it follows to the next patient."""

    name: str

    @property
    def key(self) -> str:
        """The key of the layer that it becomes."""
        return f"{PREFIX}scan:{self.name}"


@dataclass(frozen=True)
class MapWish:
    """A relaxation map of the scan itself; it follows to the next patient."""

    quantity: Quantity

    @property
    def key(self) -> str:
        """The key of the layer that it becomes."""
        return f"{PREFIX}map:{self.quantity}"


@dataclass(frozen=True)
class FileWish:
    """A file over the one scan of this number."""

    path: Path
    over: int

    @property
    def key(self) -> str:
        """The key of the layer that it becomes."""
        return f"{PREFIX}file:{self.path}"


Wish = ScanWish | MapWish | FileWish


def concerns(wish: Wish, scan: Scan) -> bool:
    """Whether a wish over scans of a role is meant for this one."""
    return not isinstance(wish, FileWish) or wish.over == scan.id
