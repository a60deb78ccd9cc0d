"""Paints the shapes of a slice, the one under way, their figures, and what the tool waits for."""

from PySide6.QtGui import QPainter

from desktop.measuring import painting, sketch
from desktop.measuring.board import Board
from desktop.measuring.drawing import Drawing
from desktop.measuring.drawn import Drawn
from desktop.measuring.here import Here
from desktop.measuring.kept_free import kept_free
from desktop.measuring.screen import Screen, screen_of
from desktop.measuring.shown import Shown
from desktop.measuring.sizes import sizes_of
from desktop.measuring.sketch import Look
from desktop.measuring.tools import Tool
from desktop.measuring.values import Values, at_frame
from desktop.measuring.whose import is_overlaid, short_owner
from desktop.measuring.wording import label_words
from desktop.viewer.slice_view import SliceView
from engine.cohort.measuring.measurements import Measurement
from engine.measure import Area, Freehand, Shape

DRAFT = 0
NARROW = 320


class ShapesPainter:
    """Serves all pictures; `DRAFT` is the key of what is under way."""

    def __init__(self, board: Board, values: Values, here: Here, drawing: Drawing) -> None:
        self._board, self._values, self._here, self._drawing = board, values, here, drawing

    def paint(self, painter: QPainter, view: SliceView, shown: Shown, lit: int | None) -> None:
        """Draw everything on a picture; `lit` is the key of the shape under the pointer."""
        screen = screen_of(view)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        labels = [self._paint(painter, drawn, shown, screen, lit) for drawn in self._here.of(shown, view)]
        labels += self._paint_draft(painter, shown, screen)
        if labels:
            painting.draw_labels(painter, labels, screen.area, kept_free(view))
        if self._drawing.tool is not None and view.pointed_at:
            painting.draw_hint(painter, self._hint(self._drawing.tool, shown, screen), screen.area)

    def _paint(self, painter: QPainter, drawn: Drawn, shown: Shown, screen: Screen, lit: int | None) -> painting.Label:
        assert isinstance(drawn.shape, Shape)
        unsaved = drawn.key in self._board.unsaved
        words = self._words(drawn, shown, screen) + (" · not saved" if unsaved else "")
        sound = not (unsaved or shown.trust.of(drawn.shape.plane).doubts)
        look = Look(words, drawn.key == lit, drawn.key == self._board.selected, sound)
        return sketch.paint(painter, drawn.shape, screen, look)

    def _paint_draft(self, painter: QPainter, shown: Shown, screen: Screen) -> list[painting.Label]:
        draft = self._drawing.draft
        if draft is None or not self._drawing.is_in(shown.scan.id, screen):
            return []
        shape = draft.shape
        if shape is None:
            painting.draw_shape(painter, screen.points(draft.line), closed=False, lit=False, chosen=True)
            return []
        told = not isinstance(shape, Freehand)
        words = self._words(Drawn(DRAFT, Measurement(draft.scan, shape)), shown, screen) if told else ""
        return [
            sketch.paint(painter, shape, screen, Look(words, chosen=True, sound=not shown.trust.of(draft.plane).doubts))
        ]

    def _words(self, drawn: Drawn, shown: Shown, screen: Screen) -> str:
        assert isinstance(drawn.shape, Shape)
        frame, plane = screen.viewing.frame, screen.viewing.plane
        found = self._values.of(drawn, shown.volume, frame)
        sizes = sizes_of(drawn.shape, found, shown.trust, plane)
        short = screen.area.width() < NARROW
        told = label_words(sizes, at_frame(found, frame), short=short)
        overlaid = isinstance(drawn.shape, Area) and is_overlaid(screen.viewing)
        return f"{short_owner(shown.scan, screen.viewing)}: {told}" if told and overlaid else told

    def _hint(self, tool: Tool, shown: Shown, screen: Screen) -> str:
        """Which tool it is, and what it waits for."""
        if screen.area.width() < NARROW:
            return tool.words
        draft = self._drawing.draft if self._drawing.is_in(shown.scan.id, screen) else None
        done = 0 if draft is None else min(len(draft.points), len(tool.steps) - 1)
        return f"{tool.words}: {tool.steps[done]}"
