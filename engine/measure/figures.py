"""What a shape measures on a scan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from engine.control import Control
from engine.imaging.doubt import Doubt
from engine.imaging.volume import FrameKind, Volume
from engine.measure.areas import Area
from engine.measure.region import RegionFigures, regions
from engine.measure.sampling import Way, in_slice, sampled
from engine.measure.shape import Shape
from engine.measure.shape_json import AnyShape

_OF_SIZES = ("size", "missing", "uneven", "disagrees")
_ACROSS = ("thickness",)


@dataclass(frozen=True)
class Figures:
    """None, or no frames, where the shape has no such figure. `notes` say what a reader has to know.

    `way` tells how the values of `frames` were taken (see `Sampled`). Values are in the units of the scan.
    """

    length_mm: float | None = None
    angle_deg: float | None = None
    area_mm2: float | None = None
    frames: tuple[RegionFigures, ...] = ()
    frame_axis: FrameKind = "none"
    way: Way = "none"
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """In the form that other programs may rely on."""
        frames = [frame.as_json() for frame in self.frames]
        return {**vars(self), "frames": frames, "notes": list(self.notes)}


def figures(
    shape: AnyShape,
    volume: Volume | None = None,
    *,
    frames: Sequence[int] | None = None,
    control: Control | None = None,
) -> Figures:
    """All figures, or those of some frames; the volume must be there as a whole. Without one, what needs no voxels.

    The bins of histograms are the same in all frames asked for. Cancelled between frames when asked.
    """
    if not isinstance(shape, Shape):
        return Figures(notes=("it was made by another version of Isocenter",))
    told = () if volume is None else notes_on_sizes(volume.facts.doubts, within=in_slice(shape.plane, volume.affine))
    if isinstance(shape, Area) and volume is not None:
        return _with_values(shape, volume, told, frames, control)
    return Figures(shape.length_mm, shape.angle_deg, shape.area_mm2, notes=told)


def notes_on_sizes(doubts: Iterable[Doubt], *, within: bool = False) -> tuple[str, ...]:
    """What a scan's doubts say against its distances, or against those `within` its slices only."""
    kinds = _OF_SIZES if within else (*_OF_SIZES, *_ACROSS)
    return tuple(f"{doubt.text}. {doubt.action}" for doubt in doubts if doubt.kind in kinds)


def _with_values(
    area: Area, volume: Volume, told: tuple[str, ...], frames: Sequence[int] | None, control: Control | None
) -> Figures:
    found = sampled(area, volume)
    axis = volume.frame_axis
    return Figures(
        area_mm2=area.area_mm2,
        frames=regions(volume.array, found.index, axis.values, frames, control),
        frame_axis=axis.kind,
        way=found.way,
        notes=(*((found.note,) if found.note else ()), *told),
    )
