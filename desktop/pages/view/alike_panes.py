"""Panes beside each other that look alike."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.viewer.gestures import MAGNIFY
from desktop.viewer.layouts import ONE, Layout
from desktop.viewer.over import Over
from desktop.viewer.scan_pane import ScanPane
from engine.pictures.hanging import AS_USUAL, Hanging


class AlikePanes(QWidget):
    """Layout, hanging, crosshair, blending and what lies over pictures are the same in all `panes`; so it is with the
    glass, which the one under the pointer has while its key is held."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes: list[ScanPane] = []
        self.layout_wanted: Layout = ONE
        self.hanging: Hanging = AS_USUAL
        self._overs: list[Over] = []
        self._smooth = self._crosshair = True

    def dress(self, pane: ScanPane) -> None:
        """Have a new one look like the others."""
        pane.planes.set_smooth(self._smooth)
        pane.planes.set_crosshair(self._crosshair)
        pane.planes.hang(self.hanging)
        pane.planes.lay_out(self.layout_wanted)
        for over in self._overs:
            pane.planes.put_over(over)

    def put_over(self, over: Over) -> None:
        """Lay something over every picture there is and will be."""
        self._overs.append(over)
        for pane in self.panes:
            pane.planes.put_over(over)

    def set_smooth(self, smooth: bool) -> None:
        self._smooth = smooth
        for pane in self.panes:
            pane.planes.set_smooth(smooth)

    def set_crosshair(self, shown: bool) -> None:
        """Draw where the planes meet, or not."""
        self._crosshair = shown
        for pane in self.panes:
            pane.planes.set_crosshair(shown)

    def lay_out(self, layout: Layout) -> None:
        """Change the layout of every scan's planes."""
        self.layout_wanted = layout
        for pane in self.panes:
            pane.planes.lay_out(layout)

    def hang(self, hanging: Hanging) -> None:
        """Change sides, or the axes that are cut along."""
        self.hanging = hanging
        for pane in self.panes:
            pane.planes.hang(hanging)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == MAGNIFY and not event.modifiers():
            self._magnify(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == MAGNIFY and not event.isAutoRepeat():
            self._magnify(False)
        else:
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._magnify(False)

    def _magnify(self, wanted: bool) -> None:
        for pane in self.panes:
            for cell in pane.planes.shown:
                cell.view.magnify(wanted and cell.view.pointed_at)
