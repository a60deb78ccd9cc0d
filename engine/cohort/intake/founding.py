"""A new workspace from a folder of scans: all of it, or nothing, even if the machine stops in the middle."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from engine.cohort.intake.examining import Progress
from engine.cohort.intake.import_report import ImportReport
from engine.cohort.intake.importing import PLAN, import_folder, import_found
from engine.cohort.intake.plan import ImportPlan
from engine.cohort.workspace import Workspace
from engine.control import Control
from engine.errors import CohortError
from engine.files import storage_errors
from engine.imaging import Discovery


def import_as_workspace(
    source: Path,
    path: Path,
    plan: ImportPlan = PLAN,
    *,
    join: bool = False,
    found: Discovery | None = None,
    places: Sequence[Path] = (),
    progress: Progress | None = None,
    control: Control | None = None,
) -> ImportReport:
    """Import into a workspace that is not there yet. It is built beside `path` and put in its place when complete.

    `found` are the scans to take, where `source` (or `places` in it) was looked into before.
    """
    path = path.resolve()
    with storage_errors(path):
        _refuse_to_overwrite(path)
    building = path.with_name(f".{path.name}.making")
    with storage_errors(path):
        shutil.rmtree(building, ignore_errors=True)
    try:
        with Workspace.create(building) as workspace:
            report = (
                import_folder(source, workspace, plan, join, progress=progress, control=control)
                if found is None
                else import_found(found, source, workspace, plan, places=places, progress=progress, control=control)
            )
        with storage_errors(path):
            _give_way(path, building)
            building.rename(path)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return report


def _refuse_to_overwrite(path: Path) -> None:
    if Workspace.exists(path):
        raise CohortError("there is a workspace already", path=path, hint="Open it, or choose another folder.")
    if path.exists() and (not path.is_dir() or any(not entry.name.startswith(".") for entry in path.iterdir())):
        raise CohortError("the folder is not empty", path=path, hint="Choose a new or an empty folder.")


def _give_way(path: Path, building: Path) -> None:
    """An empty folder makes room; what the system hid in it (`.DS_Store`) moves along."""
    if path.exists():
        for hidden in path.iterdir():
            hidden.replace(building / hidden.name)
        path.rmdir()
