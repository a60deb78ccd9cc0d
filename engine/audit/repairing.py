"""What is left of truncated pictures, written into the workspace: missing rows are zero, and a table says so."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock

import numpy as np

from engine.cohort import Scan
from engine.cohort.intake.digest import content_digest
from engine.control import Control
from engine.errors import ReadError
from engine.files import write_atomically, write_text
from engine.imaging import Doubt, inspect
from engine.imaging.pictures.page import pixels
from engine.imaging.pictures.pages import opened_picture
from engine.imaging.read_errors import read_errors
from engine.imaging.volume import Array

FOLDER, TABLE = "repaired", "repaired.csv"
COLUMNS = ("file", "truncated", "repaired")
_lenient = Lock()


def repair(scans: Iterable[Scan], workspace: Path, control: Control) -> list[tuple[Scan, Scan]]:
    """Each truncated picture of which something is left, and its repaired copy as a scan; the table names all."""
    mended: list[tuple[Scan, Scan]] = []
    rows: list[tuple[str, str, str]] = []
    for scan in scans:
        control.check()
        try:
            copy = _copied(scan, workspace / FOLDER / scan.digest[:32])
            mended.append((scan, copy))
            rows.append((str(scan.path), "yes", str(copy.path)))
        except ReadError:
            rows.append((str(scan.path), "yes", ""))
    write_text(workspace / FOLDER / TABLE, _table(workspace / FOLDER / TABLE, rows))
    return mended


def _copied(scan: Scan, stem: Path) -> Scan:
    path = scan.source.files[0]
    if scan.source.reader != "pictures" or scan.shape[2] > 1:
        raise ReadError("only plain pictures can be repaired", path=path, hint="Copy it again from where it came.")
    ending, content = _encoded(_left(path), path)
    target = stem.with_suffix(ending)
    write_atomically(target, lambda stream: stream.write(content))
    header = inspect(target)
    told = Doubt("truncated", "it was cut short and repaired: missing rows are zero")
    return replace(
        scan,
        id=0,
        source=header.source,
        format=header.format,
        digest=content_digest(header),
        doubts=(*scan.doubts, told),
    )


def _encoded(array: Array, path: Path) -> tuple[str, bytes]:
    """As PNG, or as TIFF what PNG cannot hold: floating and long whole numbers."""
    from PIL import Image

    plain = array.dtype in (np.uint8, np.uint16)
    content = io.BytesIO()
    with read_errors(path):
        Image.fromarray(array).save(content, "PNG" if plain else "TIFF")
    return ".png" if plain else ".tiff", content.getvalue()


def _left(path: Path) -> Array:
    """The pixels that can be decoded, in their places."""
    with _leniently(), read_errors(path), opened_picture(path) as (image, _):
        array = _without_filling(np.array(pixels(image)))
    if not array.any():
        raise ReadError("nothing is left of the picture", path=path, hint="Copy it again from where it came.")
    return array


def _without_filling(array: Array) -> Array:
    """With zero where a decoder filled up the missing rows: those at the end that are all of one value."""
    last = array[-1, 0]
    filled = (array == last).reshape(len(array), -1).all(axis=1)
    kept = int(np.flatnonzero(~filled).max(initial=-1)) + 1
    array[kept:] = 0
    return array


@contextmanager
def _leniently() -> Iterator[None]:
    """Pillow is told of it by a global; meanwhile other pictures would be taken as they are too, so this is brief."""
    from PIL import ImageFile

    with _lenient:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _table(path: Path, rows: Iterable[tuple[str, str, str]]) -> str:
    """The table with what it said before of other files."""
    known: dict[str, tuple[str, ...]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as stream:
            known = {row["file"]: tuple(row[name] for name in COLUMNS) for row in csv.DictReader(stream)}
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *({**known, **{row[0]: row for row in rows}}).values()])
    return text.getvalue()
