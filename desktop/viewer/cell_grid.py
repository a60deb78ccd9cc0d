"""Cells for three planes and a volume in a grid: what is done to all of them, and where they stand."""

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.theme import SIZES
from desktop.viewer.arranging import arrange
from desktop.viewer.layouts import Layout
from desktop.viewer.over import Over
from desktop.viewer.plane_cell import PlaneCell
from desktop.viewer.volume_cell import Factory, VolumeCell, nothing

PLANES = 3
VOLUME = -1


class CellGrid(QWidget):
    """A place is a plane's number, or VOLUME. Empty until the cells are put somewhere."""

    def __init__(self, volume_view: Factory = nothing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = tuple(PlaneCell(self) for _ in range(PLANES))
        self.volume = VolumeCell(volume_view, self)
        self._grid = QGridLayout(self)
        self._grid.setSpacing(SIZES.hair)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def put_over(self, over: Over) -> None:
        """Lay something over every picture."""
        for cell in self.cells:
            cell.view.put_over(over)

    def set_smooth(self, smooth: bool) -> None:
        for cell in self.cells:
            cell.view.set_smooth(smooth)

    def set_able(self, able: bool) -> None:
        for cell in self.cells:
            cell.slices.setEnabled(able)

    def set_among(self, place: int, count: int) -> None:
        """A single picture is one among several."""
        for cell in self.cells:
            cell.set_among(place, count)

    def hold(self) -> None:
        """Let the scan go, but leave its pictures standing until there are others."""
        for cell in self.cells:
            cell.view.hold()

    def clear(self) -> None:
        """Show nothing."""
        for cell in self.cells:
            cell.view.clear()
        self.volume.clear()

    def _put(self, layout: Layout, places: list[int]) -> None:
        """These cells in the slots of a layout, the others out of sight and empty."""
        for place, cell in enumerate(self.cells):
            if place not in places:
                cell.view.clear()
        if VOLUME not in places:
            self.volume.clear()
        arrange(self._grid, layout, {**dict(enumerate(self.cells)), VOLUME: self.volume}, places)
