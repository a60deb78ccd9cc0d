"""Scans of any readable format as NIfTI or NumPy files that are named after pseudonym and title."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from engine.control import Control
from engine.errors import ReadError, StorageError
from engine.files import storage_errors
from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.reader import open_scan
from engine.imaging.sidecar import sidecar_path
from engine.imaging.unreadable import Unreadable
from engine.imaging.untold import untold
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
    accept_failed: bool = False,
    progress: Callable[[int, int], None] | None = None,
    control: Control | None = None,
) -> Iterator[Converted | Unreadable]:
    """Write each scan to `folder`, never over a file that is there; scans that cannot be read or stored are told.

    So are those whose certificate is fail, by their headers or once they are read, unless these are accepted. What is
    doubted is written beside, so that the certificate holds for the new file as well. Raises StorageError where the
    folder may not be written to, and Cancelled; complete files stay.
    """
    control, progress = control or Control(), progress or (lambda done, total: None)
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for done, scan in enumerate(scans, start=1):
        control.check()
        yield _converted(scan, folder, ending, control, accept_failed=accept_failed)
        progress(done, len(scans))


def file_name(scan: ScanHeader) -> str:
    """Letters, digits and hyphens from pseudonym and title, without what the file says of who the patient is."""
    words = re.findall(r"[A-Za-z0-9]+", untold(scan.title or _stem(scan.path), scan.identity))
    title = "-".join(words)[:_LONGEST].strip("-")
    return "_".join(part for part in (scan.patient, title) if part) or "scan"


def _converted(
    scan: ScanHeader, folder: Path, ending: Ending, control: Control, *, accept_failed: bool
) -> Converted | Unreadable:
    try:
        if not accept_failed:
            _refuse_failed(scan.path, scan.doubts)
        volume = open_scan(scan.source).load(control=control)
        doubts = tuple(dict.fromkeys((*scan.doubts, *volume.facts.doubts)))
        if not accept_failed:
            _refuse_failed(scan.path, doubts)
        path = _free(folder, file_name(scan), ending)
        _WRITERS[ending](replace(volume, facts=replace(volume.facts, doubts=doubts)), path)
    except ReadError as failure:
        return Unreadable.of(scan.path, failure)
    except StorageError as failure:
        if failure.path is not None:
            raise
        return Unreadable(scan.path, failure.what, failure.hint)
    return Converted(replace(scan, doubts=doubts), path)


def _refuse_failed(path: Path, doubts: Iterable[Doubt]) -> None:
    failed = next((doubt for doubt in doubts if doubt.severity == "fail"), None)
    if failed is not None:
        hint = f"{failed.action} It is converted all the same with --accept-failed."
        raise ReadError(f"its certificate is fail: {failed.text}", path=path, hint=hint)


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
