"""Windows by name: the usual ones of a modality, or shares of the values of a scan that has no scale of its own."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.imaging.volume import Array, Volume
from engine.pictures.window import HIGH, LOW, Window, first_window, full_window

AUTOMATIC, FULL = "Automatic", "Full range"
SOFTER = 1.6


@dataclass(frozen=True)
class Preset:
    """A window by name."""

    name: str
    window: Window


Made = Callable[[Array], tuple[Preset, ...]]

HOUNSFIELD = (
    Preset("Brain", Window(40, 80)),
    Preset("Subdural", Window(75, 215)),
    Preset("Stroke", Window(40, 40)),
    Preset("Lung", Window(-600, 1500)),
    Preset("Mediastinum", Window(50, 350)),
    Preset("Soft tissue", Window(50, 400)),
    Preset("Liver", Window(30, 150)),
    Preset("Bone", Window(400, 1800)),
    Preset("Angiography", Window(300, 600)),
)
SUV = (Preset("SUV 0 to 5", Window(2.5, 5)), Preset("SUV 0 to 10", Window(5, 10)))
SUV_UNITS = ("GML", "CM2ML", "G/ML")


def presets(volume: Volume, sample: Array, auto: Window | None = None) -> tuple[Preset, ...]:
    """The windows offered for a volume: first from its own values (`auto` where it is known), then by its modality.

    Hounsfield units are meant only where the modality is CT.
    """
    own = (Preset(AUTOMATIC, auto or first_window(volume, sample)), Preset(FULL, full_window(sample)))
    if volume.colour is not None or not sample.size:
        return own
    return own + _usual(volume.facts.modality.upper(), volume.facts.unit.upper(), sample)


def _usual(modality: str, unit: str, sample: Array) -> tuple[Preset, ...]:
    if modality == "CT":
        return HOUNSFIELD
    if modality == "PT" and unit in SUV_UNITS:
        return SUV
    made = BY_MODALITY.get(modality)
    return () if made is None else made(sample)


def _magnetic(sample: Array) -> tuple[Preset, ...]:
    """Of MR, whose values have no scale."""
    low, high, brighter = np.percentile(sample, (LOW, HIGH, 95))
    soft = Window.between(float(low), float(low + SOFTER * (high - low)))
    return (Preset("Soft", soft), Preset("Bright", Window.between(float(low), float(brighter))))


def _radiographic(sample: Array) -> tuple[Preset, ...]:
    """Of X-rays: bone is bright, soft tissue in the middle; the least and greatest values are air and markers."""
    low, thin, dense, high = np.percentile(sample, (LOW, 40, 85, 99.9))
    return (
        Preset("Bone", Window.between(float(thin), float(high))),
        Preset("Soft tissue", Window.between(float(low), float(dense))),
    )


def _emitted(sample: Array) -> tuple[Preset, ...]:
    """Of what a tracer sends: nothing is black, however much there is of it."""
    hot, hotter = np.percentile(sample, (99, 99.9))
    return (
        Preset("From 0 to 99 %", Window.between(0.0, max(float(hot), 0.0))),
        Preset("From 0 to 99.9 %", Window.between(0.0, max(float(hotter), 0.0))),
    )


BY_MODALITY: dict[str, Made] = {
    "MR": _magnetic,
    **dict.fromkeys(("CR", "DX", "MG", "IO", "PX", "RG", "XA", "RF"), _radiographic),
    **dict.fromkeys(("PT", "NM", "ST"), _emitted),
}
