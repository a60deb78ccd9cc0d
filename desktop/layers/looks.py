"""How layers were last looked at, so that the next patient's look alike."""

from dataclasses import fields, replace
from typing import Any

from engine.pictures.layer import Layer
from engine.pictures.overlay import Overlay

NOT_LOOK = ("volume", "frame")
LOOK = tuple(field.name for field in fields(Overlay) if field.name not in NOT_LOOK)


class Looks:
    """By key of the layer and role of the scan below: only what somebody changed, for all else suits each volume."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], dict[str, Any]] = {}

    def remember(self, role: str, before: Layer, after: Layer) -> None:
        """Keep what differs."""
        kept = self._kept.setdefault((role, after.key), {})
        for name in LOOK:
            if getattr(before.overlay, name) != getattr(after.overlay, name):
                kept[name] = getattr(after.overlay, name)
        if before.shown != after.shown:
            kept["shown"] = after.shown

    def worn(self, role: str, layer: Layer) -> Layer:
        """The layer as its like was last looked at."""
        kept = dict(self._kept.get((role, layer.key), {}))
        shown = kept.pop("shown", layer.shown)
        overlay = replace(layer.overlay, **kept)
        if not overlay.low < overlay.high:
            overlay = replace(overlay, low=layer.overlay.low, high=layer.overlay.high)
        return replace(layer, shown=shown, overlay=overlay)

    def drop(self, role: str, key: str) -> None:
        """Begin anew with what suits the volume."""
        self._kept.pop((role, key), None)

    def forget(self) -> None:
        """Keep nothing."""
        self._kept = {}
