"""The audit of a workspace: every finder looks, the gravest findings come first."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from engine.audit.finder import finders
from engine.audit.finding import KINDS, SEVERITIES, Finding, Kind, place_of
from engine.audit.gallery import COMPARING, Progress
from engine.audit.material import Material
from engine.cohort import Scan, Workspace
from engine.control import Control
from engine.errors import CohortError
from engine.registry import suggestion


@dataclass(frozen=True)
class AuditReport:
    """What was found; `proposed` names a likely patient for each scan where patients are not known."""

    findings: tuple[Finding, ...]
    level: str
    scans: int
    proposed: tuple[tuple[Scan, str], ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """In the form that other programs may rely on."""
        return {
            "findings": [finding.as_json() for finding in self.findings],
            "proposed_patients": {place_of(scan): group for scan, group in self.proposed},
            "level": self.level,
            "scans": self.scans,
            "counts": {name: self.count(name) for name in SEVERITIES},
        }

    def count(self, severity: str) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)


def audit(
    workspace: Workspace,
    only: Collection[str] = (),
    *,
    division: str = "",
    progress: Progress | None = None,
    control: Control | None = None,
) -> AuditReport:
    """Look for all kinds of trouble, or for some. `division` names a column that tells train from test.

    Reads each scan's centre slice once and keeps what it needs of it in the workspace; changes nothing else. `progress`
    is told (done, total, what). Cancelled when asked; CohortError for an unknown kind or column.
    """
    kinds = _checked(only)
    told = progress or (lambda done, total, what: None)
    material = Material(workspace, division, told, control or Control())
    chosen = [finder for finder in finders if not kinds or kinds & set(finder.kinds)]
    found: list[Finding] = []
    for done, finder in enumerate(chosen):
        material.control.check()
        found += [one for one in finder.find(material) if not kinds or one.kind in kinds]
        told(done + 1, len(chosen), COMPARING)
    proposed = _proposed(material) if not kinds or "leak" in kinds else ()
    return AuditReport(tuple(sorted(found, key=_rank)), material.cohort.level, len(material.scans), proposed)


def _checked(only: Collection[str]) -> set[Kind]:
    for kind in only:
        if kind not in KINDS:
            raise CohortError(f"there is no kind of finding called '{kind}'", hint=suggestion(kind, list(KINDS)))
    return {kind for kind in KINDS if kind in only}


def _rank(finding: Finding) -> tuple[int, int]:
    return SEVERITIES.index(finding.severity), KINDS.index(finding.kind)


def _proposed(material: Material) -> tuple[tuple[Scan, str], ...]:
    if material.likely is None:
        return ()
    width = len(str(int(material.likely.max()) + 1))
    return tuple(
        (scan, f"G-{number + 1:0{width}d}") for scan, number in zip(material.scans, material.likely, strict=True)
    )
