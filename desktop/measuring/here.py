"""Which shapes belong to the slice that a picture shows."""

from weakref import WeakKeyDictionary

from desktop.measuring.board import Board
from desktop.measuring.drawn import Drawn
from desktop.measuring.in_slice import Slices, by_slice
from desktop.measuring.shown import Shown
from desktop.viewer.slice_view import SliceView
from engine.pictures.plane import Plane


class Here:
    """Sorts the shapes of a scan by slices, once for each picture until something is drawn or turned."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._slices: WeakKeyDictionary[SliceView, tuple[int, Plane, int, Slices]] = WeakKeyDictionary()

    def of(self, shown: Shown, view: SliceView) -> tuple[Drawn, ...]:
        """The shapes of the slice on the screen, those drawn last at the end."""
        viewing = view.viewing
        assert viewing is not None
        known = self._slices.get(view)
        where = (shown.scan.id, viewing.plane, self._board.revision)
        if known is None or known[:3] != where:
            known = self._slices[view] = (*where, by_slice(self._board.of(shown.scan.id), viewing.plane))
        return known[3].get(viewing.index, ())
