"""What stands in the place of the table: before anything was looked into, and where no scan was found."""

from collections.abc import Callable

from desktop.cohort_rows import counted
from desktop.intake import Found
from desktop.pages.found.wording import kinds_of
from desktop.widgets.buttons import push
from desktop.widgets.empty import Empty

Ask = Callable[[str], object]


def nothing_yet(ask: Ask) -> Empty:
    """Nothing was looked into."""
    return Empty(
        "import",
        "Drop a folder of scans anywhere",
        "Folders, files, a DICOMDIR or a zip: what they hold is listed here, before anything is added.",
        (
            push("Open a folder", lambda: ask("workspace.open"), kind="primary", icon="open"),
            push("Open files", lambda: ask("workspace.open_files"), icon="image"),
        ),
    )


def nothing_found(found: Found, ask: Ask) -> Empty:
    """Says what was seen, and what can be read."""
    return Empty(
        "search",
        f"No scan was found in “{found.name}”",
        f"{_seen(found)} {_readable()}",
        (push("Open another folder", lambda: ask("workspace.open"), kind="primary", icon="open"),),
    )


def _seen(found: Found) -> str:
    files = [item.path.name for item in found.discovery.unreadable]
    if not files:
        return "It holds no files."
    damaged = sum(not item.foreign for item in found.discovery.unreadable)
    told = f" {counted(damaged, 'file')} could not be read: see “Left out”." if damaged else ""
    return f"It holds {counted(len(files), 'file')}: {kinds_of(files)}.{told}"


def _readable() -> str:
    from engine.imaging.reader import readers

    labels = ", ".join(reader.info.label for reader in readers)
    return f"Isocenter reads {labels}, also out of zip archives."
