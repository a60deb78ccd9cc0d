"""From wishes to layers; slow, so it runs off the GUI thread."""

from dataclasses import dataclass, replace
from pathlib import Path

from desktop.layers.maps_once import MapsOnce, Report
from desktop.layers.wish import QUANTITIES, Quantity
from desktop.viewer.loading import prepared
from engine.cohort.cohort import Scan
from engine.control import Control
from engine.errors import Cancelled, LayerError
from engine.imaging.volume import Volume
from engine.maps import Maps, save_maps
from engine.pictures.layer import Layer, LayerKind


@dataclass(frozen=True, eq=False)
class Mapped:
    """The maps of a scan, and the layers they become, by quantity."""

    maps: Maps
    layers: dict[Quantity, Layer]


def scan_layer(
    scan: Scan,
    there: Volume | None,
    name: str,
    key: str,
    kind: LayerKind | None,
    over: Volume,
    control: Control,
) -> Layer:
    """Another scan over this one, read unless it is `there` already."""
    from engine.imaging import open_scan
    from engine.pictures.layer_of import layer_of_scan

    if there is None:
        control.check()
        loaded = open_scan(scan.source).load(None, lambda *_: control.check(), control)
        control.check()
        there = prepared(loaded).volume
    control.check()
    try:
        return layer_of_scan(there, name, over, kind=kind or "scan", key=key)
    except LayerError as failure:
        raise LayerError(f"{name} cannot be laid over this scan: {failure.what}", hint=failure.hint) from failure


def file_layer(path: Path, key: str, kind: LayerKind | None, over: Volume, control: Control) -> Layer:
    """A file over this scan."""
    from engine.pictures.layer_of import layer_of_file

    made = layer_of_file(path, over, kind=kind, key=key, control=control)
    return replace(made, overlay=replace(made.overlay, volume=prepared(made.overlay.volume).volume))


def recast_layer(layer: Layer, kind: LayerKind, control: Control) -> Layer:
    """A layer as one of another kind."""
    from engine.pictures.layer_of import recast

    control.check()
    return recast(layer, kind)


def mapped(over: Volume, once: MapsOnce, report: Report, control: Control) -> Mapped | None:
    """The maps of this scan; None where the user ended the work."""
    from engine.pictures.layer_of import layers_of_maps

    try:
        maps = once.of(over, report, control)
    except Cancelled:
        return None
    return Mapped(maps, dict(zip(QUANTITIES, layers_of_maps(maps), strict=True)))


def saved(scan: Scan, maps: Maps, folder: Path) -> list[Path]:
    """Write the maps of a scan as `isocenter map` does: nothing is written over."""
    from engine.imaging import open_scan
    from engine.imaging.converting import file_name

    header = open_scan(scan.source).header
    return save_maps(maps, folder, file_name(replace(header, patient=scan.patient)))
