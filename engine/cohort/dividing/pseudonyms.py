"""Pseudonyms: those of another workspace, and several of them in a sentence."""

from collections.abc import Collection

_AT = "@"


def at(pseudonym: str, workspace: str) -> str:
    """The pseudonym of a patient of another workspace, such as "P-001@clinic-b"."""
    return f"{pseudonym}{_AT}{workspace}"


def is_outside(pseudonym: str) -> bool:
    """Whether it is that of a patient of another workspace."""
    return _AT in pseudonym


def heads(count: int) -> str:
    """Such as "1 patient" or "6,400 patients"."""
    return f"{count:,} patient{'' if count == 1 else 's'}"


def named(patients: Collection[str]) -> str:
    """The first three, and how many more there are."""
    more = f" and {len(patients) - 3:,} more" if len(patients) > 3 else ""
    return ", ".join(sorted(patients)[:3]) + more
