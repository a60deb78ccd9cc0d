"""What the scans of a patient are called, the same everywhere in the window."""

from collections.abc import Iterable
from itertools import chain, count

from engine.cohort.cohort import Scan


def scan_names(scans: Iterable[Scan]) -> dict[str, Scan]:
    """A patient's scans by name, in their order: the role, numbered from the second of a role on."""
    named: dict[str, Scan] = {}
    for scan in scans:
        numbered = (f"{scan.role} · {number}" for number in count(2))
        named[next(name for name in chain((scan.role,), numbered) if name not in named)] = scan
    return named
