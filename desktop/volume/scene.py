"""All that decides about a picture of a volume."""

from dataclasses import dataclass

import numpy as np

from desktop.volume.camera import Camera
from desktop.volume.grid import Grid
from desktop.volume.levels import Levels
from desktop.volume.look import Look
from desktop.volume.rays import Rays, Size
from desktop.volume.solid import Solid, Tint
from engine.pictures.colours import ENTRIES, Table

REFERENCE = 256.0
HAZE = 0.05
SHORT = 0.5
GHOST = 0.4


@dataclass(frozen=True, eq=False)
class Scene:
    """What is looked at, from where, and how; `tint` lies over it."""

    solid: Solid
    camera: Camera
    look: Look
    tint: Tint | None = None

    @property
    def levels(self) -> Levels:
        return self.solid.levels

    def rays(self, size: Size) -> Rays:
        """The rays through the voxels as they are."""
        return Rays.of(self.camera, self.levels.grid, size)

    @property
    def fit(self) -> tuple[float, float]:
        """Scale and shift from steps to entries of the look's table."""
        return self.levels.entries(self.look.span(), ENTRIES)

    @property
    def tint_fit(self) -> tuple[float, float]:
        """Scale and shift from the overlay's steps to entries of its table."""
        if self.tint is None:
            return (0.0, 0.0)
        overlay = self.tint.overlay
        return self.tint.solid.levels.entries((overlay.low, overlay.high), overlay.entries)

    @property
    def tint_levels(self) -> Levels | None:
        """The overlay's voxels; None without an overlay."""
        if self.tint is None:
            return None
        levels = self.tint.solid.levels
        return levels if self.look.greys else self.tint.surface or levels

    @property
    def sharp(self) -> bool:
        """Whether the overlay is drawn as its nearest voxels are, not blended between them."""
        return self.tint is not None and self.tint.sharp(self.look)

    @property
    def ghost(self) -> float:
        """How much of the overlay shines through what hides it: an even one only colours what is seen."""
        return 0.0 if self.tint is not None and self.tint.overlay.even else GHOST

    def tint_table(self) -> Table:
        """The overlay's colours; one transparent entry without an overlay."""
        return np.zeros((1, 4), np.float32) if self.tint is None else self.tint.overlay.table()

    def table(self, step_mm: float) -> Table:
        """The look's colours with the opacities that samples `step_mm` apart have to have."""
        table = self.look.table()
        if self.look.mode == "composite":
            table[:, 3] = 1 - (1 - table[:, 3].clip(0, 0.9999)) ** self.share(step_mm)
        return table

    def share(self, step_mm: float) -> float:
        """A step as a share of that over which opacities are meant."""
        return step_mm * REFERENCE / float(self.levels.grid.sides_mm.max())

    def haze(self, step_mm: float) -> float:
        """How dense an overlay is by itself, per sample; an even one only colours tissues."""
        if self.tint is not None and self.tint.overlay.even:
            return 0.0
        return float(1 - (1 - HAZE) ** self.share(step_mm))

    def shortest(self, rays: Rays, grid: Grid) -> float:
        """The way through `grid`, in units of `along`, below which an average counts as if there were more of it.

        Rays that only cut a corner of the box would else end in the value of a few voxels.
        """
        low, high = grid.bounds(self.look.clip)
        ways = (high - low) / np.maximum(np.abs(rays.along), 1e-9)
        return SHORT * float(ways.min())

    @property
    def surface(self) -> float:
        """The step of the surface; negative where there is none."""
        return max(1.0, self.levels.step_of(self.look.iso)) if self.look.mode == "iso" else -1.0

    @property
    def ground(self) -> float:
        """What lies around the volume: black, or white where black and white are exchanged."""
        return 1.0 if self.look.greys and self.look.shown.inverted else 0.0
