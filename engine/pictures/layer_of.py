"""From scans, files and maps to layers with a look that suits them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from engine.control import Control
from engine.errors import LayerError
from engine.imaging import inspect, open_scan
from engine.imaging.sidecar import sidecar_path
from engine.imaging.volume import Array, Volume
from engine.maps.maps import Maps
from engine.pictures.colours import MAPS
from engine.pictures.layer import Layer, LayerKind
from engine.pictures.layer_kind import is_signed, kind_of, labels_of
from engine.pictures.layer_place import placed_over
from engine.pictures.overlay import Overlay
from engine.pictures.window import SAMPLES, auto_window, sampled

NUCLEAR = ("PT", "PET", "NM", "ST", "SPECT")
LOW, HIGH = 2, 98
TOP = 99.5
OF_A_MASK, OF_A_SCAN = 0.5, 0.5


def layer_of_file(
    path: Path,
    over: Volume | None = None,
    *,
    kind: LayerKind | None = None,
    key: str = "",
    frame: int | None = None,
    control: Control | None = None,
) -> Layer:
    """The one scan of a file or folder as a layer, over a scan if it is given; its kind by its values.

    ReadError or LayerError say what is wrong with which file; Cancelled when asked.
    """
    control = control or Control()
    volume = open_scan(inspect(path).source).load(None, lambda *_: control.check(), control)
    control.check()
    quantity, unit = _told_beside(path)
    chosen = kind or ("map" if unit else kind_of(volume))
    try:
        return layer_of_volume(
            volume, quantity or path.name, chosen, over, key=key or str(path), unit=unit, frame=frame
        )
    except LayerError as failure:
        raise LayerError(failure.what, hint=failure.hint, path=path) from failure


def layer_of_scan(
    volume: Volume, name: str, over: Volume | None = None, *, key: str = "", frame: int | None = None
) -> Layer:
    """Another scan as a layer: grey, or hot from nuclear medicine; LayerError where it cannot lie there."""
    return layer_of_volume(volume, name, "scan", over, key=key, unit=volume.facts.unit, frame=frame)


def layers_of_maps(maps: Maps, key: Callable[[str], str] = str) -> tuple[Layer, ...]:
    """The four maps as layers: relaxation time, its rate, M0, goodness of fit; `key` names each by its file ending."""
    return tuple(layer_of_volume(one.volume, one.name, "map", key=key(one.ending), unit=one.unit) for one in maps)


def layer_of_volume(
    volume: Volume,
    name: str,
    kind: LayerKind,
    over: Volume | None = None,
    *,
    key: str = "",
    unit: str = "",
    frame: int | None = None,
) -> Layer:
    """Any volume as a layer of a kind, with the look that suits its values; LayerError where it cannot lie there.

    Without a `frame` it is the brightest of a scan, and else the first.
    """
    placed = volume if over is None else placed_over(volume, over)
    if frame is None:
        frame = _brightest(volume) if kind == "scan" else 0
    return Layer(key or name, name, kind, _LOOKS[kind](placed, min(frame, volume.frames - 1)), unit)


def _brightest(volume: Volume) -> int:
    """The frame with the highest mean; a course of time is looked at from its begin."""
    if volume.frames == 1 or volume.frame_axis.kind == "time":
        return 0
    samples = (sampled(frame, SAMPLES // volume.frames) for frame in volume.array)
    return int(np.argmax([values.mean() if values.size else -np.inf for values in samples]))


def _map_look(volume: Volume, frame: int) -> Overlay:
    low, high = _span(sampled(volume.array[frame]), LOW, HIGH)
    return Overlay(volume, low, high, frame, "viridis" if "viridis" in MAPS else "inferno", opacity=0.7)


def _mask_look(volume: Volume, frame: int) -> Overlay:
    labels = labels_of(volume) or (0, 1)
    return Overlay(volume, 0.0, float(max(labels[-1], 1)), frame, "mask", OF_A_MASK, threshold=0.5)


def _heat_look(volume: Volume, frame: int) -> Overlay:
    values = sampled(volume.array[frame])
    values = values[values != 0]
    reach = float(np.percentile(np.abs(values), TOP)) if values.size else 1.0
    low, colour_map = (-reach, "diverging") if is_signed(values) else (0.0, "inferno")
    return Overlay(volume, low, reach, frame, colour_map, opacity=0.7)


def _scan_look(volume: Volume, frame: int) -> Overlay:
    values = sampled(volume.array[frame])
    if volume.facts.modality.upper() in NUCLEAR:
        _, high = _span(values, 0, TOP)
        return Overlay(volume, 0.0, max(high, 1e-12), frame, _of("hot", "inferno"), opacity=0.7)
    window = auto_window(values)
    return Overlay(volume, window.low, window.high, frame, _of("grey", "inferno"), OF_A_SCAN)


_LOOKS: dict[LayerKind, Callable[[Volume, int], Overlay]] = {
    "map": _map_look,
    "mask": _mask_look,
    "heatmap": _heat_look,
    "scan": _scan_look,
}


def _of(wanted: str, otherwise: str) -> str:
    return wanted if wanted in MAPS else otherwise


def _span(values: Array, low: float, high: float) -> tuple[float, float]:
    """Two percentiles of the values that are more than background; from 0 to 1 where there are none."""
    if not values.size:
        return (0.0, 1.0)
    least, most = (float(value) for value in np.percentile(values, (low, high)))
    return (least, most) if most > least else (least, least + max(abs(least), 1.0))


def _told_beside(path: Path) -> tuple[str, str]:
    """The quantity and the unit that the side-car of a map tells, as `save_maps` writes it."""
    try:
        told: Any = json.loads(sidecar_path(path).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return ("", "")
    if not isinstance(told, dict) or "Model" not in told:
        return ("", "")
    quantity, unit = (str(told.get(name, "")) for name in ("Quantity", "Units"))
    return (quantity[:40], unit[:12])
