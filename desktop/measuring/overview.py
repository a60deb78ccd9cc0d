"""Keeps the panel of measurements at what is drawn on the scan in front."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer

from desktop.measuring.board import Board
from desktop.measuring.deeds import Deeds
from desktop.measuring.drawn import Drawn
from desktop.measuring.in_slice import slice_of
from desktop.measuring.panel import MeasuringPanel
from desktop.measuring.shape_list import Row
from desktop.measuring.shown import Shown, Sight
from desktop.measuring.sizes import sizes_of
from desktop.measuring.values import Values, at_frame
from desktop.measuring.wording import mean_words, size_words
from engine.measure import Area, Shape, World
from engine.pictures.viewing import Viewing

if TYPE_CHECKING:
    from desktop.pages.view.view_page import ViewPage

SOON_MS = 30
OTHER_VERSION = "It was made by another version of Isocenter: it is kept, but cannot be shown."
OTHER_SLICES = "It was drawn in slices of another orientation: 'Patient axes' (O) changes between them."
NOT_SAVED = "Not saved in the workspace."


class Overview(QObject):
    """Changes come in swarms, so the panel follows a moment later."""

    def __init__(self, page: "ViewPage", board: Board, values: Values, sight: Sight, deeds: Deeds) -> None:
        super().__init__(page)
        self._page, self._board, self._values, self._sight = page, board, values, sight
        self.panel = MeasuringPanel((deeds.export_scan, deeds.export_all), deeds.delete_all)
        self._frame = 0
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        for signal in (board.listed, board.altered, board.selected_changed, values.came):
            signal.connect(lambda *_: self._soon.start() if not self._soon.isActive() else None)
        self.panel.list.wanted.connect(self.go_to)
        self.panel.list.named.connect(deeds.rename)
        self.panel.again_wanted.connect(board.save)

    def follow(self, viewing: Viewing) -> None:
        """Another frame has other figures."""
        if viewing.frame != self._frame:
            self._frame = viewing.frame
            self._soon.start()

    def refresh(self) -> None:
        """Show what is drawn on the scan in front, now."""
        pane = self._page.panes.front
        shown, viewing = self._sight.of_pane(pane), pane.viewing
        if shown is None or viewing is None:
            return
        self._frame = viewing.frame
        drawn = self._board.of(shown.scan.id)
        rows = [self._row(each, shown, viewing) for each in drawn]
        unsaved = any(each.key in self._board.unsaved for each in drawn)
        self.panel.show_rows(rows, self._board.selected, shown.trust.doubts, unsaved=unsaved)
        self._show_region(shown, viewing)

    def go_to(self, key: int) -> None:
        """Select a shape and show the slice it lies in."""
        drawn, linked = self._board.get(key), self._page.panes.front.planes.linked
        self._board.select(key)
        if drawn is None or linked is None or not isinstance(drawn.shape, Shape):
            return
        shape = drawn.shape
        found = (each for each in (linked.viewing, *linked.viewings) if _shows(each, shape))
        viewing = next(found, None)
        if viewing is None:
            self._page.session.announced.emit(OTHER_SLICES)
        else:
            self._page.become(viewing.through(_middle(shape)))

    def _row(self, drawn: Drawn, shown: Shown, viewing: Viewing) -> Row:
        if not isinstance(drawn.shape, Shape):
            return Row(drawn, "", OTHER_VERSION)
        pulled_at = drawn.key == self._board.selected and self._board.held
        found = self._values.of(drawn, shown.volume, viewing.frame, whole=not pulled_at)
        words = mean_words(at_frame(found, viewing.frame))
        sizes = sizes_of(drawn.shape, found, shown.trust, viewing.plane)
        unsaved = drawn.key in self._board.unsaved
        return Row(drawn, words or size_words(sizes), NOT_SAVED if unsaved else "")

    def _show_region(self, shown: Shown, viewing: Viewing) -> None:
        drawn, volume = self._board.chosen, viewing.volume
        there = drawn is not None and drawn.scan == shown.scan.id and isinstance(drawn.shape, Area)
        self.panel.region.setVisible(there)
        if drawn is None or not isinstance(drawn.shape, Area) or not there:
            return
        found = self._values.of(drawn, shown.volume, viewing.frame, whole=not self._board.held)
        sizes = sizes_of(drawn.shape, found, shown.trust, viewing.plane)
        self.panel.region.show_figures(found, sizes, viewing.frame, volume.frame_axis, volume.frames)


def _shows(viewing: Viewing, shape: Shape) -> bool:
    number = slice_of(shape.plane, viewing.plane)
    return number is not None and 0 <= number < viewing.plane.count


def _middle(shape: Shape) -> World:
    x, y, z = np.mean(shape.outline, axis=0).tolist()
    return (x, y, z)
