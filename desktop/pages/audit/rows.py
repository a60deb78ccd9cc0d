"""The lines of the list of findings: headings, findings, and what was done or dismissed under a fold."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.pages.audit.standing import Standing
from desktop.pages.audit.wording import SEVERITIES

if TYPE_CHECKING:
    from engine.audit import Finding

DONE, DISMISSED = "done", "dismissed"
FOLDS = {DONE: "Done", DISMISSED: "Not a problem"}


@dataclass(frozen=True)
class Row:
    """A heading (`fold` where it opens and closes), or a finding. `faint` where it needs nothing any more."""

    words: str = ""
    count: int = 0
    icon: str = ""
    tone: str = "muted"
    fold: str = ""
    opened: bool = False
    finding: "Finding | None" = None
    faint: bool = False


def rows_of(standing: Standing, opened: Collection[str]) -> list[Row]:
    """All lines; of the folds in `opened` the findings too."""
    rows: list[Row] = []
    for severity, (words, icon, tone) in SEVERITIES.items():
        rows += _group(Row(words, icon=icon, tone=tone), [one for one in standing.open if one.severity == severity])
    done = [one for one in standing.findings if one.key in standing.settled and one.key not in standing.dismissed]
    gone = [one for one in standing.findings if one.key in standing.dismissed]
    for fold, icon, found in ((DONE, "check", done), (DISMISSED, "eye-off", gone)):
        heading = Row(FOLDS[fold], len(found), icon, "good" if fold == DONE else "muted", fold, fold in opened)
        rows += [heading] if found else []
        rows += [Row(finding=one, faint=True) for one in found if fold in opened]
    return rows


def _group(heading: Row, found: "list[Finding]") -> list[Row]:
    if not found:
        return []
    told = Row(heading.words, len(found), heading.icon, heading.tone)
    return [told, *(Row(finding=one) for one in found)]
