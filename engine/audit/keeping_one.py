"""Of copies all but one may be excluded, where nothing speaks against it."""

from collections.abc import Sequence

from engine.audit.finding import owners
from engine.audit.remedy import ExcludeScans
from engine.cohort import Cohort, Scan

WHOSE = "Find out whose picture it is and which label is right; exclude the others by hand then."


def keeping_one(cohort: Cohort, group: Sequence[Scan], because: str) -> ExcludeScans | None:
    """The remedy that excludes all but the first; None across patients or labels, where nobody knows which to keep.

    Where patients are unknown, pictures count as patients of their own, so that only their labels are compared.
    """
    people = [cohort.by_key[key] for key in owners(group)]
    if len({tuple(sorted(one.labels.items())) for one in people}) > 1:
        return None
    if len(people) > 1 and cohort.level == "patient":
        return None
    return ExcludeScans(tuple(scan.id for scan in group[1:]), because)
