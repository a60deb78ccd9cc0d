"""What is written on the pictures of a pane: whose scan it is, and what sets it apart."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.viewer.plane_cell import ALONE
from engine.cohort.cohort import Scan

ELSEWHERE = "Other frame of reference"


@dataclass(frozen=True)
class PaneNames:
    """`named` calls patients as they are called now; the scan is picture `among` (place from 0, count) of a stack.

    `elsewhere` says that it lies in another space than the scan in front, so that no position holds for both.
    """

    named: Callable[[str], str] = str
    among: tuple[int, int] = ALONE
    elsewhere: bool = False

    def of(self, scan: Scan) -> tuple[str, ...]:
        """The lines, from top to bottom."""
        place, count = self.among
        picture = (f"Picture {place + 1} of {count}",) if count > 1 else ()
        space = (ELSEWHERE,) if self.elsewhere else ()
        excluded = (f"Excluded: {scan.excluded}",) if scan.excluded else ()
        return (self.named(scan.patient), scan.role, *picture, *space, *excluded)
