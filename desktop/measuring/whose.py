"""Whose values figures are, where more than one scan is looked at at once."""

from collections.abc import Callable

from engine.cohort.cohort import Scan
from engine.imaging.volume import Volume
from engine.pictures.layer import EVEN, Layer
from engine.pictures.layer_values import drawable
from engine.pictures.viewing import Viewing
from engine.pictures.wording import frame_words


def is_overlaid(viewing: Viewing) -> bool:
    """Whether values of something else are seen in the picture, too; a mask has none."""
    return any(layer.kind != "mask" and drawable(viewing, layer) for layer in viewing.layers)


def short_owner(scan: Scan, viewing: Viewing) -> str:
    """The scan that figures are of, as its pictures have room for: "T1, TR 200 ms"."""
    return f"{scan.role}{_of_frame(viewing.volume, viewing.frame)}"


def owner(scan: Scan, viewing: Viewing, named: Callable[[str], str]) -> str:
    """The same with the patient."""
    return f"Values of {named(scan.patient)} {short_owner(scan, viewing)}"


def measured_layer(viewing: Viewing) -> Layer | None:
    """The map or scan on top of what is shown over the scan."""
    there = (layer for layer in reversed(viewing.layers) if layer.kind in EVEN and drawable(viewing, layer))
    return next(there, None)


def layer_owner(layer: Layer, frame: int) -> str:
    """A layer that figures are of, with their unit."""
    unit = f" ({layer.unit})" if layer.unit else ""
    place = _of_frame(layer.overlay.volume, frame)
    name = f"the {layer.name} map" if layer.kind == "map" else layer.name
    return f"Values of {name}{'' if place[2:] in name else place}{unit}"


def seen(viewing: Viewing) -> tuple[object, ...]:
    """What of a viewing decides about the figures told; it keeps no volume."""
    layers = ((layer.key, layer.name, layer.unit, layer.shown, layer.overlay) for layer in viewing.layers)
    return (viewing.frame, *((*words, id(look.volume), look.frame) for *words, look in layers))


def _of_frame(volume: Volume, frame: int) -> str:
    return f", {frame_words(volume.frame_axis, frame)}" if volume.frames > 1 else ""
