"""What is written and drawn over one slice: corner texts, edge letters, crosshair, scale bar."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QPainter

from desktop.theme import SIZES
from desktop.viewer import annotations, corners
from engine.pictures.camera import Placement
from engine.pictures.doubt import CERTAIN, Unsure
from engine.pictures.legend import Legend, bar_mm, edge_explained, edge_letters, legend
from engine.pictures.plane import Voxel
from engine.pictures.viewing import Viewing

BAR_SHARE = 0.3


@dataclass(frozen=True)
class Inscription:
    """`names` say whose scan it is; `spoken` writes down what is the same in all planes of it.

    Without `texts` nothing stands in the corners but the scale bar.
    """

    names: tuple[str, ...] = ()
    unsure: Unsure = CERTAIN
    crosshair: bool = False
    spoken: bool = True
    texts: bool = True

    def draw(
        self, painter: QPainter, area: QRect, viewing: Viewing, placement: Placement, pointed: Voxel | None = None
    ) -> None:
        """Write it over the slice that `placement` lays on `area`; `pointed` is the voxel under the cursor."""
        crossing = crossing_of(viewing, placement)
        if self.crosshair and crossing is not None:
            annotations.draw_crosshair(painter, area, crossing)
        if viewing.marked is not None and viewing.plane.holds(viewing.marked, viewing.index):
            annotations.draw_mark(painter, *placement.to_screen(*viewing.plane.point_of(viewing.marked)))
        words = self.words(area, viewing, pointed)
        above = annotations.draw_legend(painter, area, words)
        annotations.draw_letters(painter, area, edge_letters(viewing, self.unsure))
        length = self.bar(area, viewing, placement)
        if length is not None:
            scale = placement.px_per_mm(viewing.plane.pixel_mm)
            annotations.draw_bar(painter, area, length * scale, f"{length} mm", above)

    def words(self, area: QRect, viewing: Viewing, pointed: Voxel | None = None) -> Legend:
        """What stands in the corners of an area."""
        if not self.texts:
            return Legend()
        return legend(viewing, self.names, self.unsure, pointed, self.spoken, corners.brevity(area))

    def pointed_band(self, area: QRect, line: float) -> QRect:
        """What has to be painted again when only the text under the pointer changes."""
        row = corners.pointed_row(area, line, len(self.names))
        if row is None:
            return area
        return QRect(area.left(), int(area.top() + SIZES.s + row * line) - 1, area.width(), 2 * int(line) + 8)

    def bar(self, area: QRect, viewing: Viewing, placement: Placement) -> int | None:
        """The length of the scale bar in millimetres, where there is one."""
        if self.unsure.in_plane(viewing.plane) or not corners.has_room_for_bar(area):
            return None
        return bar_mm(placement.px_per_mm(viewing.plane.pixel_mm), area.width() * BAR_SHARE)

    def explained(self, area: QRect, viewing: Viewing, at: QPoint) -> str:
        """What hovering a letter says; empty elsewhere."""
        letters = edge_letters(viewing, self.unsure)
        for box, letter in zip(corners.letter_boxes(area), letters, strict=True):
            if box.contains(at):
                return edge_explained(letter, self.unsure)
        return ""


def crossing_of(viewing: Viewing, placement: Placement) -> QPointF | None:
    """Where the crosshair stands on the screen."""
    if viewing.cross is None:
        return None
    column, row, _ = viewing.plane.of_world(viewing.cross)
    return QPointF(*placement.to_screen(column, row))
