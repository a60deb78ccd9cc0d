"""What is laid over a scan: a map, a mask, a heatmap, another scan."""

from dataclasses import dataclass
from typing import Literal

from engine.pictures.overlay import Overlay

LayerKind = Literal["map", "mask", "heatmap", "scan"]
Way = Literal["whole", "swipe", "checkers"]


@dataclass(frozen=True)
class Region:
    """Where in a view a layer is drawn: everywhere, beyond a line, or on every other field of a board.

    `share` is where across the view the line of a swipe stands, from 0 to 1; `fields` counts those of the board along
    the shorter side of the picture.
    """

    way: Way = "whole"
    share: float = 0.5
    fields: int = 8


WHOLE = Region()


@dataclass(frozen=True, eq=False)
class Layer:
    """`key` tells it from the other layers of a scan, and stays while its look changes; `name` is for people.

    The overlay's volume lies where its own affine puts it. `unit` is that of its values, if they have one.
    """

    key: str
    name: str
    kind: LayerKind
    overlay: Overlay
    unit: str = ""
    shown: bool = True
    region: Region = WHOLE
