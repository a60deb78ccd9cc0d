"""From a wish to work: what has to be made for it, or why it cannot be."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop.layers.making import Mapped, file_layer, scan_layer
from desktop.layers.quantities import quantity_name
from desktop.layers.wish import FileWish, MapWish, Wish
from desktop.layers.workshop import Workshop
from engine.cohort.cohort import Scan
from engine.imaging.volume import Volume
from engine.maps import MODELS, can_map
from engine.pictures.doubt import sentence
from engine.pictures.layer import LayerKind


@dataclass(frozen=True)
class Around:
    """What is known beside one pane: a patient's scan by name, the volume of a scan and the maps of a volume that are
    in memory already."""

    scan: Callable[[Scan, str], Scan | None]
    volume: Callable[[Scan], Volume | None]
    maps: Callable[[Volume], Mapped | None]


@dataclass(frozen=True, eq=False)
class Ground:
    """What layers lie over: a scan, all of it; `who` names its patient."""

    scan: Scan
    volume: Volume
    who: str


def name_of(wish: Wish, volume: Volume) -> str:
    """What a layer is called, also while there is none yet."""
    if isinstance(wish, MapWish):
        return quantity_name(volume, wish.quantity)
    return wish.path.name if isinstance(wish, FileWish) else wish.name


def order(wish: Wish, kind: LayerKind | None, ground: Ground, around: Around, workshop: Workshop) -> str:
    """Have the layer of a wish made, of a kind where that was chosen, or all maps; why it cannot be, else empty."""
    if isinstance(wish, MapWish):
        return _order_maps(ground, workshop)
    if isinstance(wish, FileWish):
        workshop.order(wish.key, partial(file_layer, wish.path, wish.key, kind, ground.volume))
        return ""
    other = around.scan(ground.scan, wish.name)
    if other is None or other.id == ground.scan.id:
        return f"This patient has no other scan {wish.name}."
    there = around.volume(other)
    workshop.order(wish.key, partial(scan_layer, other, there, wish.name, wish.key, kind, ground.volume))
    return ""


def _order_maps(ground: Ground, workshop: Workshop) -> str:
    if reason := can_map(ground.volume):
        return sentence(f"there is no such map, for {reason}")
    name = MODELS[ground.volume.frame_axis.kind].name
    workshop.order_maps(ground.volume, f"{name} map of {ground.who} {ground.scan.role}")
    return ""
