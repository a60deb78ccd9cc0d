"""The verbs that make files for others: convert, deidentify."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.cli.console import AsJson, answer, bar
from engine.imaging import Discovery, Unreadable, discover
from engine.imaging.converting import Converted, convert
from engine.imaging.deidentify import Options, Refusal, export_patients

FAILED = 1
Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders; they are only read.")]


class Ending(StrEnum):
    """What `convert` writes."""

    SQUEEZED = "nii.gz"
    PLAIN = "nii"
    NUMPY = "npy"


class Kept(StrEnum):
    """What `deidentify` keeps beyond the basic profile."""

    DATES = "dates"
    CHARACTERISTICS = "characteristics"
    DEVICE = "device"
    DESCRIPTIONS = "descriptions"


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("convert")(convert_scans)
    app.command("deidentify")(deidentify)


def convert_scans(
    paths: Paths,
    folder: Annotated[Path, typer.Argument(help="Where the new files go; nothing is written over.")],
    to: Annotated[Ending, typer.Option(help="The format.")] = Ending.SQUEEZED,
    join: Annotated[bool, typer.Option("--join", help="Make one scan of series that are its echoes.")] = False,
    accept_failed: Annotated[
        bool, typer.Option("--accept-failed", help="Convert scans too whose geometry or voxels cannot be trusted.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Write every scan as NIfTI with its exact place in the body, or as a NumPy array. Its warnings go beside it."""
    with _found(paths) as found, bar("Converting") as shown:
        chosen = found.joined() if join else found
        made = list(convert(chosen.scans, folder, to.value, accept_failed=accept_failed, progress=shown.at))
        written = [
            {**one.as_json(), "source": _told(found, one.scan.path)} for one in made if isinstance(one, Converted)
        ]
        refused = _refused(found, [one for one in made if isinstance(one, Unreadable)])
    lines = [line for one in written for line in (_made(one), *(f"  ! {text}" for text in one["warnings"]))]
    answer(
        {"written": written, "refused": refused}, as_json, [*(lines or ["Nothing was written."]), *_told_of(refused)]
    )
    return 0 if written else FAILED


def deidentify(
    paths: Paths,
    folder: Annotated[Path, typer.Argument(help="Where the copies go, a folder per patient.")],
    pseudonym: Annotated[str, typer.Option(help="What to call the patient; P-001 and so on without it.")] = "",
    keep: Annotated[
        list[Kept] | None,
        typer.Option(help="Keep more: dates (shifted), characteristics (age, sex, ...), device, descriptions."),
    ] = None,
    allow_suspicious: Annotated[
        bool, typer.Option("--allow-suspicious", help="Copy pictures too that may have names drawn into them.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Copy DICOM scans without what tells who the patient is. Faces in scans of the head stay recognisable."""
    wanted = Options(
        dates="shifted" if Kept.DATES in (keep or ()) else "removed",
        characteristics=Kept.CHARACTERISTICS in (keep or ()),
        device=Kept.DEVICE in (keep or ()),
        descriptions=Kept.DESCRIPTIONS in (keep or ()),
        suspicious=allow_suspicious,
    )
    with _found(paths) as found, bar("Copying") as shown:
        report = export_patients(found.scans, folder, pseudonym=pseudonym, keep=wanted, progress=shown.at)
        refused = _refused(found, [*report.refused, *_no_dicom(found)])
    values = {"written": [str(path) for path in report.written], "refused": refused}
    answer(values, as_json, [f"{len(report.written)} files were copied to {folder}.", *_told_of(refused)])
    return 0 if report.written else FAILED


def _made(one: dict[str, Any]) -> str:
    return f"{one['path']} [fail, accepted]" if one["certificate"] == "fail" else str(one["path"])


def _found(paths: list[Path]) -> Discovery:
    with bar("Looking") as shown:
        return discover(paths, progress=shown.at)


def _no_dicom(found: Discovery) -> list[Unreadable]:
    hint = "Other formats can be converted, with 'isocenter convert'."
    return [Unreadable(scan.path, "it is no DICOM file", hint) for scan in found.scans if scan.source.reader != "dicom"]


def _refused(found: Discovery, items: Sequence[Unreadable | Refusal]) -> list[dict[str, str]]:
    damaged = [item for item in found.unreadable if not item.foreign]
    return [{**item.as_json(), "path": _told(found, item.path)} for item in (*items, *damaged)]


def _told(found: Discovery, path: Path) -> str:
    """The path as the user knows it; bytes of a name that are no text are escaped."""
    return str(found.shown(path)).encode("utf-8", "backslashreplace").decode("utf-8")


def _told_of(refused: list[dict[str, str]]) -> list[str]:
    return [f"Left out {item['path']}: {item['error']}. {item['hint']}".rstrip() for item in refused]
