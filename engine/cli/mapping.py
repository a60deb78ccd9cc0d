"""The verb map: T1 and T2 maps of scans over repetition, inversion or echo times."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.cli.console import AsJson, answer, bar
from engine.errors import IsocenterError, MapError
from engine.imaging import Discovery, ScanHeader, discover, open_scan
from engine.imaging.converting import file_name
from engine.maps import MODELS, Maps, relaxation_maps, save_maps
from engine.maps.model import refusal

FAILED = 1


class Kind(StrEnum):
    """Which relaxation time is wanted."""

    T2 = "t2"
    T1 = "t1"


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command("map")(map_scans)


def map_scans(
    path: Annotated[Path, typer.Argument(help="A file or folder of scans; it is only read.")],
    folder: Annotated[Path, typer.Argument(help="Where the maps go; nothing is written over.")],
    kind: Annotated[Kind | None, typer.Option(help="Which scans: t2 over echo times, t1 over others.")] = None,
    join: Annotated[bool, typer.Option("--join", help="Make one scan of series that are its echoes.")] = False,
    as_json: AsJson = False,
) -> int:
    """Fit T1 or T2 in every voxel; write it in ms, its rate in 1/s, M0 and the goodness of fit as NIfTI."""
    with bar("Looking") as shown, discover([path], progress=shown.at) as looked:
        found = looked.joined() if join else looked
        chosen = [scan for scan in found.scans if _suits(scan, kind)]
        if not chosen:
            raise _nothing(found, path, kind)
        outcomes = [_mapped(scan, found, folder) for scan in chosen]
    written = [one for one in outcomes if "maps" in one]
    refused = [one for one in outcomes if "error" in one]
    answer({"written": written, "refused": refused}, as_json, list(_lines(written, refused)))
    return 0 if written else FAILED


def _suits(scan: ScanHeader, kind: Kind | None) -> bool:
    model = MODELS.get(scan.frame_axis)
    return scan.frames > 1 and model is not None and kind in (None, model.name.lower())


def _nothing(found: Discovery, path: Path, kind: Kind | None) -> MapError:
    reasons = sorted({f"{scan.frames} frames ({scan.frame_axis})" for scan in found.scans})
    wanted = {None: "echo, repetition or inversion", Kind.T2: "echo", Kind.T1: "repetition or inversion"}[kind]
    held = f"it holds scans of {', '.join(reasons)}" if reasons else "it holds no scans"
    hint = "'isocenter inspect' tells what frames are, and --join makes one scan of a series per echo."
    return MapError(f"no scan has frames over {wanted} times: {held}", path=path, hint=hint)


def _mapped(scan: ScanHeader, found: Discovery, folder: Path) -> dict[str, Any]:
    """What was written of one scan, or why nothing was."""
    source = str(found.shown(scan.path)).encode("utf-8", "backslashreplace").decode("utf-8")
    if reason := refusal(scan.frame_axis, scan.frame_values, scan.frames):
        return {"source": source, "error": reason, "hint": "Give the times in a JSON file beside the scan."}
    try:
        with bar("Fitting") as shown:
            maps = relaxation_maps(open_scan(scan.source).load(), progress=shown.at)
    except IsocenterError as failure:
        return {"source": source, "error": failure.what, "hint": failure.hint}
    return {"source": source, **_told(maps, save_maps(maps, folder, file_name(scan)))}


def _told(maps: Maps, paths: list[Path]) -> dict[str, Any]:
    files = [{"quantity": one.name, "unit": one.unit, "path": str(path)} for one, path in zip(maps, paths, strict=True)]
    figures = {"voxels": maps.fitted, "median_ms": maps.median if maps.fitted else None}
    background = {"noise": maps.noise, "background_up_to": maps.threshold}
    return {"kind": maps.model.name, "formula": maps.model.formula, **figures, **background, "maps": files}


def _lines(written: list[dict[str, Any]], refused: list[dict[str, Any]]) -> Iterator[str]:
    for one in written:
        median = "no voxel could be fitted" if one["median_ms"] is None else f"median {one['median_ms']:.4g} ms"
        yield f"{one['kind']} of {one['source']}: {median}, {one['voxels']} voxels"
        yield f"  background is what stays within {one['background_up_to']:.3g} (noise {one['noise']:.3g})"
        yield from (f"  {each['path']}" for each in one["maps"])
    for one in refused:
        yield f"Left out {one['source']}: {one['error']}. {one['hint']}".rstrip()
