"""How a volume looks as a layer of a kind, by its values."""

from collections.abc import Callable

import numpy as np

from engine.imaging.volume import Array, Volume
from engine.pictures.colours import MAPS
from engine.pictures.labels import GREATEST_LABEL
from engine.pictures.layer import LayerKind
from engine.pictures.layer_kind import is_signed
from engine.pictures.overlay import LABELS, Overlay
from engine.pictures.window import SAMPLES, auto_window, sampled

NUCLEAR = ("PT", "PET", "NM", "ST", "SPECT")
LOW, HIGH = 2, 98
TOP = 99.5
OF_A_MASK, OF_A_SCAN, OF_COLOURS = 0.5, 0.5, 0.7


def look_of(kind: LayerKind, volume: Volume, frame: int) -> Overlay:
    """The look that suits the values of a frame."""
    return _LOOKS[kind](volume, frame)


def brightest(volume: Volume) -> int:
    """The frame with the highest mean; a course of time is looked at from its begin."""
    if volume.frames == 1 or volume.frame_axis.kind == "time":
        return 0
    samples = (sampled(frame, SAMPLES // volume.frames) for frame in volume.array)
    return int(np.argmax([values.mean() if values.size else -np.inf for values in samples]))


def _map_look(volume: Volume, frame: int) -> Overlay:
    low, high = _span(sampled(volume.array[frame]), LOW, HIGH)
    return Overlay(volume, low, high, frame, _of("viridis", "inferno"), OF_COLOURS)


def _mask_look(volume: Volume, frame: int) -> Overlay:
    """Of all frames, so that a label has the same colour in each."""
    greatest = max((_greatest(plane) for one in volume.array for plane in one), default=1.0)
    return Overlay(volume, 0.0, min(max(greatest, 1.0), GREATEST_LABEL), frame, LABELS, OF_A_MASK, threshold=0.5)


def _greatest(values: Array) -> float:
    known = values[np.isfinite(values)]
    return float(np.rint(known.max())) if known.size else 1.0


def _heat_look(volume: Volume, frame: int) -> Overlay:
    values = sampled(volume.array[frame])
    values = values[values != 0]
    reach = float(np.percentile(np.abs(values), TOP)) if values.size else 1.0
    low, colour_map = (-reach, "diverging") if is_signed(values) else (0.0, "inferno")
    return Overlay(volume, low, reach, frame, colour_map, OF_COLOURS)


def _scan_look(volume: Volume, frame: int) -> Overlay:
    values = sampled(volume.array[frame])
    if volume.facts.modality.upper() in NUCLEAR:
        _, high = _span(values, 0, TOP)
        return Overlay(volume, 0.0, max(high, 1e-12), frame, _of("hot", "inferno"), OF_COLOURS)
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
    """Two percentiles of the values; from 0 to 1 where there are none."""
    if not values.size:
        return (0.0, 1.0)
    least, most = (float(value) for value in np.percentile(values, (low, high)))
    return (least, most) if most > least else (least, least + max(abs(least), 1.0))
