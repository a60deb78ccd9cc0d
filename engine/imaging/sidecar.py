"""The files beside a scan, named as in BIDS: `T2.json` and, of diffusion, `T2.bval` beside `T2.nii.gz`."""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from engine.files import write_text
from engine.imaging.b_values import read_b_values
from engine.imaging.doubt import Doubt
from engine.imaging.geometry import usable
from engine.imaging.volume import Affine, FrameAxis, FrameKind, Volume

_LARGEST = 4 << 20
_KINDS: dict[str, FrameKind] = {
    "EchoTime": "echo time",
    "RepetitionTime": "repetition time",
    "InversionTime": "inversion time",
    "VolumeTiming": "time",
}
_B_VALUE = "DiffusionBValue"
_LONGEST_ECHO_S = 5.0


@dataclass(frozen=True)
class Sidecar:
    """What lies beside a scan says; `axis` and `affine` are None where that is nothing, or cannot be used."""

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
        axis=_axis(values, frames, path.name, diffusion, doubts),
        modality=_word(values.get("Modality")),
        spacing=_spacing(values, path.name, doubts),
        affine=_affine(values, path.name, doubts),
        doubts=tuple(doubts),
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
    """Write what the scan's own format cannot hold; nothing is written where there is nothing to say."""
    path = sidecar_path(scan)
    values: dict[str, Any] = {"Modality": volume.facts.modality} if volume.facts.modality else {}
    name = next((name for name, kind in _KINDS.items() if kind == volume.frame_axis.kind), None)
    if name is not None and volume.frame_axis.values:
        values[name] = [value / 1000 for value in volume.frame_axis.values]
    if volume.frame_axis.kind == "b-value" and volume.frame_axis.values:
        values[_B_VALUE] = list(volume.frame_axis.values)
    if geometry:
        values["affine"] = volume.affine.tolist()
    if values or path.exists():
        write_text(path, json.dumps(values, indent=2, sort_keys=True) + "\n")


def _object(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise ValueError("it is too large to be a side-car")
    values = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(values, dict):
        raise ValueError("it holds no named values")
    return values


def _axis(
    values: dict[str, Any], frames: int, name: str, diffusion: FrameAxis | None, doubts: list[Doubt]
) -> FrameAxis | None:
    """The listed time, or diffusion weight, that changes from frame to frame; the first time where none does."""
    weights = _weights(values.get(_B_VALUE), frames) or diffusion
    changing = weights is not None and len(set(weights.values)) > 1
    times = _times(values, frames, name, doubts)
    return next((axis for axis in times if len(set(axis.values)) > 1), weights if changing else (times or [None])[0])


def _weights(listed: Any, frames: int) -> FrameAxis | None:
    weights = _numbers(listed)
    if weights is None or len(weights) != frames or min(weights) < 0:
        return None
    return FrameAxis("b-value", weights)


def _times(values: dict[str, Any], frames: int, name: str, doubts: list[Doubt]) -> list[FrameAxis]:
    lists = {key: values[key] for key in _KINDS if isinstance(values.get(key), list)}
    axes = []
    for key, listed in lists.items():
        times = _milliseconds(listed, zero=key == "VolumeTiming")
        if times is None:
            doubts.append(Doubt("sidecar", f"{key} in {name} is not a list of times in seconds"))
        elif len(times) != frames:
            doubts.append(Doubt("sidecar", f"{key} in {name} lists {len(times)} values for {frames} frames"))
        else:
            axes.append(FrameAxis(_KINDS[key], times))
            if key == "EchoTime" and max(times) > 1000 * _LONGEST_ECHO_S:
                doubts.append(Doubt("sidecar", f"{key} in {name} looks like milliseconds; it is read as seconds"))
    return axes


def _milliseconds(listed: list[Any], *, zero: bool) -> tuple[float, ...] | None:
    times = _numbers(listed)
    if times is None or any(time < 0 or (time == 0 and not zero) for time in times):
        return None
    return tuple(round(1000 * time, 6) for time in times)


def _spacing(values: dict[str, Any], name: str, doubts: list[Doubt]) -> tuple[float, float, float] | None:
    if "spacing" not in values:
        return None
    sizes = _numbers(values["spacing"])
    if sizes is None or len(sizes) != 3 or not usable(np.diag([*sizes, 1.0])) or min(sizes) <= 0:
        doubts.append(Doubt("sidecar", f"spacing in {name} is not three sizes in millimetres"))
        return None
    return (sizes[0], sizes[1], sizes[2])


def _affine(values: dict[str, Any], name: str, doubts: list[Doubt]) -> Affine | None:
    if "affine" not in values:
        return None
    rows = values["affine"]
    numbers = [_numbers(row) for row in rows] if isinstance(rows, list) else []
    if len(numbers) == 4 and all(row is not None and len(row) == 4 for row in numbers):
        affine = np.array(numbers, dtype=np.float64)
        if usable(affine):
            return affine
    doubts.append(Doubt("sidecar", f"affine in {name} is not a 4x4 matrix that can be inverted"))
    return None


def _numbers(listed: Any) -> tuple[float, ...] | None:
    if not isinstance(listed, list):
        return None
    plain = [value for value in listed if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(plain) != len(listed) or any(abs(value) > 1e9 or math.isnan(value) for value in plain):
        return None
    return tuple(float(value) for value in plain)


def _word(value: Any) -> str:
    return value if isinstance(value, str) and value.isalnum() and len(value) <= 16 else ""
