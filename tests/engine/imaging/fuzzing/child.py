"""The process that tries spoiled files: `python -m tests.engine.imaging.fuzzing.child FORMAT FIRST LAST [--keep DIR]`.

A line per case on stdout says which one begins; a line of JSON follows for each fault. Whoever started it knows from
the last line which case crashed it or took too long. With one case and `--keep` its files stay in DIR for a look.
"""

import argparse
import faulthandler
import json
import shutil
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from random import Random

from engine.errors import ReadError
from engine.imaging import Discovery, ScanHeader, discover, open_scan
from engine.imaging.search import FAULT
from tests.engine.imaging.fuzzing.dicom_seeds import DICOM
from tests.engine.imaging.fuzzing.mutations import SUFFIXES, spoil
from tests.engine.imaging.fuzzing.real_seeds import REAL
from tests.engine.imaging.fuzzing.seeds import PLAIN, Files

FORMATS = PLAIN | DICOM | REAL
SECONDS = 75.0  # beyond what a guarded decoder is given
MEMORY = 1 << 30
UNWANTED = (
    FAULT,
    "does not fit in memory",
    "local variable",
    "has no attribute",
    "NoneType",
    "operand type",
    "subscriptable",
    "positional argument",
    "object is not",
)  # the first two tell of faults in a reader, the others of Python's own words for one


def spoiled(name: str, case: int, sound: list[Files]) -> tuple[Files, str]:
    """The files of a case, and what was done to them."""
    rng = Random(f"{name} {case}")
    which = rng.randrange(len(sound))
    files = dict(sound[which])
    victim = rng.choice(sorted(files))
    files[victim], told = spoil(rng, files[victim])
    if rng.random() < 0.1:
        other = f"b{rng.choice(SUFFIXES)}"
        files[other] = files.pop(victim)
        told += f"; named {other}"
    return files, f"{name} {case}: seed {which}, {victim}: {told}"


def tried(folder: Path, given: Path) -> int:
    """Find and open whatever is there, and tell how many scans came; raises what nobody expects."""
    with discover([given]) as found:
        json.dumps(found.as_json(), allow_nan=False)
        _accounted(found, folder, given)
        for item in found.unreadable:
            _wanted(item.error)
        return sum(_opens(scan) for scan in found.scans)


def _opens(scan: ScanHeader) -> bool:
    try:
        opened = open_scan(scan.source)
        volume = opened.load()
        opened.plane(*opened.centre)
    except ReadError as failure:
        _wanted(failure.what)
        return False
    if volume.shape_xyz != opened.header.shape or volume.frames != opened.header.frames:
        raise AssertionError(f"the header promises {opened.header.shape}, the volume has {volume.shape_xyz}")
    if volume.array.dtype.name != opened.header.dtype:
        raise AssertionError(f"the header promises {opened.header.dtype}, the volume has {volume.array.dtype}")
    return True


def _wanted(error: str) -> None:
    if any(text in error for text in UNWANTED) or "\n" in error or not error:
        raise AssertionError(error or "an error without a word")


def _accounted(found: Discovery, folder: Path, given: Path) -> None:
    """Each file that was laid out is told of once, an archive by what is in it."""
    told = [file for scan in found.scans for file in {*scan.source.files, *scan.companions}]
    told += [item.path for item in found.unreadable]
    if given != folder:
        return
    laid_out = {path.name for path in folder.iterdir()}
    tops = {found.shown(path).relative_to(folder).parts[0] for path in told}
    if tops != laid_out:
        raise AssertionError(f"laid out were {sorted(laid_out)}, told is of {sorted(tops)}")


def run(name: str, cases: range, keep: Path | None) -> None:
    """Try the cases of a format, one after another in the same folder."""
    sound = FORMATS[name]()
    folder = keep or Path(tempfile.mkdtemp(prefix="isocenter-fuzz-"))
    _limit_memory()
    opened = 0
    for case in cases:
        files, told = spoiled(name, case, sound)
        print(told, flush=True)
        faulthandler.dump_traceback_later(SECONDS, exit=True)
        _lay_out(folder, files)
        try:
            with warnings.catch_warnings(record=True) as escaped:
                warnings.simplefilter("always")
                opened += tried(folder, _given(folder))
            _quiet(escaped)
        except Exception:
            print(json.dumps({"case": told, "fault": traceback.format_exc(limit=-6)}), flush=True)
    faulthandler.cancel_dump_traceback_later()
    print(json.dumps({"opened": opened}), flush=True)
    if keep is None:
        shutil.rmtree(folder, ignore_errors=True)


def _quiet(escaped: list[warnings.WarningMessage]) -> None:
    """What decoders warn of would end up among the answers of a program, with what stands in the file."""
    if escaped:
        raise AssertionError(f"a warning escapes: {escaped[0].filename}:{escaped[0].lineno}: {escaped[0].message}")


def _lay_out(folder: Path, files: Files) -> None:
    for path in folder.iterdir():
        path.unlink()
    for file, content in files.items():
        (folder / file).write_bytes(content)


def _given(folder: Path) -> Path:
    index = folder / "DICOMDIR"
    return index if index.exists() else folder


def _limit_memory() -> None:
    """What a file of a few kilobytes asks for beyond this is a fault; processes that are started are freed of it."""
    statm = Path("/proc/self/statm")
    if sys.platform != "win32" and statm.exists():
        import resource

        size = int(statm.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    told = argparse.ArgumentParser()
    told.add_argument("format", choices=sorted(FORMATS))
    told.add_argument("first", type=int)
    told.add_argument("last", type=int)
    told.add_argument("--keep", type=Path)
    wanted = told.parse_args()
    run(wanted.format, range(wanted.first, wanted.last + 1), wanted.keep)
