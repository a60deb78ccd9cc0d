"""From scans, files and maps to layers with a look that suits them."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.control import Control
from engine.errors import LayerError
from engine.imaging import inspect, open_scan
from engine.imaging.sidecar import sidecar_path
from engine.imaging.volume import Volume
from engine.maps.maps import Maps
from engine.pictures.labels import Label, labels_in
from engine.pictures.layer import Layer, LayerKind
from engine.pictures.layer_frames import should_follow
from engine.pictures.layer_kind import kind_of
from engine.pictures.layer_look import brightest, look_of
from engine.pictures.layer_place import placed_over


def layer_of_file(
    path: Path,
    over: Volume | None = None,
    *,
    kind: LayerKind | None = None,
    key: str = "",
    frame: int | None = None,
    control: Control | None = None,
) -> Layer:
    """The one scan of a file or folder as a layer, over a scan if it is given.

    Its `kind` is found by its values and its name where it is not told; `frame` counts from 0.

    ReadError or LayerError say what is wrong with which file; Cancelled when asked.
    """
    control = control or Control()
    volume = open_scan(inspect(path).source).load(None, lambda *_: control.check(), control)
    control.check()
    quantity, unit = _told_beside(path)
    chosen = kind or ("map" if unit else kind_of(volume, path.name))
    name, key = quantity or path.name, key or str(path)
    try:
        _need_values(volume)
        return layer_of_volume(volume, name, chosen, over, key=key, unit=unit, frame=_frame_of(volume, frame))
    except LayerError as failure:
        raise LayerError(failure.what, hint=failure.hint, path=path) from failure


def layer_of_scan(
    volume: Volume,
    name: str,
    over: Volume | None = None,
    *,
    kind: LayerKind = "scan",
    key: str = "",
    frame: int | None = None,
) -> Layer:
    """Another scan as a layer: grey, or hot from nuclear medicine; LayerError where it cannot lie there."""
    return layer_of_volume(volume, name, kind, over, key=key, unit=volume.facts.unit, frame=frame)


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

    Without a `frame` it follows the scan beneath where their frames belong together, and shows else the brightest of
    a scan, or the first.
    """
    placed = volume if over is None else placed_over(volume, over)
    follows = frame is None and (over is None or should_follow(placed, over))
    if frame is None:
        frame = brightest(volume) if kind == "scan" else 0
    overlay = look_of(kind, placed, min(frame, volume.frames - 1))
    return Layer(key or name, name, kind, overlay, unit, follows=follows, labels=_labels(kind, placed))


def recast(layer: Layer, kind: LayerKind) -> Layer:
    """The same layer as one of another kind, with the look that suits it."""
    volume = layer.overlay.volume
    overlay = look_of(kind, volume, layer.overlay.frame)
    return replace(layer, kind=kind, overlay=overlay, labels=_labels(kind, volume))


def _labels(kind: LayerKind, volume: Volume) -> tuple[Label, ...]:
    return labels_in(volume.array) if kind == "mask" else ()


def _frame_of(volume: Volume, frame: int | None) -> int | None:
    if frame is not None and not 0 <= frame < volume.frames:
        raise LayerError(f"it has no frame {frame + 1}", hint=f"It has {volume.frames}, which count from 1.")
    return frame


def _need_values(volume: Volume) -> None:
    if not any(np.isfinite(plane).any() for frame in volume.array for plane in frame):
        raise LayerError("none of its voxels has a value", hint="Was it written empty? Choose another file.")


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
