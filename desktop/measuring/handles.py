"""What of a shape can be taken hold of with the mouse, and what it becomes when it is pulled."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF

from desktop.measuring.drawn import Drawn
from desktop.measuring.screen import Screen
from engine.imaging.volume import Array
from engine.measure import Area, Freehand, Rectangle, Shape, World

HANDLE_REACH, LINE_REACH = 8.0, 5.0
FLAT, LEAST = 1e-6, 1e-3


@dataclass(frozen=True)
class Hold:
    """A shape as it was taken hold of: by the handle of a number, or as a whole."""

    drawn: Drawn
    handle: int | None = None


def handles(shape: Shape) -> tuple[World, ...]:
    """The points to pull at: those of a line, the corners around an area."""
    if isinstance(shape, Rectangle):
        return _solid(shape, shape.corners)
    return _solid(shape, _around(shape)) if isinstance(shape, Freehand) else shape.points


def pulled(shape: Shape, handle: int, to: World) -> Shape:
    """With a handle elsewhere; the corner across from one stays."""
    if isinstance(shape, Rectangle):
        across = handles(shape)[(handle + 2) % 4]
        return shape.with_point(0, to).with_point(1, across)
    return _stretched(shape, handle, to) if isinstance(shape, Freehand) else shape.with_point(handle, to)


def _around(shape: Freehand) -> Array:
    """The corners (4, 2) of the rectangle around a line by hand, in its plane."""
    (left, top), (right, bottom) = shape.corners.min(axis=0), shape.corners.max(axis=0)
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])


def _stretched(shape: Freehand, handle: int, to: World) -> Freehand:
    """Made wider and higher about the corner across; what has no extent one way keeps that."""
    box = _around(shape)
    fixed, before, now = box[(handle + 2) % 4], box[handle], shape.plane.flat([to])[0]
    ways = before - fixed
    factors = np.where(np.abs(ways) > FLAT, (now - fixed) / np.where(np.abs(ways) > FLAT, ways, 1.0), 1.0)
    factors = np.where(np.abs(factors) < LEAST, np.copysign(LEAST, factors), factors)
    return replace(shape, points=_solid(shape, fixed + (shape.corners - fixed) * factors))


def _solid(shape: Shape, places: Array) -> tuple[World, ...]:
    return tuple((float(x), float(y), float(z)) for x, y, z in shape.plane.solid(places))


def held_at(at: QPointF, shapes: Iterable[Drawn], screen: Screen, selected: int | None) -> Hold | None:
    """What is under the pointer: the handles and the inside of the selected shape, or any on its line."""
    there = [drawn for drawn in shapes if isinstance(drawn.shape, Shape)]
    chosen = next((drawn for drawn in there if drawn.key == selected), None)
    if chosen is not None:
        handle = handle_at(at, chosen.shape, screen)
        if handle is not None:
            return Hold(chosen, handle)
    lines = [(_gap(at, drawn.shape, screen), drawn) for drawn in there]
    near = [(gap, -drawn.key, drawn) for gap, drawn in lines if gap <= LINE_REACH]
    if near:
        nearest = min(near, key=lambda each: each[:2])[2]
        return Hold(nearest, handle_at(at, nearest.shape, screen))
    return Hold(chosen) if chosen is not None and _encloses(at, chosen.shape, screen) else None


def handle_at(at: QPointF, shape: object, screen: Screen) -> int | None:
    """The handle under the pointer, the nearest one."""
    if not isinstance(shape, Shape) or not handles(shape):
        return None
    ways = [point - at for point in screen.points(handles(shape))]
    gaps = [np.hypot(way.x(), way.y()) for way in ways]
    nearest = int(np.argmin(gaps))
    return nearest if gaps[nearest] <= HANDLE_REACH else None


def _encloses(at: QPointF, shape: object, screen: Screen) -> bool:
    if not isinstance(shape, Area):
        return False
    return QPolygonF(screen.points(shape.outline)).containsPoint(at, Qt.FillRule.OddEvenFill)


def _gap(at: QPointF, shape: object, screen: Screen) -> float:
    """How far the pointer is from the line of a shape."""
    assert isinstance(shape, Shape)
    points = np.array([(point.x(), point.y()) for point in screen.points(shape.outline)])
    ends = np.roll(points, -1, axis=0) if isinstance(shape, Area) else points[1:]
    return float(_gaps(np.array((at.x(), at.y())), points[: len(ends)], ends).min())


def _gaps(at: Array, starts: Array, ends: Array) -> Array:
    ways = ends - starts
    lengths = np.maximum((ways**2).sum(axis=1), 1e-12)
    shares = (((at - starts) * ways).sum(axis=1) / lengths).clip(0, 1)
    return np.asarray(np.linalg.norm(starts + shares[:, np.newaxis] * ways - at, axis=1))
