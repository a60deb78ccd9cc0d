"""How a volume is drawn, apart from where it is looked at from."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from desktop.volume.clip import WHOLE, Clip
from desktop.volume.transfer import IVORY, Colour, Transfer
from engine.pictures.colours import ENTRIES, Table
from engine.pictures.window import Window

Mode = Literal["mip", "average", "composite", "iso"]
MODES: tuple[Mode, ...] = ("mip", "average", "composite", "iso")
WORDS: dict[Mode, str] = {
    "mip": "Maximum",
    "average": "Average",
    "composite": "Shaded",
    "iso": "Surface",
}


@dataclass(frozen=True)
class Look:
    """`window` makes greys of a maximum; `averaged` those of an average, or `window` too where it is None.

    `transfer` is for the shaded mode, `iso` the value of the surface; `preset` is the name of what was chosen.
    """

    mode: Mode
    window: Window
    transfer: Transfer
    iso: float = 0.0
    surface: Colour = IVORY
    clip: Clip = WHOLE
    averaged: Window | None = None
    preset: str = ""

    @property
    def greys(self) -> bool:
        """Whether rays end in a value that is seen through a window, rather than in colours of their own."""
        return self.mode in ("mip", "average")

    @property
    def shown(self) -> Window:
        """The window in force."""
        return self.averaged or self.window if self.mode == "average" else self.window

    def span(self) -> tuple[float, float]:
        """The values that the first and the last entry of `table` stand for."""
        if self.greys:
            return (self.shown.low, self.shown.high)
        return (self.transfer.low, self.transfer.high)

    def table(self) -> Table:
        """Red, green, blue and opacity (ENTRIES, 4) over `span`; the surface's own colour for one."""
        if self.mode == "iso":
            solid = np.array([*(part / 255 for part in self.surface), 1.0], np.float32)
            return np.broadcast_to(solid, (ENTRIES, 4)).copy()
        if self.mode == "composite":
            return self.transfer.table()
        ramp = np.linspace(0, 1, ENTRIES, dtype=np.float32)[:: -1 if self.shown.inverted else 1]
        return np.stack([ramp, ramp, ramp, np.ones_like(ramp)], axis=1)
