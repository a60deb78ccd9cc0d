"""Pictures as files: never over one that is there unless asked, whole or not at all, and nothing in them but pixels."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from engine.errors import PictureError, StorageError
from engine.files import storage_errors, write_atomically
from engine.pictures.picture import Picture

ENDINGS: dict[str, tuple[str, dict[str, Any]]] = {
    ".png": ("PNG", {}),
    ".tif": ("TIFF", {"compression": "tiff_deflate"}),
    ".tiff": ("TIFF", {"compression": "tiff_deflate"}),
    ".jpg": ("JPEG", {"quality": 95, "subsampling": 0}),
    ".jpeg": ("JPEG", {"quality": 95, "subsampling": 0}),
}
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(10))}
LONGEST = 100
OVER = "Choose another name, or replace it: --overwrite does so on the command line."


def write_picture(path: Path, picture: Picture, *, overwrite: bool = False) -> None:
    """Save a picture (rows, columns, 3) in the format of the path's ending.

    Raises PictureError for an ending that is none of ENDINGS, StorageError where there is such a file already, or
    where the disk refuses.
    """
    form, options = ENDINGS[ending_of(path, ENDINGS)]
    guard(path, overwrite=overwrite)
    image = image_of(picture)
    write_new(path, lambda stream: image.save(stream, form, **options), overwrite=overwrite)


def ending_of(path: Path, known: dict[str, Any]) -> str:
    """The ending of a path in small letters; PictureError where it is not known."""
    ending = path.suffix.lower()
    if ending not in known:
        told = f"'{ending}' is no format it can be saved in" if ending else "the name has no ending"
        raise PictureError(told, path=path, hint=f"Use one of {', '.join(known)}.")
    return ending


def guard(path: Path, *, overwrite: bool) -> None:
    """StorageError where a file would be written over that nobody has given up."""
    with storage_errors(path):
        folder, there = path.is_dir(), path.exists()
    if folder:
        raise StorageError("this is a folder", path=path, hint="Give the name of a file.")
    if there and not overwrite:
        raise _there_already(path)


def write_new(path: Path, fill: Callable[[BinaryIO], object], *, overwrite: bool) -> None:
    """Let `fill` write a file as a whole; StorageError where another came there meanwhile, which stays as it is."""
    try:
        write_atomically(path, fill, replacing=overwrite)
    except StorageError as error:
        if isinstance(error.__cause__, FileExistsError) and path.exists():
            raise _there_already(path) from error
        raise


def _there_already(path: Path) -> StorageError:
    return StorageError("there is such a file already", path=path, hint=OVER)


def image_of(picture: Picture) -> Image.Image:
    """A picture for Pillow: in greys where it has no colour, which is smaller and exact in every format."""
    grey = picture[..., 0]
    if (picture == grey[..., np.newaxis]).all():
        return Image.fromarray(np.ascontiguousarray(grey))
    return Image.fromarray(np.ascontiguousarray(picture))


def safe_name(*parts: str) -> str:
    """A file's name without ending, of letters, digits and hyphens that every system allows."""
    plain = ("-".join(re.findall(r"[A-Za-z0-9]+", part)) for part in parts)
    name = "_".join(part for part in plain if part)[:LONGEST].strip("-_")
    return f"{name}_picture" if name.lower() in RESERVED else name or "picture"
