"""Drawing a shape with the mouse: by dragging, or from click to click."""

from PySide6.QtCore import QPointF

from desktop.measuring.draft import Draft
from desktop.measuring.in_slice import is_shown, slice_plane
from desktop.measuring.screen import Screen
from desktop.measuring.tools import TOOLS, Tool
from engine.measure import Area, Shape

CLICK = 4.0
FREEHAND_STEP = 3.0
THINNEST = 2.0


class Drawing:
    """The shape under way of a tool, if there is one. What is begun stays in its slice."""

    def __init__(self) -> None:
        self.tool: Tool | None = None
        self.draft: Draft | None = None
        self._pressed: QPointF | None = None
        self._begun = False

    def give_up(self) -> bool:
        """Forget what is under way; whether there was something."""
        given = self.draft is not None
        self.draft = None
        return given

    def is_in(self, scan: int, screen: Screen) -> bool:
        """Whether what is under way belongs to this slice."""
        draft = self.draft
        return draft is not None and draft.scan == scan and is_shown(draft.plane, screen.viewing)

    def press(self, at: QPointF, scan: int, screen: Screen) -> bool:
        """Begin a shape or go on with it; whether there is a picture to draw on."""
        if self.tool is None or not screen.holds(at):
            return False
        self._pressed, self._begun = at, not self.is_in(scan, screen)
        point = screen.world(at)
        if self.draft is None or self._begun:
            plane = slice_plane(screen.viewing.plane, screen.viewing.index)
            self.draft = Draft(self.tool.kind, scan, plane, (point,), point)
        else:
            self.draft = self.draft.towards(point)
        return True

    def move(self, at: QPointF, scan: int, screen: Screen) -> None:
        """The pointer came to another place, whether a button is held or not."""
        if self.draft is None or not self.is_in(scan, screen):
            return
        self.draft = self.draft.towards(screen.world(at))
        if self.draft.kind == "freehand" and _apart(screen, self.draft, at) >= FREEHAND_STEP:
            self.draft = self.draft.fixed()

    def release(self, at: QPointF, scan: int, screen: Screen) -> Shape | None:
        """The button was let go: the shape, where that was the last thing it needed."""
        pressed, self._pressed = self._pressed, None
        if self.draft is None or pressed is None:
            return None
        if not self.is_in(scan, screen):
            self.give_up()
            return None
        self.move(at, scan, screen)
        clicked = (at - pressed).manhattanLength() < CLICK
        return self._go_on(at, screen, waiting=self._begun and clicked)

    def _go_on(self, at: QPointF, screen: Screen, *, waiting: bool) -> Shape | None:
        """Set the point, unless this was the first click, which waits for more."""
        draft = self.draft
        assert draft is not None
        dragged = TOOLS[draft.kind].dragged
        if dragged or (draft.full and not waiting and _apart(screen, draft, at) >= CLICK):
            self.draft = None
            return None if waiting else _with_extent(draft.shape, screen)
        if not waiting and _apart(screen, draft, at) >= CLICK:
            self.draft = draft.fixed()
        return None


def _apart(screen: Screen, draft: Draft, at: QPointF) -> float:
    """How far on the screen a place is from the last point that is set."""
    return float((screen.point(draft.points[-1]) - at).manhattanLength())


def _with_extent(shape: Shape | None, screen: Screen) -> Shape | None:
    """A shape unless it is an area so thin that nobody meant it."""
    if not isinstance(shape, Area):
        return shape
    points = screen.points(shape.outline)
    spans = [max(values) - min(values) for values in zip(*((p.x(), p.y()) for p in points), strict=True)]
    return shape if min(spans) >= THINNEST else None
