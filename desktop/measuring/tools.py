"""The tools to draw with, as a table: each makes one kind of shape."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Tool:
    """`steps` say what to do next, one for each point that is there already; `dragged` shapes need a held button."""

    kind: str
    icon: str
    words: str
    key: str
    what: str
    steps: tuple[str, ...]
    dragged: bool = False


TOOLS: Mapping[str, Tool] = {
    tool.kind: tool
    for tool in (
        Tool(
            "distance", "measure-distance", "Distance", "D", "Measure from one point to another",
            ("click the first point, or drag", "click the second point"),
        ),
        Tool(
            "angle", "measure-angle", "Angle", "G", "Measure the angle between two lines",
            ("click a point on the first line", "click the vertex", "click a point on the second line"),
        ),
        Tool(
            "rectangle", "measure-rectangle", "Rectangle", "Q", "Measure the values in a rectangle",
            ("drag from corner to corner", "let go at the other corner"), dragged=True,
        ),
        Tool(
            "ellipse", "measure-ellipse", "Ellipse", "E", "Measure the values in an ellipse",
            ("drag from corner to corner", "let go at the other corner"), dragged=True,
        ),
        Tool(
            "freehand", "measure-freehand", "Freehand", "W", "Measure the values inside a line drawn by hand",
            ("drag around the region", "let go to close the line"), dragged=True,
        ),
    )
}  # fmt: skip
