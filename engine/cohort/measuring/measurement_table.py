"""All measurements with their figures as a CSV table."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path

from engine.cohort.measuring.measured import Measured
from engine.files import write_text
from engine.measure import RegionFigures

COLUMNS = (
    "patient", "role", "scan", "measurement", "kind", "name", "created (UTC)",
    "length (mm)", "angle (degrees)", "area (mm2)",
    "frame (from 1)", "frame axis", "frame value (ms; of b-values s/mm2)",
    "mean (scan units)", "SD (scan units)", "minimum (scan units)", "maximum (scan units)", "median (scan units)",
    "values (count)", "not finite (count)", "taken from", "notes",
)  # fmt: skip

_TAKEN = {"none": "", "voxels": "voxels inside", "nearest": "nearest voxels"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(path: Path, rows: Sequence[Measured]) -> None:
    """Save as CSV: a row per measurement, of an area one per frame; numbers keep every digit."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(line for row in rows for line in _lines(row))
    write_text(path, text.getvalue())


def _lines(row: Measured) -> Iterator[list[str]]:
    kept, found = row.measurement, row.figures
    made = kept.created.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    head = [row.patient, row.role, row.title, str(kept.id), kept.shape.kind, kept.name, made]
    sizes = [_number(value) for value in (found.length_mm, found.angle_deg, found.area_mm2)]
    tail = [_TAKEN[found.way], "; ".join(found.notes)]
    for frame in found.frames or (None,):
        yield [*map(_text, head), *sizes, *_of_frame(frame, found.frame_axis), *map(_text, tail)]


def _of_frame(frame: RegionFigures | None, axis: str) -> list[str]:
    if frame is None:
        return [""] * 10
    values = (frame.mean, frame.sd, frame.minimum, frame.maximum, frame.median)
    known = "" if axis == "none" else axis
    place = [str(frame.frame + 1), known, _number(frame.value)]
    return [*place, *map(_number, values), str(frame.count), str(frame.left_out)]


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _text(text: str) -> str:
    """What a spreadsheet would take for a formula is marked as text."""
    return f"'{text}" if text.startswith(_FORMULA) else text
