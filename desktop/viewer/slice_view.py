"""One slice on the screen: paints a viewing, and tells what mouse and keys make of it."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop import theme
from desktop.viewer import annotations, gestures
from desktop.viewer.canvas import Canvas
from desktop.viewer.inscription import Inscription, crossing_of
from desktop.viewer.magnifier import Magnifier
from desktop.viewer.missing import draw_missing
from desktop.viewer.over import Over, Overs
from engine.pictures.camera import Placement
from engine.pictures.doubt import unsure_of
from engine.pictures.plane import Voxel
from engine.pictures.viewing import Viewing

SMALLEST = QSize(80, 80)


class SliceView(QWidget):
    """Mirrors `viewing`. `changed` tells what the user made of it, `marked` the voxel that was clicked,
    `enlarge_wanted` a double click where it is not `alone`.

    `show_viewing` and `clear` come from the owner and emit nothing.
    """

    changed = Signal(object)
    marked = Signal(object)
    enlarge_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewing: Viewing | None = None
        self.inscription = Inscription()
        self.pointed: Voxel | None = None
        self._pointer: QPointF | None = None
        self._lit, self._alone = False, True
        self._overs = Overs(self)
        self._canvas = Canvas()
        self._glass: Magnifier | None = None
        self._held: QPixmap | None = None
        self._drag: gestures.Drag | None = None
        self._wheel = gestures.Wheel()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(SMALLEST)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def show_viewing(self, viewing: Viewing, names: tuple[str, ...] | None = None) -> None:
        """Show this; `names` say whose scan it is, and stay where they are not given."""
        if self.viewing is None or viewing.volume is not self.viewing.volume:
            self._inscribe(unsure=unsure_of(viewing.volume))
        self.viewing, self._held = viewing, None
        if names is not None:
            self._inscribe(names=names)
        self.pointed = self._voxel_under(self._pointer)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._let_go()
        self._held = None
        self._inscribe(names=())
        self.update()

    def hold(self) -> None:
        """Let the scan go, but leave its picture standing until there is another; it answers to nothing."""
        if self.viewing is not None:
            self._held = self.grab()
            self._let_go()
            self.update()

    def refresh(self) -> None:
        """Paint again, as far as more has come of a scan that is being read."""
        if self.viewing is not None and self.viewing.presence is not None:
            self.update()

    def set_smooth(self, smooth: bool) -> None:
        """Blend between voxels, or show their edges."""
        self._canvas.smooth = smooth
        self.update()

    def set_lit(self, lit: bool) -> None:
        """Frame the picture, as the one among several that is spoken of."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def set_crosshair(self, shown: bool) -> None:
        """Draw the position that all planes go through, or not."""
        self._inscribe(crosshair=shown)

    def set_alone(self, alone: bool) -> None:
        """Whether a double click shows the whole picture, for there is no other to make way."""
        self._alone = alone

    def set_spoken(self, spoken: bool) -> None:
        """Whether what is the same in all planes of the scan is written on this one."""
        self._inscribe(spoken=spoken)

    def put_over(self, over: Over) -> None:
        """Lay something over the picture that is drawn on it, and asked before the picture takes the mouse."""
        self._overs.put(over)

    @property
    def names(self) -> tuple[str, ...]:
        """Whose scan it is."""
        return self.inscription.names

    @property
    def pointed_at(self) -> bool:
        """Whether the pointer is over the picture."""
        return self._pointer is not None

    def magnify(self, wanted: bool) -> None:
        """Hold a glass over what is under the pointer, or take it away."""
        if wanted != (self._glass is not None):
            self._glass = Magnifier() if wanted else None
            self.update()

    @property
    def crossing(self) -> QPointF | None:
        """Where the crosshair stands on the widget."""
        return None if self.viewing is None else crossing_of(self.viewing, self.placement)

    @property
    def placement(self) -> Placement:
        """Where the picture lies on the widget; only with a viewing."""
        assert self.viewing is not None
        plane = self.viewing.plane
        grid, area = (plane.columns, plane.rows), (self.width(), self.height())
        return Placement.of(grid, plane.pixel_mm, area, self.viewing.camera)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._covers(event.rect()):
            painter.fillRect(event.rect(), QColor(theme.current().image))
        if self.viewing is not None:
            self._canvas.paint(painter, self.viewing, self.placement, self.size(), self.devicePixelRatioF())
            draw_missing(painter, self.viewing, self.placement, QRectF(self.rect()))
            self._overs.paint(painter)
            self.inscription.draw(painter, self.rect(), self.viewing, self.placement, self.pointed)
            if self._glass is not None and self._pointer is not None:
                self._glass.draw(painter, self.viewing, self.placement, self._pointer, self._canvas.smooth)
        elif self._held is not None:
            painter.drawPixmap(0, 0, self._held)
        if self._lit or self.hasFocus():
            painter.setPen(QPen(QColor(theme.DARK.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

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
        if self.viewing is not None:
            middle = QPointF(self.width() / 2, self.height() / 2)
            self._become(self._wheel.turned(event, self.viewing, self.placement, middle))
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.viewing is not None and self._overs.key(event):
            return
        made = None if self.viewing is None else gestures.pressed(event, self.viewing)
        if made is None:
            super().keyPressEvent(event)
        else:
            self._become(made)

    def leaveEvent(self, event: QEvent) -> None:
        if self.viewing is not None:
            self._overs.hover(None)
        self._point(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.viewing is not None:
            QToolTip.showText(
                event.globalPos(), self.inscription.explained(self.rect(), self.viewing, event.pos()), self
            )
            return True
        return super().event(event)

    def _inscribe(self, **parts: object) -> None:
        inscription = replace(self.inscription, **parts)  # type: ignore[arg-type]
        if inscription != self.inscription:
            self.inscription = inscription
            self.update()

    def _let_go(self) -> None:
        self.viewing = self.pointed = self._drag = self._glass = None
        self._canvas.forget()

    def _become(self, viewing: Viewing) -> None:
        before, self.viewing = self.viewing, viewing
        if viewing is before:
            return
        self.pointed = self._voxel_under(self._pointer)
        self.update()
        self.changed.emit(viewing)
        if before is not None and viewing.marked != before.marked:
            self.marked.emit(viewing.marked)

    def _covers(self, area: QRect) -> bool:
        """Whether the picture hides all of an area."""
        if self.viewing is None:
            return False
        plane, placement = self.viewing.plane, self.placement
        left, top = placement.to_screen(0, 0)
        right, bottom = placement.to_screen(plane.columns, plane.rows)
        return QRectF(left, top, right - left, bottom - top).contains(QRectF(area))

    def _point(self, at: QPointF | None) -> None:
        self._pointer = at
        if self._glass is not None:
            self.update()
        voxel = self._voxel_under(at)
        if voxel != self.pointed:
            self.pointed = voxel
            self.update(annotations.pointed_band(self.rect(), self.fontMetrics().height(), len(self.names)))

    def _voxel_under(self, at: QPointF | None) -> Voxel | None:
        if at is None or self.viewing is None:
            return None
        point = self.placement.to_picture(at.x(), at.y())
        return self.viewing.plane.voxel_at(*point, self.viewing.index)
