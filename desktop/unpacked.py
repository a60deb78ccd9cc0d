"""Scans out of an archive get a lasting place with the workspace that they are added to."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.control import Control

if TYPE_CHECKING:
    from engine.cohort import Workspace
    from engine.imaging import Discovery, ScanHeader

HIDDEN = ".unpacked"


@contextmanager
def at_home(
    chosen: "Discovery", source: Path, folder: Path | None, workspace: "Workspace | None", control: Control
) -> "Iterator[tuple[Discovery, Path]]":
    """The scans and their source as they are to be added: copied where they lie in a temporary folder.

    They go into `folder`, or where that is None into the open workspace; what was copied goes again on failure.
    """
    keep = folder / HIDDEN if folder is not None else workspace.unpacked_dir if workspace is not None else None
    used = [place for place in chosen.unpacked.folders if any(_lies_in(scan, place) for scan in chosen.scans)]
    if not used or keep is None:
        yield chosen, source
        return
    places: dict[Path, Path] = {}
    try:
        for place in used:
            places[place] = _free(keep / place.name)
            _copy(place, places[place], control)
        yield _moved(chosen, places), _mapped(chosen.home(source), places)
    except BaseException:
        _remove(places.values(), keep, folder)
        raise


def _lies_in(scan: "ScanHeader", place: Path) -> bool:
    return any(file.is_relative_to(place) for file in scan.source.files)


def _free(folder: Path) -> Path:
    """The folder, numbered where it is taken."""
    number, free = 2, folder
    while free.exists():
        free = folder.with_name(f"{folder.name} ({number})")
        number += 1
    return free


def _copy(place: Path, target: Path, control: Control) -> None:
    from engine.files import storage_errors

    def copied(old: str, new: str) -> None:
        control.check()
        shutil.copyfile(old, new)

    with storage_errors(target):
        shutil.copytree(place, target, copy_function=copied)


def _moved(chosen: "Discovery", places: Mapping[Path, Path]) -> "Discovery":
    from engine.imaging.unpacked import Unpacked

    scans = tuple(
        replace(
            scan,
            source=replace(scan.source, files=tuple(_mapped(file, places) for file in scan.source.files)),
            companions=tuple(_mapped(file, places) for file in scan.companions),
        )
        for scan in chosen.scans
    )
    return replace(chosen, scans=scans, offers=(), unpacked=Unpacked())


def _mapped(path: Path, places: Mapping[Path, Path]) -> Path:
    for old, new in places.items():
        if path.is_relative_to(old):
            return new / path.relative_to(old)
    return path


def _remove(copies: Iterable[Path], keep: Path, folder: Path | None) -> None:
    for copy in copies:
        shutil.rmtree(copy, ignore_errors=True)
    for empty in (keep, folder):
        if empty is not None:
            with suppress(OSError):
                empty.rmdir()
