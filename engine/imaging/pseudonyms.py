"""Names for patients that stand for them where nobody may know who they are."""

from collections.abc import Iterable
from dataclasses import replace

from engine.imaging.header import ScanHeader


def pseudonymised(scans: Iterable[ScanHeader]) -> list[ScanHeader]:
    """The scans, each with a name for its patient that tells nothing, the same for all scans of one patient."""
    keys: dict[str, str] = {}
    named = []
    for scan in scans:
        who = scan.identity
        if who is not None and (who.id or who.name):
            key = keys.setdefault(who.id or who.name, f"P-{len(keys) + 1:03d}")
            scan = replace(scan, patient=key)
        named.append(scan)
    return named
