"""From a folder of scans to patients in a workspace, all of them or, when cancelled, none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.cohort.cohort import Cohort, Level, Patient, Scan
from engine.cohort.digest import content_digest
from engine.cohort.labels import LabelTable, find_table
from engine.cohort.layout import FoundPatient, FoundScan, Layout, Placed, Site, layouts
from engine.cohort.workspace import Workspace
from engine.control import Control
from engine.errors import CohortError, ReadError
from engine.files import storage_errors
from engine.imaging import Discovery, ScanSource, discover

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


def look_into(
    *sources: Path,
    scratch: Path | None = None,
    progress: Progress | None = None,
    control: Control | None = None,
) -> Discovery:
    """What folders, files or archives hold; workspaces below are passed over.

    Archives are unpacked into a temporary folder (below `scratch`). Nothing is added to any cohort. `progress`
    counts files.
    """
    for source in sources:
        if not source.exists():
            hint = "Check the path, or plug the drive in."
            raise CohortError("there is no such folder", path=source, hint=hint)
        if Workspace.exists(source):
            hint = "Choose the folder that the scans came in."
            raise CohortError("this folder is a workspace, not a folder of scans", path=source, hint=hint)
    return discover(sources, scratch=scratch, passing_over=Workspace.exists, progress=progress, control=control)


def import_folder(
    source: Path,
    workspace: Workspace | None,
    layout: str = "auto",
    labels: Path | None = None,
    join: bool = False,
    *,
    progress: Progress | None = None,
    control: Control | None = None,
) -> ImportReport:
    """Look into `source` and add all its scans; with `join`, series that may be one scan become one.

    `progress` counts the scans taken in, after all were found.
    """
    scratch = None if workspace is None else workspace.path
    with look_into(source, scratch=scratch, control=control) as found:
        chosen = found.joined() if join else found
        return import_found(chosen, source, workspace, layout=layout, labels=labels, progress=progress, control=control)


def import_found(
    found: Discovery,
    source: Path,
    workspace: Workspace | None,
    layout: str = "auto",
    labels: Path | None = None,
    *,
    progress: Progress | None = None,
    control: Control | None = None,
) -> ImportReport:
    """Add scans that were found in `source` (of several places, the folder around them).

    Without a workspace it is a dry run: checked, nothing written. `progress` counts scans.
    """
    skipped = [Skipped(found.shown(item.path), item.error) for item in found.unreadable if not item.foreign]
    if not found.scans:
        reason = f" ({skipped[0].path.name}: {skipped[0].reason})" if skipped else ""
        raise CohortError(f"no readable scans were found{reason}", path=source, hint="Is this the right folder?")
    if workspace is None:
        return _taken_in(found, source, None, layout, labels, skipped, progress, control)
    with storage_errors(workspace.path):
        kept = found.kept_in(workspace.unpacked_dir)
    try:
        return _taken_in(kept, source, workspace, layout, labels, skipped, progress, control)
    except BaseException:
        kept.unpacked.drop_all()
        raise


def _taken_in(
    found: Discovery,
    source: Path,
    workspace: Workspace | None,
    layout: str,
    labels: Path | None,
    skipped: list[Skipped],
    progress: Progress | None,
    control: Control | None,
) -> ImportReport:
    placed, home = placed_in(source, found)
    table = find_table(home, labels)
    chosen = recognised(Site(placed, home)) if layout == "auto" else layouts.get(layout)
    site = Site(placed, home)
    found_here = chosen.find(site, table, chosen.options())
    owners, level = list(found_here.patients), found_here.level
    if not owners:
        hint = "Choose another layout, or leave it to 'auto'."
        raise CohortError(f"the layout '{chosen.info.key}' finds no patients here", path=source, hint=hint)
    patients, changed = _examined(owners, progress or (lambda done, total: None), control or Control())
    if not patients:
        hint = "Was the folder moved, or is a drive unplugged?"
        raise CohortError(f"no scan can be taken in: {changed[0].reason}", path=source, hint=hint)
    report = tuple(skipped + changed + _unmatched(table))
    cohort = _numbered(patients, level) if workspace is None else workspace.store.add(patients, level)
    return ImportReport(cohort, chosen.info.key, report)


def recognised(site: Site) -> Layout:
    """The layout that is surest of the scans; `single-files` for none."""
    return max(layouts, key=lambda entry: entry.recognise(site).sure)


def placed_in(source: Path, found: Discovery) -> tuple[list[Placed], Path]:
    """The scans by their places in the source, and the folder in which a label table would lie beside them.

    Of an archive, folders that everything in it lies in do not count.
    """
    shown = [found.shown(scan.source.files[0]) for scan in found.scans]
    top = source if source.is_dir() or zipped(source, shown) else source.parent
    while not source.is_dir() and (inner := _only_folder(top, shown)) is not None:
        top = inner
    placed = [Placed(scan, path.relative_to(top)) for scan, path in zip(found.scans, shown, strict=True)]
    return placed, found.unpacked.placed(top)


def zipped(source: Path, shown: Sequence[Path]) -> bool:
    """Whether the files lie inside of the source, an archive."""
    return all(path != source and path.is_relative_to(source) for path in shown)


def _only_folder(top: Path, shown: Sequence[Path]) -> Path | None:
    """The one folder in which everything lies, each in a folder of its own further down."""
    inside = [path.relative_to(top).parts for path in shown]
    if len({parts[0] for parts in inside}) == 1 and min(map(len, inside)) > 2:
        return top / inside[0][0]
    return None


def _examined(owners: list[FoundPatient], progress: Progress, control: Control) -> tuple[list[Patient], list[Skipped]]:
    total = sum(len(owner.scans) for owner in owners)
    done, patients, skipped = 0, [], []
    for owner in owners:
        scans = []
        for found in owner.scans:
            try:
                scans.append(_scan(found, control))
            except ReadError as failure:
                skipped.append(Skipped(found.header.path, failure.what))
            done += 1
            progress(done, total)
        skipped += _clashes(owner)
        if scans:
            told = owner.told
            patients.append(Patient("", owner.source_id, told.labels, told.covariates, tuple(scans)))
    return patients, skipped


def _unmatched(table: LabelTable) -> list[Skipped]:
    if table.path is None or not table.unused:
        return []
    count = table.unused
    reason = f"{count} of its {len(table.rows)} names match no folder or file of the source"
    return [Skipped(table.path, reason)]


def _clashes(owner: FoundPatient) -> list[Skipped]:
    reason = "the label table gives its patient several values of '{}', so it has none"
    return [Skipped(owner.scans[0].header.path, reason.format(column)) for column in owner.told.clashes]


def _scan(found: FoundScan, control: Control) -> Scan:
    header = found.header
    files = tuple(_kept(path) for path in header.source.files)
    return Scan(
        id=0,
        patient="",
        role=found.role,
        source=ScanSource(header.source.reader, files, header.source.part),
        format=header.format,
        shape=header.shape,
        frames=header.frames,
        digest=content_digest(header, control),
        doubts=header.doubts,
        title=header.title,
        modality=header.modality,
        visit=found.visit,
        labels=found.labels,
    )


def _kept(path: Path) -> Path:
    """The path to remember; a link keeps its own name, which tells patient and side-car."""
    kept = path.parent.resolve() / path.name
    try:
        str(kept).encode("utf-8")
    except UnicodeEncodeError:
        hint = "Rename the file or its folder."
        raise ReadError("its name is not readable text", path=path, hint=hint) from None
    return kept


def _numbered(patients: list[Patient], level: Level) -> Cohort:
    named = (
        Patient(f"P-{number:03d}", p.source_id, p.labels, p.covariates, p.scans)
        for number, p in enumerate(patients, start=1)
    )
    return Cohort(tuple(named), level)
