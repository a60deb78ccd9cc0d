"""One plane of a scan on the screen: its picture, and its slices beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.viewer.slice_view import SliceView
from desktop.viewer.track import Track
from desktop.widgets.boxes import row_box
from engine.pictures.viewing import Viewing


class PlaneCell(QWidget):
    """`changed` tells what the user made of the picture, in it or by the slices beside it."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = SliceView()
        self.slices = Track(Qt.Orientation.Vertical, "Slice")
        self.slices.valueChanged.connect(self._to_slice)
        self.view.changed.connect(self._follow)
        row = row_box(self)
        row.addWidget(self.view, 1)
        row.addWidget(self.slices)

    def show_viewing(self, viewing: Viewing, names: tuple[str, ...]) -> None:
        """Show this, of the scan that `names` name."""
        if viewing is not self.view.viewing or names != self.view.names:
            self.view.show_viewing(viewing, names)
            self.slices.show_position(viewing.index, viewing.plane.count)

    def _to_slice(self, index: int) -> None:
        if self.view.viewing is not None:
            made = self.view.viewing.at_slice(index)
            self.view.show_viewing(made)
            self.changed.emit(made)

    def _follow(self, viewing: Viewing) -> None:
        self.slices.show_position(viewing.index, viewing.plane.count)
        self.changed.emit(viewing)
