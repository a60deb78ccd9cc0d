"""How layers were last looked at, so that the next patient's look alike."""

from dataclasses import fields, replace
from typing import Any

from engine.pictures.layer import Layer, LayerKind
from engine.pictures.overlay import Overlay

NOT_LOOK = ("volume", "frame")
LOOK = tuple(field.name for field in fields(Overlay) if field.name not in NOT_LOOK)


class Looks:
    """By key of the layer and role of the scan below: only what somebody changed, for all else suits each volume."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], dict[str, Any]] = {}
        self._kinds: dict[tuple[str, str], LayerKind] = {}

    def remember(self, role: str, before: Layer, after: Layer) -> None:
        """Keep what differs."""
        kept = self._kept.setdefault((role, after.key), {})
        for name in LOOK:
            if getattr(before.overlay, name) != getattr(after.overlay, name):
                kept[name] = getattr(after.overlay, name)
        if before.shown != after.shown:
            kept["shown"] = after.shown
        if (before.follows, before.overlay.frame) != (after.follows, after.overlay.frame):
            kept |= {"follows": after.follows, "frame": after.overlay.frame}

    def worn(self, role: str, layer: Layer) -> Layer:
        """The layer as its like was last looked at."""
        kept = dict(self._kept.get((role, layer.key), {}))
        shown, follows = kept.pop("shown", layer.shown), kept.pop("follows", layer.follows)
        if "frame" in kept:
            kept["frame"] = min(kept["frame"], layer.overlay.volume.frames - 1)
        overlay = replace(layer.overlay, **kept)
        if not overlay.low < overlay.high:
            overlay = replace(overlay, low=layer.overlay.low, high=layer.overlay.high)
        return replace(layer, shown=shown, follows=follows, overlay=overlay)

    def drop(self, role: str, key: str) -> None:
        """Begin anew with what suits the volume."""
        self._kept.pop((role, key), None)
        self._kinds.pop((role, key), None)

    def recast(self, role: str, key: str, kind: LayerKind) -> None:
        """It is of this kind, and looks as suits that; its frame is as before."""
        kept = self._kept.pop((role, key), {})
        self._kept[role, key] = {name: value for name, value in kept.items() if name not in LOOK}
        self._kinds[role, key] = kind

    def kind(self, role: str, key: str) -> LayerKind | None:
        """The kind that somebody chose."""
        return self._kinds.get((role, key))

    def forget(self) -> None:
        """Keep nothing."""
        self._kept, self._kinds = {}, {}
