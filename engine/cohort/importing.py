"""From a folder of scans to patients in a workspace, all of them or, when cancelled, none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.cohort.cohort import Cohort, Level, Patient, Scan
from engine.cohort.digest import content_digest
from engine.cohort.labels import LabelTable, find_table
from engine.cohort.layout import FoundPatient, FoundScan, Layout, layouts
from engine.cohort.workspace import Workspace
from engine.control import Control
from engine.errors import CohortError, ReadError
from engine.imaging import inspect

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Skipped:
    """A file that was passed over, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class ImportReport:
    """What an import found; `cohort` is the workspace's cohort with it (without, on a dry run: only the found)."""

    cohort: Cohort
    layout: str
    skipped: tuple[Skipped, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The report in the form that other programs may rely on."""
        skipped = [{"path": str(item.path), "reason": item.reason} for item in self.skipped]
        return {"layout": self.layout, **cohort_json(self.cohort), "skipped": skipped}


def cohort_json(cohort: Cohort) -> dict[str, Any]:
    """Head counts in the form that other programs may rely on."""
    return {
        "patients": len(cohort.patients),
        "scans": len(cohort.scans),
        "level": cohort.level,
        "targets": cohort.counts(),
        "skipped": [],
    }


def import_folder(
    source: Path,
    workspace: Workspace | None,
    *,
    layout: str = "auto",
    labels: Path | None = None,
    progress: Progress | None = None,
    control: Control | None = None,
) -> ImportReport:
    """Add the scans below `source`. Without a workspace it is a dry run: found and checked, nothing written."""
    if not source.is_dir():
        raise CohortError("there is no such folder", path=source, hint="Check the path, or plug the drive in.")
    if Workspace.exists(source):
        hint = "Choose the folder that the scans came in."
        raise CohortError("this folder is a workspace, not a folder of scans", path=source, hint=hint)
    table = find_table(source, labels)
    with _listing(source):
        chosen = _recognised(source) if layout == "auto" else layouts.get(layout)
        found, level = chosen.find(source, table)
    patients, skipped = _examined(found, progress or (lambda done, total: None), control or Control())
    if not patients:
        reason = f" ({skipped[0].path.name}: {skipped[0].reason})" if skipped else ""
        raise CohortError(f"no readable scans were found{reason}", path=source, hint="Is this the right folder?")
    skipped += _unmatched(table)
    cohort = _numbered(patients, level) if workspace is None else workspace.store.add(patients, level)
    return ImportReport(cohort, chosen.info.key, tuple(skipped))


def _recognised(source: Path) -> Layout:
    sure, best = max(((entry.recognise(source).sure, entry) for entry in layouts), key=lambda pair: pair[0])
    if sure <= 0:
        raise CohortError("no layout fits this folder", path=source, hint="It holds no scans Isocenter can read.")
    return best


def _examined(found: list[FoundPatient], progress: Progress, control: Control) -> tuple[list[Patient], list[Skipped]]:
    total = sum(len(patient.scans) for patient in found)
    done, patients, skipped = 0, [], []
    for patient in found:
        scans = []
        for file in patient.scans:
            control.check()
            try:
                scans.append(_scan(file))
            except ReadError as failure:
                skipped.append(Skipped(file.path, failure.what))
            done += 1
            progress(done, total)
        skipped += _clashes(patient)
        if scans:
            told = patient.told
            patients.append(Patient("", patient.source_id, told.labels, told.covariates, tuple(scans)))
    return patients, skipped


def _unmatched(table: LabelTable) -> list[Skipped]:
    if table.path is None or not table.unused:
        return []
    count = table.unused
    reason = f"{count} of its {len(table.rows)} names match no folder or file of the source"
    return [Skipped(table.path, reason)]


def _clashes(patient: FoundPatient) -> list[Skipped]:
    reason = "the label table gives its patient several values of '{}', so it has none"
    return [Skipped(patient.scans[0].path, reason.format(column)) for column in patient.told.clashes]


def _scan(file: FoundScan) -> Scan:
    path = file.path.parent.resolve() / file.path.name  # a link keeps its own name, which tells patient and side-car
    if not _is_text(path):
        raise ReadError("its name is not readable text", path=path, hint="Rename the file or its folder.")
    header = inspect(path)
    return Scan(
        id=0,
        patient="",
        role=file.role,
        path=path,
        format=header.format,
        shape=header.shape,
        frames=header.frames,
        digest=content_digest(path),
        warnings=header.warnings,
        certificate=header.certificate,
    )


@contextmanager
def _listing(source: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        hint = "Check the drive and the folder's permissions."
        raise CohortError(f"the folder cannot be read: {failure.strerror}", path=source, hint=hint) from failure


def _is_text(path: Path) -> bool:
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _numbered(patients: list[Patient], level: Level) -> Cohort:
    named = (
        Patient(f"P-{number:03d}", p.source_id, p.labels, p.covariates, p.scans)
        for number, p in enumerate(patients, start=1)
    )
    return Cohort(tuple(named), level)
