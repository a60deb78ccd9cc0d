"""What is known of a scan before its voxels are read."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from engine.imaging.volume import Affine, FrameKind, orientation_letters, spacing_of

Verdict = Literal["pass", "warn", "fail"]


@dataclass(frozen=True, eq=False)
class ScanHeader:
    """One scan as `inspect` tells it; `shape` is (x, y, z), `affine` goes to RAS+ mm, frame values are ms."""

    path: Path
    format: str
    shape: tuple[int, int, int]
    affine: Affine
    dtype: str
    frames: int = 1
    frame_axis: FrameKind = "none"
    frame_values: tuple[float, ...] = ()
    modality: str = ""
    patient: str = ""
    files: int = 1
    certificate: Verdict = "pass"
    warnings: tuple[str, ...] = ()

    @property
    def spacing(self) -> tuple[float, float, float]:
        """Voxel size along x, y, z in millimetres."""
        return spacing_of(self.affine)

    @property
    def orientation(self) -> str:
        """Where x, y and z lead, as anatomical letters."""
        return orientation_letters(self.affine)

    def as_json(self) -> dict[str, Any]:
        """The header in the form that other programs may rely on."""
        plain = asdict(self)
        plain.update(
            path=str(self.path),
            affine=self.affine.tolist(),
            spacing=list(self.spacing),
            orientation=self.orientation,
        )
        return plain
