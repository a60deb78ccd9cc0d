"""The verb inspect: what files, folders, archives and media hold."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.cli.console import AsJson, answer, bar
from engine.imaging import Discovery, ScanHeader, discover
from engine.imaging.doubt import Doubt

DONE, FAILED = 0, 1
_MARKS = {"note": "-", "warn": "!", "fail": "x"}
_MOST_NAMED = 5


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command("inspect")(inspect_paths)


def inspect_paths(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders, zip archives or DICOMDIRs.")],
    join: Annotated[bool, typer.Option("--join", help="Take series that look like one scan as one.")] = False,
    as_json: AsJson = False,
) -> int:
    """Tell what files or folders hold: shape, spacing, orientation, frames, and whether geometry can be trusted."""
    with bar("Looking through the files") as shown, discover(paths, progress=shown.at) as looked:
        found = looked.joined() if join else looked
        answer(found.as_json(), as_json, [] if as_json else list(_lines(found)))
    return DONE if found.scans else FAILED


def _lines(found: Discovery) -> Iterator[str]:
    for scan in found.scans:
        yield _scan(found, scan)
        yield from (_doubt(doubt) for doubt in scan.doubts)
    for offer in found.offers:
        names = ", ".join(sorted({printable(found.shown(part.path).name) for part in offer.parts}))
        yield f"{offer.text} ({names}): --join"
    yield from _unreadable(found)
    if not found.scans:
        yield "No scans were found."


def _scan(found: Discovery, scan: ScanHeader) -> str:
    size = " x ".join(str(count) for count in scan.shape)
    spacing = " x ".join(f"{mm:.3g}" for mm in scan.spacing)
    frames = f", {scan.frames} frames ({scan.frame_axis})" if scan.frames > 1 else ""
    known = scan.path.name.startswith(scan.title)
    title = "" if known else f" {printable(scan.title)},"
    patient = f", {scan.patient}" if scan.patient else ""
    kind = f"{scan.format} {scan.modality}".rstrip()
    what = f"{title} {kind}, {size} at {spacing} mm, {scan.orientation}{frames}{patient}"
    return f"{printable(found.shown(scan.path))}:{what} [{scan.certificate}]"


def _doubt(doubt: Doubt) -> str:
    return f"  {_MARKS[doubt.severity]} {printable(doubt.text)}. {doubt.action}"


def _unreadable(found: Discovery) -> Iterator[str]:
    """The damaged by name and reason, some for each reason at least; the foreign as a number."""
    damaged: dict[str, list[Path]] = defaultdict(list)
    for item in found.unreadable:
        if not item.foreign and not item.copy:
            damaged[f"{printable(item.error)}. {item.hint}".rstrip()].append(item.path)
    for reason, paths in damaged.items():
        yield from (f"{printable(found.shown(path))}: {reason}" for path in paths[:_MOST_NAMED])
        if len(paths) > _MOST_NAMED:
            yield f"  and {_files(len(paths) - _MOST_NAMED)} more for the same reason"
    broken = sum(map(len, damaged.values()))
    if broken:
        yield f"{_files(broken)} could not be read."
    if copies := sum(item.copy for item in found.unreadable):
        yield f"{_files(copies)} of pictures that other files here hold already."
    if foreign := len(found.unreadable) - broken - copies:
        yield f"{_files(foreign)} of other kinds."


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def printable(text: Any) -> str:
    """Text from a file or its name as a terminal may be sent it: controls and bytes that are no text are escaped."""
    plain = str(text).encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(letter if letter.isprintable() or letter == "\xa0" else repr(letter)[1:-1] for letter in plain)
