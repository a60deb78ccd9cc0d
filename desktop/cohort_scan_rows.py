"""The scans of a cohort as the window lists them, without a widget."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.cohort_rows import NO_LABEL, Motif, PatientRow, graver_first, is_failed

if TYPE_CHECKING:
    from engine.cohort import Patient, Scan
    from engine.imaging.doubt import Verdict


@dataclass(frozen=True, slots=True, eq=False)
class ScanRow:
    """A scan in one line, with what its patient tells of it; `own` are the labels that are its own."""

    patient: "Patient"
    scan: "Scan"
    key: int
    name: str
    labels: Mapping[str, str]
    own: Mapping[str, str]
    covariates: Mapping[str, str]
    warnings: tuple[str, ...]
    certificate: "Verdict"
    excluded: str
    motif: Motif
    words: str
    vault: bool = False

    @property
    def several(self) -> Mapping[str, tuple[str, ...]]:
        """A scan has no two classes of one label."""
        return {}

    @property
    def scans(self) -> int:
        return 1

    @property
    def standing(self) -> str:
        """What keeps it out of training; empty where nothing does."""
        if is_failed(self.scan):
            return "Kept out of training until accepted"
        return f"Excluded: {self.excluded}" if self.excluded else ""

    @property
    def failed(self) -> int:
        """1 where it is kept out because of its certificate alone."""
        return int(is_failed(self.scan))

    @property
    def out(self) -> tuple[str, ...]:
        """Why somebody excluded it."""
        return (self.scan.excluded,) if self.scan.excluded else ()

    @property
    def roles(self) -> tuple[str, ...]:
        return (self.scan.role,)

    @property
    def visits(self) -> tuple[str, ...]:
        return (self.scan.visit,) if self.scan.visit else ()

    @property
    def origins(self) -> tuple[str, ...]:
        return (self.scan.origin,) if self.scan.origin else ()

    @property
    def slices(self) -> int:
        return self.scan.shape[2]

    @property
    def frames(self) -> int:
        return self.scan.frames

    @property
    def size(self) -> str:
        """Its voxels across, down and through."""
        return " × ".join(map(str, self.scan.shape))

    @property
    def scan_numbers(self) -> tuple[int, ...]:
        """Its id."""
        return (self.scan.id,)

    def label(self, target: str) -> str:
        """Its own label, or its patient's."""
        return self.labels.get(target, NO_LABEL)

    def classes(self, target: str) -> tuple[str, ...]:
        """The class it belongs to."""
        return (self.label(target),)


def scan_rows_of(row: PatientRow, known: Mapping[int, ScanRow] = MappingProxyType({})) -> tuple[ScanRow, ...]:
    """The rows of a patient's scans; those `known` from before are taken over where nothing changed."""
    return tuple(_kept(row, scan, known.get(scan.id)) for scan in row.patient.scans)


def _kept(row: PatientRow, scan: "Scan", known: ScanRow | None) -> ScanRow:
    same = known is not None and known.patient is row.patient and known.name == row.name and known.vault == row.vault
    return known if known is not None and same else _row(row, scan)


def _row(row: PatientRow, scan: "Scan") -> ScanRow:
    patient = row.patient
    labels = {**patient.labels, **scan.labels} if scan.labels else patient.labels
    warnings = tuple(doubt.text for doubt in graver_first(scan.doubts)) if scan.doubts else ()
    told = (scan.role, scan.visit, scan.origin, scan.excluded, *labels.values(), *patient.covariates.values())
    return ScanRow(
        patient=patient,
        scan=scan,
        key=scan.id,
        name=row.name,
        labels=labels,
        own=scan.labels,
        covariates=patient.covariates,
        warnings=warnings,
        certificate=scan.certificate if scan.doubts else "pass",
        excluded=scan.kept_out,
        motif=Motif(scan.source, scan.digest),
        words=" ".join((patient.key, row.name, *told, *warnings)).casefold(),
        vault=row.vault,
    )
