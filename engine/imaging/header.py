"""What is known of a scan before its voxels are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.imaging.doubt import Doubt, Verdict, verdict_of
from engine.imaging.source import ScanSource
from engine.imaging.volume import Affine, FrameKind, orientation_letters, spacing_of


@dataclass(frozen=True)
class Identity:
    """Whose scan it is, as the file says. Kept in the workspace database only; never printed or logged."""

    id: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)


@dataclass(frozen=True, eq=False)
class ScanHeader:
    """One scan as `inspect` tells it; `shape` is (x, y, z), `affine` goes to RAS+ mm, frame values are ms.

    `dtype` is that of the voxels as read, with scaling applied, `stored` that in the file, where it is another one.
    `slope_intercept` is what the file asks for where it asks for one such pair. `title` names the scan for people,
    `study` and `series` are DICOM UIDs, `frame_of_reference` is a token that scans in one space share, `details` what
    else the file says that is not about identity (age, sex, scanner, sequence times, ...). `patient` is a pseudonym.
    `companions` are the files beside it that were used too. `day` is the running number of the day of the study: it
    puts visits in order, and is neither shown nor written.
    """

    source: ScanSource
    format: str
    shape: tuple[int, int, int]
    affine: Affine
    dtype: str
    frames: int = 1
    frame_axis: FrameKind = "none"
    frame_values: tuple[float, ...] = ()
    modality: str = ""
    slope_intercept: tuple[float, float] | None = None
    title: str = ""
    study: str = ""
    series: str = ""
    patient: str = ""
    identity: Identity | None = field(default=None, repr=False)
    details: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    companions: tuple[Path, ...] = ()
    stored: str = ""
    frame_of_reference: str = ""
    day: int | None = field(default=None, repr=False)

    @property
    def path(self) -> Path:
        """The file, or the folder of a series."""
        return self.source.path

    @property
    def spacing(self) -> tuple[float, float, float]:
        """Voxel size along x, y, z in millimetres."""
        return spacing_of(self.affine)

    @property
    def orientation(self) -> str:
        """Where x, y and z lead, as anatomical letters."""
        return orientation_letters(self.affine)

    @property
    def certificate(self) -> Verdict:
        """Whether its geometry can be trusted."""
        return verdict_of(self.doubts)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Its doubts in words."""
        return tuple(doubt.text for doubt in self.doubts)

    def as_json(self) -> dict[str, Any]:
        """The header in the form that other programs may rely on; nothing in it tells who the patient is."""
        return {
            "path": str(self.path),
            "format": self.format,
            "modality": self.modality,
            "title": self.title,
            "shape": list(self.shape),
            "frames": self.frames,
            "frame_axis": self.frame_axis,
            "frame_values": list(self.frame_values),
            "spacing": list(self.spacing),
            "affine": self.affine.tolist(),
            "orientation": self.orientation,
            "dtype": self.stored or self.dtype,
            "dtype_as_read": self.dtype,
            "slope_intercept": None if self.slope_intercept is None else list(self.slope_intercept),
            "patient": self.patient,
            "study": self.study,
            "series": self.series,
            "part": self.source.part,
            "files": len(self.source.files),
            "details": dict(self.details),
            "certificate": self.certificate,
            "warnings": list(self.warnings),
            "doubts": [doubt.as_json() for doubt in self.doubts],
        }
