"""Pseudonyms of patients of another workspace."""

_AT = "@"


def at(pseudonym: str, workspace: str) -> str:
    """The pseudonym of a patient of another workspace, such as "P-001@clinic-b"."""
    return f"{pseudonym}{_AT}{workspace}"


def is_outside(pseudonym: str) -> bool:
    """Whether it is that of a patient of another workspace."""
    return _AT in pseudonym
