"""Looks by name: a rendering mode with its transfer function, for CT in Hounsfield units, else by the window."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.volume.look import Look, Mode
from desktop.volume.transfer import Colour, Point, Transfer
from engine.pictures.window import Window

Places = tuple[tuple[float, float, Colour], ...]

BONE: Places = (
    (120, 0.0, (120, 60, 40)),
    (220, 0.04, (170, 96, 66)),
    (340, 0.35, (226, 196, 150)),
    (700, 0.75, (245, 234, 212)),
    (1800, 0.95, (255, 252, 244)),
)
SOFT_TISSUE: Places = (
    (-160, 0.0, (120, 72, 58)),
    (-60, 0.015, (196, 140, 104)),
    (20, 0.06, (190, 92, 76)),
    (120, 0.16, (206, 110, 92)),
    (260, 0.5, (238, 216, 180)),
    (1200, 0.9, (255, 250, 240)),
)
# By the window: 0 is black and 1 white.
ANGIO: Places = (
    (0.5, 0.0, (110, 20, 14)),
    (0.72, 0.10, (196, 62, 40)),
    (0.92, 0.55, (246, 176, 120)),
    (1.2, 0.9, (255, 244, 226)),
)
BRAIN: Places = (
    (0.16, 0.0, (90, 70, 62)),
    (0.30, 0.10, (148, 120, 108)),
    (0.52, 0.34, (200, 176, 160)),
    (0.78, 0.62, (236, 224, 212)),
    (1.1, 0.85, (255, 252, 246)),
)


@dataclass(frozen=True)
class Preset:
    """`make` gives mode and transfer function from the scan's window."""

    name: str
    mode: Mode
    make: Callable[[Window], Transfer]
    modality: str = ""

    def applied(self, look: Look, window: Window) -> Look:
        """The look with this preset's mode and transfer function; the clip stays."""
        return replace(look, mode=self.mode, transfer=self.make(window), preset=self.name)


def _absolute(name: str, places: Places) -> Callable[[Window], Transfer]:
    return lambda _: Transfer(tuple(Point(*place) for place in places), name)


def _windowed(name: str, places: Places) -> Callable[[Window], Transfer]:
    def make(window: Window) -> Transfer:
        points = (Point(window.low + place * window.width, opacity, colour) for place, opacity, colour in places)
        return Transfer(tuple(points), name)

    return make


PRESETS = (
    Preset("CT bone", "composite", _absolute("CT bone", BONE), "CT"),
    Preset("CT soft tissue", "composite", _absolute("CT soft tissue", SOFT_TISSUE), "CT"),
    Preset("MR angio", "mip", _windowed("MR angio", ANGIO), "MR"),
    Preset("MR brain", "composite", _windowed("MR brain", BRAIN), "MR"),
    Preset("X-ray like", "average", _windowed("X-ray like", BRAIN)),
)


def offered(modality: str) -> tuple[Preset, ...]:
    """The presets that suit a modality; all of them where it is unknown."""
    kind = modality.upper()
    known = bool(kind) and any(preset.modality == kind for preset in PRESETS)
    return tuple(preset for preset in PRESETS if not known or preset.modality in ("", kind))


def first_look(modality: str, window: Window) -> Look:
    """What a scan of a modality is first seen as: the maximum, with the composite of its kind laid ready."""
    kind = "CT" if modality.upper() == "CT" else "MR"
    ready = next(preset for preset in PRESETS if preset.mode == "composite" and preset.modality == kind)
    return Look("mip", window, ready.make(window), iso=_surface(modality, window), preset="")


def _surface(modality: str, window: Window) -> float:
    return 300.0 if modality.upper() == "CT" else window.low + 0.4 * window.width
