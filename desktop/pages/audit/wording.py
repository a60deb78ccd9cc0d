"""What the audit page calls things."""

from datetime import UTC, datetime

KINDS = {
    "leak": ("Leak", "link"),
    "duplicate": ("Duplicates", "copy"),
    "near-duplicate": ("Near duplicates", "side-by-side"),
    "label-clash": ("Labels clash", "compare"),
    "label-gap": ("Label missing", "help"),
    "truncated": ("Cut short", "remove"),
    "unreadable": ("Unreadable", "eye-off"),
    "geometry": ("Geometry", "patient-axes"),
    "confounder": ("Confounder", "chart"),
    "outlier": ("Outlier", "pointer"),
    "imbalance": ("Class balance", "results"),
}
SEVERITIES = {
    "error": ("Errors", "error", "bad"),
    "warn": ("Warnings", "warning", "warn"),
    "note": ("Notes", "info", "muted"),
}
MEANINGS = {
    "error": "makes results wrong",
    "warn": "may make results wrong",
    "note": "is to be known",
}


def when(made: datetime) -> str:
    """A moment as one says it, in local time."""
    local, today = made.astimezone(), datetime.now(UTC).astimezone().date()
    days = (today - local.date()).days
    day = "today" if days == 0 else "yesterday" if days == 1 else f"{local:%d %B %Y}"
    return f"{day}, {local:%H:%M}"
