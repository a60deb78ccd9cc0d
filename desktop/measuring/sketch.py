"""One shape on one picture: where its parts stand on the screen, and how it is painted there."""

from dataclasses import dataclass

from PySide6.QtGui import QPainter

from desktop import theme
from desktop.measuring import painting
from desktop.measuring.handles import handles
from desktop.measuring.screen import Screen
from engine.measure import Angle, Area, Ellipse, Freehand, Shape


@dataclass(frozen=True)
class Look:
    """How a shape is painted; `label` stands beside it, and warns where it is not `sound`."""

    label: str = ""
    lit: bool = False
    chosen: bool = False
    sound: bool = True


def paint(painter: QPainter, shape: Shape, screen: Screen, look: Look) -> painting.Label:
    """Draw a shape; handles stand on what is hovered or selected. Its label is drawn later, over all lines."""
    points = screen.points(shape.outline)
    painting.draw_shape(painter, points, closed=isinstance(shape, Area), lit=look.lit, chosen=look.chosen)
    if isinstance(shape, Angle):
        painting.draw_arc(painter, points[0], points[1], points[2])
    if look.chosen or look.lit:
        _paint_handles(painter, shape, screen, framed=look.chosen)
    return painting.Label(look.label, _tone(look), points)


def _paint_handles(painter: QPainter, shape: Shape, screen: Screen, *, framed: bool) -> None:
    corners = handles(shape)
    if not corners:
        return
    places = screen.points(corners)
    if framed and isinstance(shape, (Ellipse, Freehand)):
        painting.draw_frame(painter, places)
    painting.draw_handles(painter, places)


def _tone(look: Look) -> str:
    if not look.sound:
        return theme.DARK.warn
    return painting.LINE if look.chosen else theme.current().on_image
