"""A volume made ready to be drawn, and what lies over it. Making these takes a moment: off the GUI thread."""

from dataclasses import dataclass

from desktop.volume.blocks import Blocks
from desktop.volume.copies import COARSE, LIGHT, Copies
from desktop.volume.levels import Levels
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
    def over(cls, levels: Levels, base: "Drawn", signed: bool) -> "Drawn":
        """An overlay's, on the grids of what it lies over; beside its own grid a `signed` one is zero."""
        beside = levels.step_of(0.0) if signed else 0.0
        moving, coarse = (Copies.onto(levels, copies.grid, beside) for copies in (base.moving, base.coarse))
        light = moving if base.light is base.moving else Copies.onto(levels, base.light.grid, beside)
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
    """An overlay made ready, over one solid."""

    overlay: Overlay
    solid: Solid
    base: Solid

    @property
    def middle(self) -> float | None:
        """The step of zero in a signed map, of which what is farthest from it is seen; None for other maps."""
        return self.solid.levels.step_of(0.0) if self.overlay.signed else None

    @classmethod
    def of(cls, overlay: Overlay, base: Solid) -> "Tint":
        levels = Levels.of(overlay.volume, overlay.frame)
        return cls(
            overlay, Solid(levels, None if base.drawn is None else Drawn.over(levels, base.drawn, overlay.signed)), base
        )
