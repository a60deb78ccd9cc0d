"""Another scan as a layer over the one in front, and what has to be said of where it lies."""

from dataclasses import dataclass, replace

import numpy as np

from desktop.comparing.comparison import Comparison
from desktop.comparing.link import NOWHERE, offset_to
from engine.cohort.cohort import Scan
from engine.imaging.volume import Volume
from engine.pictures.doubt import unsure_of
from engine.pictures.layer import Layer
from engine.pictures.layer_place import placed_over
from engine.pictures.overlay import Overlay
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window

KEY = "compare"
CENTRED = "laid centre to centre: not registered"
ON_PIXEL = "Laid pixel on pixel: the files do not say how they lie in the body"
APART = "Different frames of reference: what lies at one place need not be the same"
SIZES = "Sizes not certain: it may lie off its place"
UNLINKED = "Not linked: the files do not say how both lie in the body"
UNLINKED_SPACES = "Not linked: different frames of reference"
LINKED = "Not registered: linked from centre to centre"
LINKED_SIZES = "Sizes not certain: they may lie off each other's place"
LINKED_PIXELS = "Not registered: linked pixel on pixel"
UNLIKE = "Their grids differ, and the files do not say how they lie in the body"


@dataclass(frozen=True, eq=False)
class LaidScan:
    """A `volume` as it lies over a `base`; `source` is what it was before, `note` what has to be known of it."""

    base: Volume
    source: Volume
    volume: Volume
    note: str = ""


def laid_over(base: Volume, other: Volume, whose: str = "") -> LaidScan:
    """Another volume over one; of another patient, who is `whose`, centre on centre. LayerError where it cannot lie."""
    if any(unsure_of(volume).sides for volume in (base, other)):
        return LaidScan(base, other, placed_over(other, base), ON_PIXEL)
    if not whose:
        return LaidScan(base, other, placed_over(other, base), _note(base, other))
    offset = np.array(offset_to(base, other, same_patient=False) or NOWHERE)
    affine = other.affine.copy()
    affine[:3, 3] -= offset
    return LaidScan(base, other, replace(other, affine=affine), f"{whose} {CENTRED}")


def layer_of(laid: LaidScan, comparison: Comparison, name: str, window: Window, frame: int) -> Layer:
    """The layer that shows it, through a window of its own."""
    overlay = Overlay(laid.volume, window.low, window.high, frame, "grey", comparison.opacity, inverted=window.inverted)
    return Layer(KEY, name, "scan", overlay, region=comparison.region, follows=False)


def window_of(layer: Layer) -> Window:
    """The window that it is seen through."""
    overlay = layer.overlay
    return Window.between(overlay.low, overlay.high, overlay.inverted)


def renewed(before: Layer | None, layer: Layer) -> Layer:
    """The layer with the overlay it had before, where that looks the same: what was drawn of it can be kept."""
    if before is None or _look(before.overlay) != _look(layer.overlay):
        return layer
    unchanged = (before.name, before.region) == (layer.name, layer.region)
    return before if unchanged else replace(layer, overlay=before.overlay)


def can_be_laid(front: Scan, other: Scan) -> str:
    """Why a scan cannot be laid over another, as far as that is known before it is read; empty where it can."""
    doubts = (*front.doubts, *other.doubts)
    unsure = any(doubt.kind == "orientation" and doubt.severity != "note" for doubt in doubts)
    return UNLIKE if unsure and front.shape != other.shape else ""


def note_beside(front: Viewing, other: Viewing, *, same_patient: bool) -> str:
    """What has to be known of two scans beside each other."""
    if same_patient and front.volume.facts.elsewhere(other.volume.facts):
        return UNLINKED_SPACES
    if offset_to(front.volume, other.volume, same_patient=same_patient) is None:
        return UNLINKED
    if not same_patient:
        return LINKED_PIXELS if unsure_of(front.volume).sides else LINKED
    unsure = any(unsure_of(viewing.volume).sizes for viewing in (front, other))
    return LINKED_SIZES if unsure else ""


def layer_in(viewing: Viewing | None) -> Layer | None:
    """The scan laid over what is looked at."""
    layers = () if viewing is None else viewing.layers
    return next((layer for layer in layers if layer.key == KEY), None)


def _note(base: Volume, other: Volume) -> str:
    """What has to be known of a scan of the same patient that lies where its file puts it."""
    if base.facts.elsewhere(other.facts):
        return APART
    return SIZES if any(unsure_of(volume).sizes for volume in (base, other)) else ""


def _look(overlay: Overlay) -> tuple[object, ...]:
    return (overlay.volume, overlay.frame, *overlay.colouring)
