"""De-identified copies of all DICOM scans of several patients."""

from collections.abc import Callable, Sequence
from pathlib import Path

from engine.control import Control
from engine.imaging.deidentify.export import export_deidentified
from engine.imaging.deidentify.options import BASIC_PROFILE, Options
from engine.imaging.deidentify.report import Refusal, Report
from engine.imaging.header import ScanHeader

_NOBODY = "P-000"


def export_patients(
    scans: Sequence[ScanHeader],
    folder: Path,
    *,
    pseudonym: str = "",
    keep: Options = BASIC_PROFILE,
    progress: Callable[[int, int], None] | None = None,
    control: Control | None = None,
) -> Report:
    """Copy the files of all DICOM scans, a folder per patient; scans of other formats are passed over.

    `pseudonym` is for one patient; several get it with a number behind. Without it, the pseudonyms of the scans are
    taken. Raises as `export_deidentified` does.
    """
    files = _files(scans)
    total, done = sum(map(len, files.values())), 0
    written: list[Path] = []
    refused: list[Refusal] = []
    for number, (patient, paths) in enumerate(files.items(), start=1):
        name = patient if not pseudonym else pseudonym if len(files) == 1 else f"{pseudonym}-{number:03d}"
        report = export_deidentified(
            paths,
            folder,
            pseudonym=name or _NOBODY,
            keep=keep,
            progress=_part_of(progress, done, total),
            control=control,
        )
        written += report.written
        refused += report.refused
        done += len(paths)
    return Report(tuple(written), tuple(refused))


def _files(scans: Sequence[ScanHeader]) -> dict[str, list[Path]]:
    """The files of each patient, each once, in the order of the scans."""
    found: dict[str, dict[Path, None]] = {}
    for scan in scans:
        if scan.source.reader == "dicom":
            found.setdefault(scan.patient, {}).update(dict.fromkeys(scan.source.files))
    return {patient: list(files) for patient, files in found.items()}


def _part_of(progress: Callable[[int, int], None] | None, begun: int, total: int) -> Callable[[int, int], None]:
    def told(done: int, _: int) -> None:
        if progress is not None:
            progress(begun + done, total)

    return told
