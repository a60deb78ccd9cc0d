"""Scans whose geometry certificate warns or fails."""

import re
from collections import defaultdict
from collections.abc import Iterable

from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, Severity, counted
from engine.audit.material import Material
from engine.audit.remedy import ExcludeScans
from engine.cohort import Scan
from engine.imaging import Doubt
from engine.registry import Info

_ELSEWHERE = ("truncated", "burned-in")


def find(material: Material) -> Iterable[Finding]:
    """One finding for all scans of one doubt; an error where it keeps scans out of runs until they are accepted."""
    alike: dict[tuple[str, str, str], list[tuple[Scan, Doubt]]] = defaultdict(list)
    for scan in material.scans:
        for doubt in scan.doubts:
            if doubt.severity != "note" and doubt.kind not in _ELSEWHERE:
                alike[doubt.kind, doubt.severity, re.sub(r"\d+(\.\d+)?", "0", doubt.text)].append((scan, doubt))
    return [_told(found) for found in alike.values()]


def _told(found: list[tuple[Scan, Doubt]]) -> Finding:
    doubt = found[0][1]
    scans = tuple(scan for scan, _ in found)
    failed = doubt.severity == "fail" and not all(scan.accepted for scan in scans)
    severity: Severity = "error" if failed else "warn"
    same = len({each.text for _, each in found}) == 1
    text = doubt.text if same else f"{doubt.text}, and the like"
    remedy = ExcludeScans(tuple(scan.id for scan in scans), doubt.text) if failed else None
    return Finding("geometry", severity, f"{counted(len(scans), 'scan')}: {text}.", doubt.action, scans, remedy=remedy)


finders.register(
    Finder(Info("geometry", "Geometry", "Doubts about size, orientation and slices, by kind."), ("geometry",), find)
)
