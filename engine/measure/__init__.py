"""Shapes drawn on scans (distance, angle, areas), and what they measure."""

from engine.measure.areas import Area, Ellipse, Freehand, Rectangle
from engine.measure.figures import Figures, figures, notes_on_sizes
from engine.measure.lines import Angle, Distance
from engine.measure.region import Histogram, RegionFigures
from engine.measure.shape import Shape
from engine.measure.shape_json import KINDS, AnyShape, Unknown, from_json, to_json
from engine.measure.slice_plane import SlicePlane, World, parallel
from engine.measure.wording import mean_words, plain

__all__ = [
    "KINDS",
    "Angle",
    "AnyShape",
    "Area",
    "Distance",
    "Ellipse",
    "Figures",
    "Freehand",
    "Histogram",
    "Rectangle",
    "RegionFigures",
    "Shape",
    "SlicePlane",
    "Unknown",
    "World",
    "figures",
    "from_json",
    "mean_words",
    "notes_on_sizes",
    "parallel",
    "plain",
    "to_json",
]
