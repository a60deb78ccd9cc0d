"""The files beside a scan, named as in BIDS: `T2.json` and, of diffusion, `T2.bval` beside `T2.nii.gz`."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from engine.files import write_text
from engine.imaging.b_values import read_b_values
from engine.imaging.doubt import Doubt
from engine.imaging.geometry import usable
from engine.imaging.sidecar_doubts import DOUBTS, doubts_told, told
from engine.imaging.sidecar_frames import B_VALUE, TIMES, axis_told, numbers
from engine.imaging.volume import Affine, FrameAxis, Volume

_LARGEST = 4 << 20


@dataclass(frozen=True)
class Sidecar:
    """What lies beside a scan says; `axis` and `affine` are None where that is nothing, or cannot be used.

    `doubts` are those that it tells of the scan, and those about itself.
    """

    axis: FrameAxis | None = None
    modality: str = ""
    spacing: tuple[float, float, float] | None = None
    affine: Affine | None = None
    doubts: tuple[Doubt, ...] = field(default=())
    files: tuple[Path, ...] = ()


def sidecar_path(scan: Path) -> Path:
    """Where the side-car of a scan lies; `.nii.gz` counts as one ending."""
    name = scan.name
    stem = name[: -len(".gz")] if name.lower().endswith(".gz") else name
    return scan.with_name(Path(stem).stem + ".json")


def read_sidecar(scan: Path, frames: int) -> Sidecar:
    """What lies beside a scan of so many frames; what is wrong in it becomes a doubt, never a failure."""
    path, doubts = sidecar_path(scan), list[Doubt]()
    values = _values(path, doubts) if path.is_file() else {}
    b_values = path.with_suffix(".bval")
    diffusion = read_b_values(b_values, frames, doubts) if frames > 1 and b_values.is_file() else None
    return Sidecar(
        axis=axis_told(values, frames, path.name, diffusion, doubts),
        modality=_word(values.get("Modality")),
        spacing=_spacing(values, path.name, doubts),
        affine=_affine(values, path.name, doubts),
        doubts=(*doubts_told(values, path.name), *doubts),
        files=_beside(path, frames),
    )


def _beside(path: Path, frames: int) -> tuple[Path, ...]:
    endings = (".json", ".bval", ".bvec") if frames > 1 else (".json",)
    return tuple(file for file in map(path.with_suffix, endings) if file.is_file())


def _values(path: Path, doubts: list[Doubt]) -> dict[str, Any]:
    try:
        return _object(path)
    except (OSError, ValueError, RecursionError) as failure:
        reason = next(iter(str(failure).splitlines()), "") or "it is nested too deeply"
        doubts.append(Doubt("sidecar", f"{path.name} cannot be used: {reason}"))
        return {}


def write_sidecar(scan: Path, volume: Volume, *, geometry: bool = False) -> None:
    """Write what the scan's own format cannot hold, `geometry` too; nothing where there is nothing to say."""
    path = sidecar_path(scan)
    values: dict[str, Any] = {"Modality": volume.facts.modality} if volume.facts.modality else {}
    name = next((name for name, kind in TIMES.items() if kind == volume.frame_axis.kind), None)
    if name is not None and volume.frame_axis.values:
        values[name] = [value / 1000 for value in volume.frame_axis.values]
    if volume.frame_axis.kind == "b-value" and volume.frame_axis.values:
        values[B_VALUE] = list(volume.frame_axis.values)
    if geometry:
        values["affine"] = volume.affine.tolist()
    if doubts := told(volume.facts.doubts):
        values[DOUBTS] = doubts
    if values or path.exists():
        write_text(path, json.dumps(values, indent=2, sort_keys=True) + "\n")


def _object(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise ValueError("it is too large to be a side-car")
    values = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(values, dict):
        raise ValueError("it holds no named values")
    return values


def _spacing(values: dict[str, Any], name: str, doubts: list[Doubt]) -> tuple[float, float, float] | None:
    if "spacing" not in values:
        return None
    sizes = numbers(values["spacing"])
    if sizes is None or len(sizes) != 3 or not usable(np.diag([*sizes, 1.0])) or min(sizes) <= 0:
        doubts.append(Doubt("sidecar", f"spacing in {name} is not three sizes in millimetres"))
        return None
    return (sizes[0], sizes[1], sizes[2])


def _affine(values: dict[str, Any], name: str, doubts: list[Doubt]) -> Affine | None:
    if "affine" not in values:
        return None
    rows = values["affine"]
    read = [numbers(row) for row in rows] if isinstance(rows, list) else []
    if len(read) == 4 and all(row is not None and len(row) == 4 for row in read):
        affine = np.array(read, dtype=np.float64)
        if usable(affine):
            return affine
    doubts.append(Doubt("sidecar", f"affine in {name} is not a 4x4 matrix that can be inverted"))
    return None


def _word(value: Any) -> str:
    return value if isinstance(value, str) and value.isalnum() and len(value) <= 16 else ""
