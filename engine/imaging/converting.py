"""Scans of any readable format as NIfTI or NumPy files that are named after pseudonym and title."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from engine.control import Control
from engine.errors import ReadError, StorageError
from engine.files import storage_errors
from engine.imaging.header import ScanHeader
from engine.imaging.reader import open_scan
from engine.imaging.sidecar import sidecar_path
from engine.imaging.unreadable import Unreadable
from engine.imaging.volume import Volume
from engine.imaging.writer import write_nifti, write_npy

Ending = Literal["nii.gz", "nii", "npy"]

_WRITERS: dict[Ending, Callable[[Volume, Path], None]] = {"nii.gz": write_nifti, "nii": write_nifti, "npy": write_npy}
_LONGEST = 60


@dataclass(frozen=True, eq=False)
class Converted:
    """A scan and the file made from it."""

    scan: ScanHeader
    path: Path

    def as_json(self) -> dict[str, Any]:
        """In the form that other programs may rely on."""
        told = {"path": str(self.path), "source": str(self.scan.path), "patient": self.scan.patient}
        return {**told, "certificate": self.scan.certificate, "warnings": list(self.scan.warnings)}


def convert(
    scans: Sequence[ScanHeader],
    folder: Path,
    ending: Ending = "nii.gz",
    *,
    progress: Callable[[int, int], None] | None = None,
    control: Control | None = None,
) -> Iterator[Converted | Unreadable]:
    """Write each scan to `folder`, never over a file that is there; scans that cannot be read or stored are told.

    Raises StorageError where the folder may not be written to, and Cancelled; complete files stay.
    """
    control, progress = control or Control(), progress or (lambda done, total: None)
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for done, scan in enumerate(scans, start=1):
        control.check()
        yield _converted(scan, folder, ending, control)
        progress(done, len(scans))


def file_name(scan: ScanHeader) -> str:
    """Letters, digits and hyphens from pseudonym and title, without what the file says of who the patient is."""
    words = re.findall(r"[A-Za-z0-9]+", scan.title or _stem(scan.path))
    secret = _secrets(scan)
    title = "-".join(word for word in words if word.lower() not in secret)[:_LONGEST].strip("-")
    return "_".join(part for part in (scan.patient, title) if part) or "scan"


def _converted(scan: ScanHeader, folder: Path, ending: Ending, control: Control) -> Converted | Unreadable:
    try:
        volume = open_scan(scan.source).load(control=control)
        path = _free(folder, file_name(scan), ending)
        _WRITERS[ending](volume, path)
    except ReadError as failure:
        return Unreadable.of(scan.path, failure)
    except StorageError as failure:
        if failure.path is not None:
            raise
        return Unreadable(scan.path, failure.what, failure.hint)
    return Converted(scan, path)


def _free(folder: Path, name: str, ending: Ending) -> Path:
    """A path at which neither a file nor a companion of one is."""
    number = 1
    while True:
        path = folder / f"{name}{f'-{number}' if number > 1 else ''}.{ending}"
        beside = sidecar_path(path)
        if not any(one.exists() for one in (path, *map(beside.with_suffix, (".json", ".bval", ".bvec")))):
            return path
        number += 1


def _stem(path: Path) -> str:
    return path.name.split(".")[0]


def _secrets(scan: ScanHeader) -> set[str]:
    who = scan.identity
    texts = () if who is None else (who.id, who.name, who.birth_date)
    return {word.lower() for text in texts for word in re.findall(r"[A-Za-z0-9]+", text)}
