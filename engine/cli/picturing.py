"""The verbs picture and movie: scans as pictures for papers and slides."""

import re
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.cli.console import AsJson, answer, bar
from engine.cli.looking import Looked, Wish, look
from engine.cli.wishing import wished
from engine.errors import PictureError
from engine.pictures.doubt import CERTAIN, unsure_of
from engine.pictures.drawing import LARGEST, draw, size_of
from engine.pictures.layer import Layer
from engine.pictures.lettering import PLAIN, Lettering, full, named_as
from engine.pictures.movie import WRITERS, Motion, write_movie
from engine.pictures.picture import Picture
from engine.pictures.picture_file import ENDINGS, ending_of, guard, write_picture
from engine.pictures.series import Along, count_along, sheet, spread_slices, viewings_along
from engine.pictures.viewing import Viewing
from engine.pictures.wording import slice_words

SMALLEST = 16


class Way(StrEnum):
    """What a movie runs through."""

    SLICES = "slices"
    FRAMES = "frames"


Source = Annotated[Path, typer.Argument(help="A scan, a folder that holds one, or a workspace.")]
Target = Annotated[Path, typer.Option("--to", help="The new file; its ending says the format.")]
Pixels = Annotated[int | None, typer.Option("--size", help="Pixels along the longer side of a slice.")]
Plain = Annotated[bool, typer.Option("--plain", help="No letters, scale bar or caption.")]
Montage = Annotated[str, typer.Option(metavar="ROWSxCOLUMNS", help="Slices from all of the scan on one sheet.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there.")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("picture")(wished(picture))
    app.command("movie")(wished(movie))


def picture(
    path: Source,
    to: Target,
    wish: Wish,
    size: Pixels = None,
    plain: Plain = False,
    montage: Montage = "",
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Save a slice as PNG, TIFF or JPEG, as the window draws it: with letters, scale bar and a caption by pseudonym."""
    ending_of(to, ENDINGS)
    guard(to, overwrite=overwrite)
    grid = _grid(montage) if montage else None
    looked = look(path, wish)
    viewings = [looked.viewing] if grid is None else spread_slices(looked.viewing, grid[0] * grid[1])
    made = _one(looked, size, plain) if grid is None else _sheet(looked, viewings, grid[1], size, plain)
    write_picture(to, made, overwrite=overwrite)
    slices = [viewing.index + 1 for viewing in viewings]
    _tell(to, looked, made, as_json, {"montage": montage, "slices": slices} if montage else {})


def movie(
    path: Source,
    to: Target,
    wish: Wish,
    along: Annotated[Way, typer.Option(help="What it runs through.")] = Way.SLICES,
    speed: Annotated[float, typer.Option(metavar="FPS", help="Pictures in a second.")] = 10.0,
    once: Annotated[bool, typer.Option("--once", help="Stop at the end, do not begin again.")] = False,
    size: Pixels = None,
    plain: Plain = False,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Save the slices or the frames of a scan as GIF, APNG, WebP or MP4. Turning volumes are saved by the window."""
    ending_of(to, WRITERS)
    guard(to, overwrite=overwrite)
    motion = Motion(speed, not once)
    looked = look(path, wish)
    way: Along = along.value
    viewings, count = viewings_along(looked.viewing, way), count_along(looked.viewing, way)
    lettering, pixels = _lettering(looked, plain), _pixels(looked, size)
    pictures = (draw(viewing, pixels, lettering) for viewing in viewings)
    with bar("Drawing") as shown:
        count = write_movie(to, pictures, motion, count, overwrite=overwrite, progress=shown.at)
    told = {"along": along.value, "pictures": count, "step_ms": motion.step_ms, "loop": motion.loop}
    _tell(to, looked, draw(looked.viewing, pixels), as_json, told)


def _one(looked: Looked, size: int | None, plain: bool) -> Picture:
    return draw(looked.viewing, _pixels(looked, size), _lettering(looked, plain))


def _sheet(looked: Looked, viewings: list[Viewing], columns: int, size: int | None, plain: bool) -> Picture:
    """The slices there are, so many beside each other; that the scan is excluded stands on each."""
    columns = min(columns, len(viewings))
    rows = -(-len(viewings) // columns)
    width, height = _pixels(looked, size)
    if width * columns > LARGEST or height * rows > LARGEST:
        raise PictureError(
            f"the sheet would be {width * columns} x {height * rows} pixels", hint="Use a smaller --size."
        )
    lettering = replace(_lettering(looked, plain), bar=False, names=named_as("", "", looked.excluded))
    return sheet([draw(viewing, (width, height), lettering) for viewing in viewings], columns)


def _lettering(looked: Looked, plain: bool) -> Lettering:
    return PLAIN if plain else full(*looked.names, *named_as("", "", looked.excluded))


def _pixels(looked: Looked, size: int | None) -> tuple[int, int]:
    if size is not None and not SMALLEST <= size <= LARGEST:
        raise PictureError(f"a size is from {SMALLEST} to {LARGEST} pixels", hint="Change --size.")
    return size_of(looked.viewing, size)


def _grid(montage: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9]\d?)[x×]([1-9]\d?)", montage.strip().lower())
    if found is None:
        raise PictureError(f"'{montage}' is no montage", hint="Say rows and columns, such as 4x5.")
    return int(found[1]), int(found[2])


def _tell(to: Path, looked: Looked, made: Picture, as_json: bool, more: dict[str, Any]) -> None:
    viewing = looked.viewing
    height, width = made.shape[:2]
    window = {"width": viewing.window.width, "level": viewing.window.level}
    where = {"plane": viewing.plane.name, "frame": viewing.frame + 1, "window": window, "excluded": looked.excluded}
    if "slices" not in more:
        where["slice"] = viewing.index + 1
    values = {"path": str(to), "width": width, "height": height, "scan": list(looked.names), **where, **more}
    values["layers"] = [_told_of(layer, viewing) for layer in viewing.layers]
    what = f"{to}: {width} x {height} pixels, {viewing.plane.name}, {_which(viewing, more)}"
    answer(values, as_json, [what, *named_as("", "", looked.excluded)])


def _which(viewing: Viewing, told: dict[str, Any]) -> str:
    if "pictures" in told:
        return f"{told['pictures']} pictures"
    if "slices" in told:
        return f"{len(told['slices'])} slices"
    return slice_words(viewing.plane, viewing.index, unsure_of(viewing.volume) == CERTAIN)


def _told_of(layer: Layer, viewing: Viewing) -> dict[str, Any]:
    """What was laid over it, and of a mask its labels."""
    frame = layer.frame_over(viewing.volume, viewing.frame)
    labels = [{"label": label.number, "colour": label.colour, "voxels": label.voxels[frame]} for label in layer.labels]
    told = {"name": layer.name, "kind": layer.kind, "frame": frame + 1}
    return {**told, "labels": labels} if layer.kind == "mask" else told
