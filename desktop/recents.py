"""What the start page says about workspaces that were open before."""

from datetime import datetime
from pathlib import Path

from desktop.cohort_rows import counted
from desktop.session import is_workspace
from desktop.settings import Recent


def missing(recents: tuple[Recent, ...]) -> frozenset[str]:
    """The paths of those that are not there any more; asks the disk, so keep it off the GUI thread."""
    return frozenset(entry.path for entry in recents if not is_workspace(Path(entry.path)))


def contents(entry: Recent) -> str:
    return f"{counted(entry.patients, 'patient')} · {counted(entry.scans, 'scan')}"


def ago(opened: str, now: datetime) -> str:
    """When it was open last: "today", "yesterday", "5 days ago", or the date."""
    try:
        then = datetime.fromisoformat(opened)
    except ValueError:
        return ""
    days = (now.date() - then.astimezone(now.tzinfo).date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 14 else f"{then:%d %B %Y}".lstrip("0")
