"""The audit of a workspace: every finder looks, the gravest findings come first."""

from collections.abc import Collection, Iterator

from engine.audit.finder import Finder, finders
from engine.audit.finding import KINDS, SEVERITIES, Finding, Kind
from engine.audit.gallery import COMPARING, Progress
from engine.audit.material import Material
from engine.audit.report import AuditReport, state_of
from engine.cohort import Scan, Workspace
from engine.control import Control
from engine.errors import CohortError
from engine.registry import suggestion


def audit(
    workspace: Workspace,
    only: Collection[str] = (),
    *,
    division: str = "",
    progress: Progress | None = None,
    control: Control | None = None,
) -> AuditReport:
    """Look for all kinds of trouble, or for some. `division` names the one to look for leaks in; else all there are.

    Reads each scan's centre slice once and keeps what it needs of it in the workspace; changes nothing else. `progress`
    is told (done, total, what). Cancelled when asked; CohortError for an unknown kind, column or division.
    """
    kinds = _checked(only)
    told = progress or (lambda done, total, what: None)
    material = Material(workspace, division, told, control or Control())
    chosen = [finder for finder in finders if not kinds or kinds & set(finder.kinds)]
    found = [one for one in _found(chosen, material, told) if not kinds or one.kind in kinds]
    return AuditReport(
        tuple(sorted(found, key=_rank)),
        material.cohort.level,
        len(material.scans),
        _proposed(material) if not kinds or "leak" in kinds else (),
        division,
        tuple(kind for kind in KINDS if kind in kinds),
        tuple(finder.info.label for finder in chosen),
        state_of(material.cohort),
    )


def _found(chosen: list[Finder], material: Material, told: Progress) -> Iterator[Finding]:
    for done, finder in enumerate(chosen):
        material.control.check()
        told(done, len(chosen), f"{COMPARING}: {finder.info.label.lower()}")
        yield from finder.find(material)
    told(len(chosen), len(chosen), COMPARING)


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
