"""One slice as it is painted: a viewing with what is written over it."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QToolTip, QWidget

from desktop import theme
from desktop.viewer.canvas import Canvas
from desktop.viewer.inscription import Inscription, crossing_of
from desktop.viewer.magnifier import Magnifier
from desktop.viewer.missing import draw_missing
from desktop.viewer.plates import PAD
from engine.pictures.camera import Placement
from engine.pictures.doubt import unsure_of
from engine.pictures.plane import Voxel
from engine.pictures.viewing import Viewing

SMALLEST = QSize(80, 80)


class SlicePicture(QWidget):
    """Mirrors `viewing`; `pointed` is the voxel under the pointer. What comes from the owner emits nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewing: Viewing | None = None
        self.inscription = Inscription()
        self.pointed: Voxel | None = None
        self._pointer: QPointF | None = None
        self._lit = False
        self._canvas = Canvas()
        self._glass: Magnifier | None = None
        self._held: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setMinimumSize(SMALLEST)

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

    @property
    def smooth(self) -> bool:
        """Whether it blends between voxels."""
        return self._canvas.smooth

    def set_lit(self, lit: bool) -> None:
        """Frame the picture, as the one among several that is spoken of."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def set_crosshair(self, shown: bool) -> None:
        """Draw the position that all planes go through, or not."""
        self._inscribe(crosshair=shown)

    def set_spoken(self, spoken: bool) -> None:
        """Whether what is the same in all planes of the scan is written on this one."""
        self._inscribe(spoken=spoken)

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
        # Ended even where painting fails: Qt crashes when a widget goes while it is painted on.
        with QPainter(self) as painter:
            self._paint(painter, event.rect())

    def _paint(self, painter: QPainter, area: QRect) -> None:
        if not self._covers(area):
            painter.fillRect(area, QColor(theme.current().image))
        if self.viewing is not None:
            self._canvas.paint(painter, self.viewing, self.placement, self.size(), self.devicePixelRatioF())
            self.draw_over(painter)
            self.inscription.draw(painter, self.rect(), self.viewing, self.placement, self.pointed)
            if self._glass is not None and self._pointer is not None:
                self._glass.draw(painter, self.viewing, self.placement, self._pointer, self._canvas.smooth)
        elif self._held is not None:
            painter.drawPixmap(0, 0, self._held)
        if self._lit or self.hasFocus():
            painter.setPen(QPen(QColor(theme.DARK.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def draw_over(self, painter: QPainter) -> None:
        """Draw what lies over the slice but its texts; with a viewing."""
        assert self.viewing is not None
        draw_missing(painter, self.viewing, self.placement, QRectF(self.rect()))
        self._paint_over(painter)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.viewing is not None:
            QToolTip.showText(
                event.globalPos(), self.inscription.explained(self.rect(), self.viewing, event.pos()), self
            )
            return True
        return super().event(event)

    def _paint_over(self, painter: QPainter) -> None:
        """Draw between the picture and its texts."""

    def _inscribe(self, **parts: object) -> None:
        inscription = replace(self.inscription, **parts)  # type: ignore[arg-type]
        if inscription != self.inscription:
            self.inscription = inscription
            self.update()

    def _let_go(self) -> None:
        self.viewing = self.pointed = self._glass = None
        self._canvas.forget()

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
            self.update(self.inscription.pointed_band(self.rect(), self.fontMetrics().height() + PAD))

    def _voxel_under(self, at: QPointF | None) -> Voxel | None:
        if at is None or self.viewing is None:
            return None
        point = self.placement.to_picture(at.x(), at.y())
        return self.viewing.plane.voxel_at(*point, self.viewing.index)
