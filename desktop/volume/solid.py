"""A volume made ready to be drawn, and what lies over it. Making these takes a moment: off the GUI thread."""

from dataclasses import dataclass, replace

import numpy as np

from desktop.volume.blocks import Blocks
from desktop.volume.copies import COARSE, LIGHT, Copies
from desktop.volume.levels import Levels
from desktop.volume.look import Look
from engine.imaging.volume import Volume
from engine.pictures.overlay import Overlay


@dataclass(frozen=True, eq=False)
class Drawn:
    """What the processor draws from while something moves, `light` where `moving` takes it too long.

    `coarse` is for the time until kernels are compiled.
    """

    moving: Copies
    light: Copies
    coarse: Copies
    blocks: Blocks

    @classmethod
    def of(cls, levels: Levels) -> "Drawn":
        moving = Copies.of(levels)
        light = moving if moving.voxels <= LIGHT else Copies.of(levels, LIGHT)
        return cls(moving, light, Copies.of(levels, COARSE), Blocks.of(levels))

    @classmethod
    def over(cls, levels: Levels, base: "Drawn", beside: float, *, sharp: bool) -> "Drawn":
        """An overlay's, on the grids of what it lies over; `beside` its own grid it is that step."""
        moving, coarse = (
            Copies.onto(levels, copies.grid, beside, sharp=sharp) for copies in (base.moving, base.coarse)
        )
        light = moving if base.light is base.moving else Copies.onto(levels, base.light.grid, beside, sharp=sharp)
        return cls(moving, light, coarse, Blocks.of(levels))


@dataclass(frozen=True, eq=False)
class Solid:
    """`drawn` is None where the graphics card draws."""

    levels: Levels
    drawn: Drawn | None

    @classmethod
    def of(cls, volume: Volume, frame: int, *, processor: bool) -> "Solid":
        """A frame of a volume, for the processor or for the graphics card."""
        levels = Levels.of(volume, frame)
        return cls(levels, Drawn.of(levels) if processor else None)


@dataclass(frozen=True, eq=False)
class Tint:
    """An overlay made ready, over one solid.

    Where some voxels of an even or signed one have no value, `surface` is what shaded modes blend between: it has
    `grown` over the surface of tissues, where such a map ends.
    """

    overlay: Overlay
    solid: Solid
    base: Solid
    surface: Levels | None = None

    def over(self, base: Solid) -> "Tint | None":
        """The same over another frame of what it lies over; None where that is something else."""
        one, other = self.base.levels.grid, base.levels.grid
        alike = one.shape == other.shape and np.array_equal(one.affine, other.affine)
        return replace(self, base=base) if alike and (base.drawn is None) == (self.base.drawn is None) else None

    @property
    def middle(self) -> float | None:
        """The step of zero in a signed map, of which what is farthest from it is seen; None for other maps."""
        return self.solid.levels.step_of(0.0) if self.overlay.signed else None

    @classmethod
    def of(cls, overlay: Overlay, base: Solid) -> "Tint":
        levels = Levels.of(overlay.volume, overlay.frame)
        holed = (overlay.even or overlay.signed) and not levels.values.all()
        surface = grown(levels) if holed else None
        drawn = None
        if base.drawn is not None:
            beside = levels.step_of(0.0) if overlay.signed else 0.0
            drawn = Drawn.over(surface or levels, base.drawn, beside, sharp=overlay.labels or holed)
        return cls(overlay, Solid(levels, drawn), base, surface)

    def sharp(self, look: Look) -> bool:
        """Whether nothing is blended between its voxels: no third label between two, no low value beside a hole."""
        return self.overlay.labels or (self.surface is not None and look.greys)


def grown(levels: Levels) -> Levels:
    """The same with one voxel more on every side of what has a value, each like the one beside it."""
    values = levels.values.copy()
    for axis in range(3):
        before = values.copy()
        here, there = np.moveaxis(values, axis, 0), np.moveaxis(before, axis, 0)
        for into, from_ in ((here[1:], there[:-1]), (here[:-1], there[1:])):
            np.copyto(into, from_, where=into == 0)
    return replace(levels, values=values)
