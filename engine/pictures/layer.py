"""What is laid over a scan: a map, a mask, a heatmap, another scan."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from engine.imaging.volume import Volume
from engine.pictures.overlay import LABELS, Overlay

LayerKind = Literal["map", "mask", "heatmap", "scan"]
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

    The overlay's volume lies where its own affine puts it. `unit` is that of its values, if they have one. Where it
    `follows`, a volume with as many frames as the scan beneath shows the same one of them, unless it is that scan.
    """

    key: str
    name: str
    kind: LayerKind
    overlay: Overlay
    unit: str = ""
    shown: bool = True
    region: Region = WHOLE
    follows: bool = True

    @cached_property
    def look(self) -> Overlay:
        """The overlay as its kind is drawn: maps and scans evenly, a mask by labels."""
        if self.kind == "mask":
            return replace(self.overlay, colour_map=LABELS)
        return replace(self.overlay, even=True) if self.kind in EVEN else self.overlay

    def frame_over(self, volume: Volume, frame: int) -> int:
        """Which of its frames lies over a frame of a scan."""
        own = self.overlay.volume
        if self.follows and own.frames == volume.frames and own.array is not volume.array:
            return frame
        return min(max(self.overlay.frame, 0), own.frames - 1)
