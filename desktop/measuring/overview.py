"""Keeps the panel of measurements at what is drawn on the scan in front."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer

from desktop.measuring.board import Board
from desktop.measuring.deeds import Deeds
from desktop.measuring.drawn import Drawn
from desktop.measuring.in_slice import slice_of
from desktop.measuring.layer_values import LayerValues
from desktop.measuring.panel import MeasuringPanel
from desktop.measuring.shape_list import Row
from desktop.measuring.shown import Shown, Sight
from desktop.measuring.sizes import sizes_of
from desktop.measuring.values import Values, at_frame
from desktop.measuring.whose import is_overlaid, layer_owner, measured_layer, owner, seen
from desktop.measuring.wording import size_words
from engine.measure import Area, Shape, World, mean_words
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
        self._on_top = LayerValues(page.session.bridge, self)
        self.panel = MeasuringPanel((deeds.export_scan, deeds.export_all), deeds.delete_all)
        self._followed: tuple[object, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        for signal in (board.listed, board.altered, board.selected_changed, values.came, self._on_top.came):
            signal.connect(self.refresh_soon)
        page.panes.beside_changed.connect(self.refresh_soon)
        self.panel.list.wanted.connect(self.go_to)
        self.panel.list.named.connect(deeds.rename)
        self.panel.again_wanted.connect(board.save)

    def follow(self, viewing: Viewing) -> None:
        """Another frame has other figures, and so have other layers."""
        if seen(viewing) != self._followed:
            self.refresh_soon()

    def look_again(self) -> None:
        """Something was painted: it may lie under other layers by now."""
        if self._page.panes.front.viewing is not None and self._followed:
            self.follow(self._page.panes.front.viewing)

    def let_go(self) -> None:
        """Nothing is shown any more."""
        self._followed = ()
        self._on_top.let_go()

    def refresh_soon(self, *_: object) -> None:
        """Show what has changed in a moment, once."""
        if not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Show what is drawn on the scan in front, now."""
        pane = self._page.panes.front
        shown, viewing = self._sight.of_pane(pane), pane.viewing
        if shown is None or viewing is None:
            return
        self._followed = seen(viewing)
        drawn = self._board.of(shown.scan.id)
        rows = [self._row(each, shown, viewing) for each in drawn]
        unsaved = any(each.key in self._board.unsaved for each in drawn)
        self.panel.show_rows(rows, self._board.selected, _doubts(drawn, shown), unsaved=unsaved)
        several = is_overlaid(viewing) or len(self._sight.scans()) > 1
        self.panel.tell_whose(owner(shown.scan, viewing, self._page.session.patient_name) if several else "")
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
        self._show_layer(drawn, viewing)

    def _show_layer(self, drawn: Drawn, viewing: Viewing) -> None:
        layer, place = measured_layer(viewing), self.panel.region.layer
        place.setVisible(layer is not None)
        if layer is None:
            self._on_top.let_go()
            return
        frame = layer.frame_over(viewing.volume, viewing.frame)
        place.show_figures(layer_owner(layer, frame), self._on_top.of(drawn, layer, frame), frame)


def _doubts(drawn: Iterable[Drawn], shown: Shown) -> tuple[str, ...]:
    """What speaks against the sizes of what is drawn, each thing once."""
    shapes = (each.shape for each in drawn if isinstance(each.shape, Shape))
    return tuple(dict.fromkeys(doubt for shape in shapes for doubt in shown.trust.of(shape.plane).doubts))


def _shows(viewing: Viewing, shape: Shape) -> bool:
    number = slice_of(shape.plane, viewing.plane)
    return number is not None and 0 <= number < viewing.plane.count


def _middle(shape: Shape) -> World:
    x, y, z = np.mean(shape.outline, axis=0).tolist()
    return (x, y, z)
