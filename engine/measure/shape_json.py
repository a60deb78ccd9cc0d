"""Shapes as JSON, in a form that later versions go on reading."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.measure.areas import Ellipse, Freehand, Rectangle
from engine.measure.lines import Angle, Distance
from engine.measure.shape import Shape
from engine.measure.slice_plane import SlicePlane, World, world

VERSION = 1

KINDS: Mapping[str, type[Shape]] = {kind.kind: kind for kind in (Distance, Angle, Rectangle, Ellipse, Freehand)}


@dataclass(frozen=True)
class Unknown:
    """A shape of another version of Isocenter; it cannot be shown or measured here, and is kept as it is."""

    kind: str
    json: str


AnyShape = Shape | Unknown


def to_json(shape: AnyShape) -> str:
    """One line of JSON; every digit is kept."""
    if isinstance(shape, Unknown):
        return shape.json
    plane = {"origin": shape.plane.origin, "across": shape.plane.across, "down": shape.plane.down}
    return json.dumps({"version": VERSION, "kind": shape.kind, "plane": plane, "points": shape.points})


def from_json(text: str) -> AnyShape:
    """The shape; Unknown where this version does not understand it. Nothing is raised."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return Unknown("", text)
    kind = str(values.get("kind", "")) if isinstance(values, dict) else ""
    try:
        return _shape(values) if values["version"] == VERSION else Unknown(kind, text)
    except (KeyError, TypeError, ValueError, OverflowError):
        return Unknown(kind, text)


def _shape(values: Any) -> Shape:
    plane = values["plane"]
    drawn = SlicePlane(*(_world(plane[name]) for name in ("origin", "across", "down")))
    return KINDS[values["kind"]](drawn, tuple(_world(point) for point in values["points"]))


def _world(values: Any) -> World:
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in values):
        raise TypeError("a coordinate is a number")
    return world(values)
