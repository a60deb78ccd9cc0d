"""The planes of one scan in a layout: mirrors what is linked, and tells what the user makes of it."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.viewer.cell_grid import PLANES, VOLUME, CellGrid
from desktop.viewer.layer_stack import LayerStack, Slot
from desktop.viewer.layouts import ONE, Layout, maximised, plane_in
from desktop.viewer.plane_cell import PlaneCell
from desktop.viewer.slice_view import SliceView
from desktop.viewer.volume_cell import Factory, nothing
from engine.pictures.camera import Camera
from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.layer import Layer
from engine.pictures.linked import Linked
from engine.pictures.viewing import Viewing


class PlanesArea(CellGrid):
    """Cells for three planes and the volume, of which the layout shows some.

    `changed` tells the active viewing after every change by the user, `marked` a chosen voxel, `activated` that the
    user turned to a plane, `beyond` so many steps where there is but one slice, `arranged` that other cells stand in
    the area, or in other places. A single picture always has all of the area.
    """

    changed = Signal(object)
    marked = Signal(object)
    activated = Signal()
    beyond = Signal(int)
    arranged = Signal()

    def __init__(self, volume_view: Factory = nothing, parent: QWidget | None = None) -> None:
        super().__init__(volume_view, parent)
        self.linked: Linked | None = None
        self.hanging: Hanging = AS_USUAL
        self.enlarged: int | None = None
        self.stack = LayerStack()
        self._layout, self._arranged = ONE, (ONE, 0)
        self._main = 0
        self._names: tuple[str, ...] = ()
        self._crosshair = self._front = True
        self._among_several = False
        self._connect()
        self._arrange()

    @property
    def view(self) -> SliceView:
        """The active picture."""
        return self.active.view

    @property
    def active(self) -> PlaneCell:
        """The cell that commands and keys are meant for."""
        return self.cells[0 if self.linked is None else self.linked.active]

    @property
    def viewing(self) -> Viewing | None:
        """What the active picture shows; None while nothing of the scan is there."""
        return None if self.linked is None else self.linked.viewing

    @property
    def main(self) -> Viewing | None:
        """The plane that is chosen before the others."""
        return None if self.linked is None else self.linked.viewings[self._main]

    @property
    def shown(self) -> list[PlaneCell]:
        """The planes that are in sight."""
        return [self.cells[place] for place in self._places() if place != VOLUME]

    @property
    def layout_in_force(self) -> Layout:
        """The layout asked for; one plane alone where there is but one, or where it is enlarged."""
        if self.linked is not None and len(self.linked.viewings) == 1:
            return ONE
        if self.enlarged is not None:
            return maximised(None if self.enlarged == VOLUME else self.enlarged)
        return self._layout.fitting(self.width(), self.height())

    def show_viewing(self, viewing: Viewing, names: tuple[str, ...], cameras: dict[str, Camera] | None = None) -> None:
        """Show all planes of what is looked at, which becomes the chosen one; `cameras` by the planes' names."""
        self.linked, self._names = Linked.of(self.stack.laid_over(viewing), self.hanging, cameras), names
        self._main = self.linked.active
        self._arrange()

    def rename(self, names: tuple[str, ...]) -> None:
        """Call the scan otherwise."""
        if self.linked is not None:
            self._names = names
            self._mirror()

    def become(self, viewing: Viewing) -> None:
        """Show this in the plane of its name, which becomes the active one; the others follow."""
        if self.linked is None:
            return
        place = self.linked.names.index(viewing.plane.name)
        self._take(self.linked.after(self.stack.laid_over(viewing)).activated(place))

    def change_all(self, linked: Linked) -> None:
        """Show other viewings of the same planes."""
        self._take(linked)

    def choose(self, name: str) -> None:
        """Put the plane of this name before the others."""
        if self.linked is not None and name in self.linked.names:
            self._main = self.linked.names.index(name)
            self._take(self.linked.activated(self._main))
            self._tell()

    def lay_out(self, layout: Layout) -> None:
        """Change to another layout; the chosen plane is the active one."""
        self._layout, self.enlarged = layout, None
        if self.linked is not None and layout.has_main:
            self._main = self.linked.active
        self._arrange()

    def hang(self, hanging: Hanging) -> None:
        """Change sides, or the axes that are cut along."""
        if hanging != self.hanging:
            self.hanging = hanging
            if self.linked is not None:
                self._take(self.linked.hung(hanging))
                self._tell()

    def enlarge(self, place: int) -> None:
        """One cell in all of the area (VOLUME is the volume's); the layout again where it is so already."""
        if self.enlarged is not None:
            self.enlarged = None
        elif len(self._layout.slots) > 1:
            self.enlarged = place
            if self.linked is not None and place != VOLUME:
                self.linked = self.linked.activated(place)
        self._arrange()

    def set_crosshair(self, shown: bool) -> None:
        """Draw where the planes meet, or not."""
        self._crosshair = shown
        self._mirror()

    def lay_over(self, layers: tuple[Layer, ...], slot: Slot = "layers") -> None:
        """Show these layers over the scan, in all planes and the volume, with those of other slots; nobody is told."""
        if self.linked is None:
            return
        self.stack.put(slot, layers)
        if self.linked.viewing.layers != self.stack.all:
            self._take(self.linked.each(self.stack.laid_over))

    def set_front(self, front: bool, among_several: bool) -> None:
        """Whether this is the scan that is spoken of, and whether it has to be told from others."""
        self._front, self._among_several = front, among_several
        self._light()

    def hold(self) -> None:
        """Let the scan go, but leave its pictures standing until there are others."""
        super().hold()
        self.forget()

    def clear(self) -> None:
        """Show nothing."""
        super().clear()
        self.forget()

    def forget(self) -> None:
        """Keep nothing of the scan; what stands in the cells is for another to take the place of."""
        self.linked = None
        self.stack.clear()

    def refresh(self) -> None:
        """Paint again, as far as more has come of a scan that is being read."""
        for cell in self.shown:
            cell.view.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress):
            for place, cell in enumerate(self.cells):
                if watched in (cell.view, cell.slices):
                    self._turn_to(place)
        return super().eventFilter(watched, event)

    def _turn_to(self, place: int) -> None:
        if self.linked is not None and place < len(self.linked.viewings) and place != self.linked.active:
            self.linked = self.linked.activated(place)
            self._light()
            self._tell()
        self.activated.emit()

    def _changed(self, place: int, viewing: Viewing) -> None:
        if self.linked is not None and place < len(self.linked.viewings):
            self._take(self.linked.after(viewing))
            self._tell()

    def _take(self, linked: Linked) -> None:
        self.linked = linked
        if linked.active not in self._places():
            self._main = linked.active
            self.enlarged = linked.active if self.enlarged is not None else None
        self._arrange()

    def _tell(self) -> None:
        if self.viewing is not None:
            self.changed.emit(self.viewing)

    def _places(self) -> list[int]:
        """What stands in the slots of the layout, in their order."""
        planes = PLANES if self.linked is None else len(self.linked.viewings)
        found = (plane_in(slot, self._main, planes) for slot in self.layout_in_force.slots)
        return [VOLUME if place is None else place for place in found]

    def _arrange(self) -> None:
        """Put the cells where the layout has them, where that is not so yet."""
        wanted = (self.layout_in_force, self._main)
        if wanted != self._arranged or not self._grid.count():
            self._arranged = wanted
            focused = any(cell.view.hasFocus() for cell in self.cells)
            self._put(wanted[0], self._places())
            if focused and self.active.isVisible():
                self.view.setFocus()
            self.arranged.emit()
        self._mirror()

    def _mirror(self) -> None:
        """Show in every cell in sight what it should; the scan is named in the first."""
        linked = self.linked
        if linked is None:
            return
        shown = [place for place in self._places() if place != VOLUME]
        for place in shown:
            view, viewing = self.cells[place].view, linked.viewings[place]
            first = place == shown[0]
            view.set_crosshair(self._crosshair and len(shown) > 1)
            view.set_alone(len(self._layout.slots) == 1 or len(linked.viewings) == 1)
            view.set_spoken(first)
            self.cells[place].show_viewing(viewing, self._names if first else (viewing.plane.name.capitalize(),))
        if VOLUME in self._places():
            self.volume.show_viewing(linked.viewing)
        self._light()

    def _light(self) -> None:
        lit = self._front and (self._among_several or len(self.shown) > 1)
        for cell in self.cells:
            cell.view.set_lit(lit and cell is self.active)

    def _connect(self) -> None:
        for place, cell in enumerate(self.cells):
            cell.changed.connect(partial(self._changed, place))
            cell.view.marked.connect(self.marked)
            cell.beyond.connect(self.beyond)
            cell.view.enlarge_wanted.connect(partial(self.enlarge, place))
            for part in (cell.view, cell.slices):
                part.installEventFilter(self)
        self.volume.enlarge_wanted.connect(partial(self.enlarge, VOLUME))
