"""What is laid over a scan: a map, a mask, a heatmap, another scan."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from engine.imaging.volume import Volume
from engine.pictures.labels import Label
from engine.pictures.layer_frames import frame_beside
from engine.pictures.overlay import LABELS, Overlay

LayerKind = Literal["map", "mask", "heatmap", "scan"]
KINDS: tuple[LayerKind, ...] = ("scan", "map", "heatmap", "mask")
Way = Literal["whole", "swipe", "checkers"]
EVEN: tuple[LayerKind, ...] = ("map", "scan")


@dataclass(frozen=True)
class Region:
    """Where in a view a layer is drawn: everywhere, beyond a line, or on every other field of a board.

    `share` is where across the view the line of a swipe stands, from 0 to 1, and what lies right of it is drawn;
    `fields` counts those of the board along the shorter side of the picture, of which the first shows the scan.
    """

    way: Way = "whole"
    share: float = 0.5
    fields: int = 8


WHOLE = Region()


@dataclass(frozen=True, eq=False)
class Layer:
    """`key` tells it from the other layers of a scan, and stays while its look changes; `name` is for people.

    The overlay's volume lies where its own affine puts it. `unit` is that of its values, if they have one, `labels`
    what a mask holds. Where it `follows`, it shows the frame that belongs to that of the scan beneath, if there is one.
    """

    key: str
    name: str
    kind: LayerKind
    overlay: Overlay
    unit: str = ""
    shown: bool = True
    region: Region = WHOLE
    follows: bool = True
    labels: tuple[Label, ...] = ()

    @cached_property
    def look(self) -> Overlay:
        """The overlay as its kind is drawn: maps and scans evenly, a mask by labels."""
        if self.kind == "mask":
            return replace(self.overlay, colour_map=LABELS)
        return replace(self.overlay, even=True) if self.kind in EVEN else self.overlay

    @property
    def hides(self) -> bool:
        """Whether nothing beneath is seen where it is drawn, with black where it has no values: a scan on its side."""
        return self.kind == "scan" and self.region.way != "whole"

    def frame_over(self, volume: Volume, frame: int) -> int:
        """Which of its frames lies over a frame of a scan."""
        own = self.overlay.volume
        beside = frame_beside(own, volume, frame) if self.follows else None
        return min(max(self.overlay.frame, 0), own.frames - 1) if beside is None else beside
