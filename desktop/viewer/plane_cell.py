"""One plane of a scan on the screen: its picture, and its slices beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.viewer.slice_view import SliceView
from desktop.viewer.track import Track
from desktop.widgets.boxes import row_box
from engine.pictures.viewing import Viewing

ALONE = (0, 1)


class PlaneCell(QWidget):
    """`changed` tells what the user made of the picture, in it or by the slices beside it.

    A single picture may be one `among` several, which are then what is beside it: `beyond` tells how many on.
    """

    changed = Signal(object)
    beyond = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = SliceView()
        self.slices = Track(Qt.Orientation.Vertical, "Slice")
        self._among: tuple[int, int] = ALONE
        self.slices.valueChanged.connect(self._to_slice)
        self.view.changed.connect(self._follow)
        self.view.beyond.connect(self.beyond)
        row = row_box(self)
        row.addWidget(self.view, 1)
        row.addWidget(self.slices)

    def show_viewing(self, viewing: Viewing, names: tuple[str, ...]) -> None:
        """Show this, of the scan that `names` name."""
        if viewing is not self.view.viewing or names != self.view.names:
            self.view.show_viewing(viewing, names)
            self._stand(viewing)

    def set_among(self, place: int, count: int) -> None:
        """What is shown is picture `place` of `count`, from 0 on."""
        self._among = (place, count)
        if self.view.viewing is not None:
            self._stand(self.view.viewing)

    def _to_slice(self, index: int) -> None:
        viewing = self.view.viewing
        if self._leafs(viewing):
            self.beyond.emit(index - self._among[0])
        elif viewing is not None:
            made = viewing.at_slice(index)
            self.view.show_viewing(made)
            self.changed.emit(made)

    def _follow(self, viewing: Viewing) -> None:
        self._stand(viewing)
        self.changed.emit(viewing)

    def _stand(self, viewing: Viewing) -> None:
        self.slices.show_position(*(self._among if self._leafs(viewing) else (viewing.index, viewing.plane.count)))

    def _leafs(self, viewing: Viewing | None) -> bool:
        """Whether the slider goes from picture to picture."""
        return self._among != ALONE and (viewing is None or viewing.plane.count == 1)
