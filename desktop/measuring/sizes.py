"""Whether a scan's millimetres are to be trusted, and sizes in pixels where they are not."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from engine.imaging.doubt import Doubt
from engine.imaging.geometry import usable
from engine.imaging.volume import Volume
from engine.measure import Distance, Figures, Freehand, Shape, SlicePlane, notes_on_sizes, parallel
from engine.pictures.doubt import unsure_of
from engine.pictures.plane import Plane

NOTHING_GIVEN = "The size of its pixels is not certain: sizes are in pixels."
ACROSS_ONLY = "Sizes across its slices are in pixels."


@dataclass(frozen=True)
class Trust:
    """`pixels` are measured instead of millimetres; `doubts` say why sizes may be wrong.

    `within` is the trust in what is drawn in `slices`, where that is another.
    """

    pixels: bool = False
    doubts: tuple[str, ...] = ()
    within: "Trust | None" = None
    slices: SlicePlane | None = None

    def of(self, plane: SlicePlane) -> "Trust":
        """How far sizes in a plane can be trusted."""
        if self.within is None or self.slices is None:
            return self
        return self.within if parallel(plane, self.slices) else self


@dataclass(frozen=True)
class Sizes:
    """What a shape measures without its values; `unit` is that of length, "mm" or "px"."""

    length: float | None
    angle: float | None
    area: float | None
    unit: str
    doubted: bool


def trust_in(volume: Volume, doubts: Iterable[Doubt]) -> Trust:
    """How far the sizes of a scan can be trusted; what its reader only noted is."""
    grave, unsure = [doubt for doubt in doubts if doubt.severity != "note"], unsure_of(volume)
    if not usable(volume.affine):
        return _trust(grave, NOTHING_GIVEN)
    if unsure.sizes == unsure.within:
        return _trust(grave, NOTHING_GIVEN if unsure.sizes else "")
    corner, across, down = volume.affine[:3, 3], volume.affine[:3, 0], volume.affine[:3, 1]
    within = _trust(grave, NOTHING_GIVEN if unsure.within else "", within=True)
    return replace(_trust(grave, ACROSS_ONLY), within=within, slices=SlicePlane.spanned(corner, across, down))


def _trust(doubts: Iterable[Doubt], pixels: str, *, within: bool = False) -> Trust:
    """In `pixels`, for that reason, where one is given."""
    told = tuple(note[:1].upper() + note[1:] for note in notes_on_sizes(doubts, within=within))
    return Trust(bool(pixels), (pixels, *told) if pixels else told)


def sizes_of(shape: Shape, found: Figures | None, trust: Trust, plane: Plane) -> Sizes:
    """Of a shape as it is now; the area within a line by hand, which takes a while, is that of `found`."""
    trust = trust.of(shape.plane)
    area = (None if found is None else found.area_mm2) if isinstance(shape, Freehand) else shape.area_mm2
    if not trust.pixels:
        return Sizes(shape.length_mm, shape.angle_deg, area, "mm", bool(trust.doubts))
    length = math.dist(*map(plane.of_world, shape.points)) if isinstance(shape, Distance) else None
    return Sizes(length, shape.angle_deg, None if area is None else area * _pixels_per_mm2(shape, plane), "px", False)


def _pixels_per_mm2(shape: Shape, plane: Plane) -> float:
    origin, across, down = (
        np.array(plane.of_world(tuple(np.add(shape.plane.origin, step))))
        for step in ((0, 0, 0), shape.plane.across, shape.plane.down)
    )
    return float(np.linalg.norm(np.cross(across - origin, down - origin)))
