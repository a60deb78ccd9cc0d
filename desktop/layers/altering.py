"""What the panel wants of the layers in front, done to them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from desktop.layers.laying import Laying
from desktop.layers.panel import LayersPanel
from engine.pictures.layer import Layer


class Altering(QObject):
    """`front` tells the layers that the panel shows."""

    def __init__(self, panel: LayersPanel, front: Callable[[], Laying]) -> None:
        super().__init__(panel)
        self._front = front
        panel.altered.connect(self._look)
        panel.shown.connect(lambda key, shown: self._alter(key, lambda layer: replace(layer, shown=shown)))
        panel.turned_to.connect(self._frame)
        panel.recast.connect(lambda key, kind: front().recast(key, kind))
        panel.removed.connect(lambda wish: front().remove(wish))
        panel.moved.connect(lambda wish, by: front().move(wish, by))

    def _look(self, key: str, changes: dict[str, Any]) -> None:
        """Some of the overlay changed, by name."""
        colours = changes.get("colour_map")
        rest = {name: value for name, value in changes.items() if name != "colour_map"}

        def change(layer: Layer) -> Layer:
            overlay = layer.overlay if colours is None else layer.overlay.recoloured(colours)
            return replace(layer, overlay=replace(overlay, **rest))

        self._alter(key, change)

    def _frame(self, key: str, frame: int | None) -> None:
        """A fixed frame, or the one that belongs to the scan's."""

        def turn(layer: Layer) -> Layer:
            shown = layer.overlay.frame if frame is None else frame
            return replace(layer, follows=frame is None, overlay=replace(layer.overlay, frame=shown))

        self._alter(key, turn)

    def _alter(self, key: str, change: Callable[[Layer], Layer]) -> None:
        front = self._front()
        entry = front.entry(key)
        if entry is not None and entry.layer is not None:
            front.alter(change(entry.layer))
