"""Importing many pictures: looking, previewing, taking in, taking in again; time and memory, each beside its goal."""

import resource
import struct
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from engine.cohort import ImportPlan, Workspace, import_found, look_into, preview
from engine.cohort.intake.refreshing import refresh
from engine.cohort.intake.sources import sources_of
from tests.benchmarks.harness import Row, seconds

T = TypeVar("T")

TITLE = "Import: 100,000 pictures of 16 x 16 in two class folders, into a new workspace and once more"
IMAGES, NEW, SIDE = 100_000, 10, 16
GOAL_S, GOAL_AGAIN_S, GOAL_MIB = 300.0, 120.0, 2048.0


def run(images: int = IMAGES) -> list[Row]:
    """Each figure beside the goal of the project."""
    with tempfile.TemporaryDirectory(prefix="isocenter-import-") as folder:
        return _measured(Path(folder), images)


def write_pictures(folder: Path, images: int, first: int = 0) -> None:
    """Pictures that all differ, in the folders `fractured` and `healthy`."""
    for name in ("fractured", "healthy"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number in range(first, first + images):
        (folder / ("fractured", "healthy")[number % 2] / f"{number:06d}.png").write_bytes(_picture(number))


def _measured(folder: Path, images: int) -> list[Row]:
    source, told = folder / "scans", dict[str, float]()
    write_pictures(source, images)
    found = _timed(told, "looking", lambda: look_into(source))
    _timed(told, "preview", lambda: preview(found, source, ImportPlan()))
    with Workspace.create(folder / "study") as workspace:
        _timed(told, "taking in", lambda: import_found(found, source, workspace))
    write_pictures(source, NEW, images)
    with Workspace.open(folder / "study") as workspace:
        (known,) = sources_of(workspace)
        report = _timed(told, f"again, {NEW} of them new", lambda: refresh(workspace, known))
    if (report.new, report.unchanged) != (NEW, images):
        raise AssertionError("the import came to something else than it should")
    whole = sum(value for name, value in told.items() if not name.startswith("again"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))
    rows = [Row(name, "isocenter", "the goal", value, GOAL_S, "s") for name, value in told.items()]
    return [
        *(row for row in rows if not row.work.startswith("again")),
        Row("all of it", "isocenter", "the goal", whole, GOAL_S, "s", 1.0),
        Row(f"again, {NEW} of them new", "isocenter", "the goal", rows[-1].ours_value, GOAL_AGAIN_S, "s", 1.0),
        Row("peak memory", "isocenter", "the goal", peak, GOAL_MIB, "MiB", 1.0),
    ]


def _timed(told: dict[str, float], name: str, work: Callable[[], T]) -> T:
    answers = list[T]()
    told[name] = seconds(lambda: answers.append(work()))
    return answers[0]


def _picture(number: int) -> bytes:
    """A grey PNG, written by hand since that is quicker."""
    grey = bytes((number >> 8 * (x % 3)) + 40 * y & 255 for y in range(SIDE) for x in range(SIDE))
    lines = b"".join(b"\0" + grey[row * SIDE : (row + 1) * SIDE] for row in range(SIDE))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(lines, 1)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


if __name__ == "__main__":
    for row in run(int(sys.argv[1]) if len(sys.argv) > 1 else IMAGES):
        print(row.cells())
