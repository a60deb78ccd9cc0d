"""What the way in force leaves out of what was found, by reason: a line for each, however many files it is."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cohort_rows import counted
from desktop.pages.found.files import LeftOut
from desktop.pages.found.rows import below

if TYPE_CHECKING:
    from engine.cohort.intake.import_report import Remark
    from engine.cohort.intake.previewing import Preview
    from engine.imaging import Discovery

BY_OPTION = "(option '"
CHANGE = "It is an option of how patients are told apart: change it under “Options”."


def passed_over(chosen: "Discovery", source: Path, made: "Preview") -> tuple[LeftOut, ...]:
    """A line per reason; of files that could not be read there are lines already."""
    from engine.cohort.intake.import_report import remarks_of

    home = source if source.is_dir() else source.parent
    unread = {chosen.shown(item.path) for item in chosen.unreadable if not item.foreign}
    told = remarks_of(item for item in made.skipped if item.path not in unread)
    if not told:
        return ()
    scans = {chosen.shown(file) for scan in chosen.scans for file in scan.source.files}
    return tuple(_line(remark, home, sum(path in scans for path in remark.paths)) for remark in told)


def warning(lines: tuple[LeftOut, ...]) -> str:
    """What of it nobody asked for, in a sentence; empty where there is nothing."""
    odd = [line for line in lines if not line.wanted]
    if not odd:
        return ""
    first = odd[0]
    what = f"{counted(first.scans, 'scan')} left out" if first.scans else first.path
    more = " See “Left out”." if len(odd) > 1 else ""
    return f"{what}: {first.reason.rstrip('.')}.{more}"


def note(lines: tuple[LeftOut, ...]) -> str:
    """What of it the options say, in a sentence; empty where there is nothing."""
    scans = sum(line.scans for line in lines if line.wanted)
    return f"{counted(scans, 'scan')} {'is' if scans == 1 else 'are'} left out by an option." if scans else ""


def _line(remark: "Remark", home: Path, scans: int) -> LeftOut:
    first = below(remark.paths[0], home)
    wanted = BY_OPTION in remark.reason and scans > 0
    count = len(remark.paths)
    path = f"{counted(count, 'file')}, such as {remark.paths[0].name}" if count > 1 else first
    return LeftOut(path, remark.reason, CHANGE if wanted else "", scans, wanted)
