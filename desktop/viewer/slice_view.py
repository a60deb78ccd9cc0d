"""One slice on the screen: paints a viewing, and tells what mouse and keys make of it."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.viewer import gestures
from desktop.viewer.over import Over, Overs
from desktop.viewer.slice_picture import SlicePicture
from engine.pictures.viewing import Viewing


class SliceView(SlicePicture):
    """`changed` tells what the user made of its viewing, `marked` the voxel that was clicked, `enlarge_wanted` a
    double click where it is not `alone`. `beyond` tells the steps asked for where there are no other slices.
    """

    changed = Signal(object)
    marked = Signal(object)
    enlarge_wanted = Signal()
    beyond = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alone = True
        self._overs = Overs(self)
        self._drag: gestures.Drag | None = None
        self._wheel = gestures.Wheel()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def set_alone(self, alone: bool) -> None:
        """Whether a double click shows the whole picture, for there is no other to make way."""
        self._alone = alone

    def put_over(self, over: Over) -> None:
        """Lay something over the picture that is drawn on it, and asked before the picture takes the mouse."""
        self._overs.put(over)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.viewing is None or self._overs.press(event):
            return
        self._drag = gestures.begun(event, self.viewing)
        if self._drag.button == Qt.MouseButton.LeftButton:
            self._become(gestures.marked_at(self.viewing, event.position(), self.placement))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.viewing is None:
            return
        if self._drag is not None:
            self._become(self._drag.moved(event.position(), self.viewing, self.placement))
        elif not self._overs.drag(event):
            self._overs.hover(event.position())
            self.setCursor(self._overs.cursor(event.position()) or Qt.CursorShape.CrossCursor)
        self._point(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        self._overs.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.viewing is None or event.button() != Qt.MouseButton.LeftButton or self._overs.double_click(event):
            return
        if self._alone:
            self._become(gestures.fitted(self.viewing))
        else:
            self.enlarge_wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._single and not gestures.is_held(event):
            self._go_beyond(self._wheel.steps(event))
        elif self.viewing is not None:
            middle = QPointF(self.width() / 2, self.height() / 2)
            self._become(self._wheel.turned(event, self.viewing, self.placement, middle))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.viewing is not None and self._overs.key(event):
            return
        steps = gestures.steps_of(event) if self._single else 0
        made = None if self.viewing is None else gestures.pressed(event, self.viewing)
        if steps:
            self._go_beyond(steps)
        elif made is not None:
            self._become(made)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self.viewing is not None:
            self._overs.hover(None)
        self._point(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _go_beyond(self, steps: int) -> None:
        if steps:
            self.beyond.emit(steps)

    @property
    def _single(self) -> bool:
        """Whether there is but one slice of one frame, or none yet."""
        return self.viewing is None or (self.viewing.plane.count == 1 and self.viewing.volume.frames == 1)

    def _become(self, viewing: Viewing) -> None:
        before, self.viewing = self.viewing, viewing
        if viewing is before:
            return
        self.pointed = self._voxel_under(self._pointer)
        self.update()
        self.changed.emit(viewing)
        if before is not None and viewing.marked != before.marked:
            self.marked.emit(viewing.marked)

    def _paint_over(self, painter: QPainter) -> None:
        self._overs.paint(painter)

    def _let_go(self) -> None:
        self._drag = None
        super()._let_go()
