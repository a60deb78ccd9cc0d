"""What stands in the place of the table: before anything was looked into, and where no scan was found."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop.cohort_rows import counted
from desktop.intake import Held
from desktop.widgets.buttons import push
from desktop.widgets.empty import Empty

Ask = Callable[[str], object]
MOST_DOORS = 6


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


def holds_workspaces(held: Held, opened: Callable[[Path], object], look: Callable[[], object]) -> Empty:
    """A folder of scans in which workspaces lie: most people want one of these."""
    several = len(held.workspaces) > 1
    buttons = [
        push(f"Open {_inside(path, held)}", partial(opened, path), kind="" if place else "primary", tip=str(path))
        for place, path in enumerate(held.workspaces[:MOST_DOORS])
    ]
    return Empty(
        "cohort",
        f"“{held.name}” holds {counted(len(held.workspaces), 'workspace') if several else 'a workspace'}",
        "Open it to go on with its cohort, or look for scans beside it: those of a workspace are passed over.",
        (*buttons, push("Look for scans instead", look, kind="quiet", icon="search")),
    )


def _inside(workspace: Path, held: Held) -> str:
    """A workspace as it is called below the folder that holds it."""
    return next(
        (str(workspace.relative_to(place)) for place in held.places if place in workspace.parents), workspace.name
    )


def nothing_found(name: str, seen: str, ask: Ask) -> Empty:
    """Says what was seen, and what can be read."""
    return Empty(
        "search",
        f"No scan was found in “{name}”",
        f"{seen} {_readable()}",
        (push("Open another folder", lambda: ask("workspace.open"), kind="primary", icon="open"),),
    )


def _readable() -> str:
    from engine.imaging.reader import readers

    labels = ", ".join(reader.info.label for reader in readers)
    return f"Isocenter reads {labels}, also out of zip archives."
