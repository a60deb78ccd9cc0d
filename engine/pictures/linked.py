"""All planes of one scan as plain data: each has its slice and zoom, they share window, frame, position and layers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from engine.pictures.camera import Camera
from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.plane import Plane, World
from engine.pictures.planes import linked_planes
from engine.pictures.viewing import Viewing


@dataclass(frozen=True, eq=False)
class Linked:
    """`viewings` stand in the order of `linked_planes`; `active` is the one that commands and keys are meant for.

    All go through one position, the crosshair.
    """

    viewings: tuple[Viewing, ...]
    active: int = 0

    @classmethod
    def of(cls, viewing: Viewing, hanging: Hanging = AS_USUAL, cameras: Mapping[str, Camera] | None = None) -> Self:
        """The planes of what is looked at, which is the active one; `cameras` by the planes' names."""
        viewing = replace(viewing, cross=viewing.position)
        planes = linked_planes(viewing.volume, hanging)
        names = [plane.name for plane in planes]
        if viewing.plane.name not in names:
            viewing = viewing.in_plane(planes[0])
        made = [viewing if plane.name == viewing.plane.name else viewing.in_plane(plane) for plane in planes]
        kept = cameras or {}
        zoomed = (replace(each, camera=kept.get(each.plane.name, each.camera)) for each in made)
        return cls(tuple(zoomed), names.index(viewing.plane.name))

    @property
    def viewing(self) -> Viewing:
        """The active one."""
        return self.viewings[self.active]

    @property
    def names(self) -> tuple[str, ...]:
        """The planes' names."""
        return tuple(viewing.plane.name for viewing in self.viewings)

    @property
    def cameras(self) -> dict[str, Camera]:
        """The zoom of each plane, by name."""
        return {viewing.plane.name: viewing.camera for viewing in self.viewings}

    def activated(self, place: int) -> Self:
        """Another plane is meant."""
        return self if place == self.active else replace(self, active=place)

    def after(self, viewing: Viewing) -> Self:
        """One plane has become `viewing`: the others follow it in all that is shared."""
        place = self.names.index(viewing.plane.name)
        before = self.viewings[place]
        if viewing is before:
            return self
        if viewing.cross is None:
            viewing = replace(viewing, cross=viewing.position)
        others = (
            viewing if i == place else _following(each, viewing, moved=viewing.cross != before.cross)
            for i, each in enumerate(self.viewings)
        )
        return replace(self, viewings=tuple(others))

    def at(self, world: World) -> Self:
        """All planes through a RAS+ position; unchanged where that is outside of one."""
        gone = tuple(viewing.through(world) for viewing in self.viewings)
        outside = any(viewing.cross != world for viewing in gone)
        return self if outside or world == self.viewing.cross else replace(self, viewings=gone)

    def hung(self, hanging: Hanging) -> Self:
        """The same position in planes that are hung otherwise, zoomed as before."""
        planes = linked_planes(self.viewing.volume, hanging)
        changed = (_rehung(each, plane) for each, plane in zip(self.viewings, planes, strict=True))
        return replace(self, viewings=tuple(changed))

    def each(self, change: Callable[[Viewing], Viewing]) -> Self:
        """Every plane changed in the same way."""
        return replace(self, viewings=tuple(change(viewing) for viewing in self.viewings))


def _following(other: Viewing, viewing: Viewing, *, moved: bool) -> Viewing:
    if _shared(other) == _shared(viewing) and not moved:
        return other
    follows = replace(other, window=viewing.window, frame=viewing.frame, marked=viewing.marked, layers=viewing.layers)
    if not moved or viewing.cross is None:
        return follows
    return replace(follows, index=other.plane.index_nearest(viewing.cross), cross=viewing.cross)


def _shared(viewing: Viewing) -> tuple[object, ...]:
    return (viewing.window, viewing.frame, viewing.marked, viewing.layers)


def _rehung(viewing: Viewing, plane: Plane) -> Viewing:
    """In another plane of that name; what was panned goes along with the picture that is mirrored."""
    if plane.hung_like(viewing.plane):
        return viewing
    mirrored = plane.letters[0] == viewing.plane.letters[1]
    camera = replace(viewing.camera, right=-viewing.camera.right) if mirrored else viewing.camera
    return replace(viewing.in_plane(plane), camera=camera)
