"""The widget that shows what the graphics card draws: a GLViewWidget with one item, the volume."""

from typing import Literal

from OpenGL import GL
from pyqtgraph.opengl import GLViewWidget
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QOpenGLContext, QSurfaceFormat
from PySide6.QtOpenGL import QOpenGLFramebufferObject
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.volume.gl.caster import Caster
from desktop.volume.scene import Scene

FINE, QUICK = 0.5, 1.0
SHARE = 0.5


class VolumeItem(GLGraphicsItem):
    """The volume as an item of pyqtgraph's. `moving` draws fewer pixels and samples."""

    broke = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.scene: Scene | None = None
        self.moving = False
        self._caster: Caster | None = None
        self._small: QOpenGLFramebufferObject | None = None

    def paint(self) -> None:
        """Draw into the view's framebuffer; what goes wrong is told by `broke`, once."""
        if self.scene is None:
            return
        try:
            self._paint(self.scene)
        except Exception as error:
            self.scene = None
            self.broke.emit(error)

    def picture(self, scene: Scene, size: QSize) -> QImage:
        """The scene at any size; the view's context has to be current."""
        buffer = QOpenGLFramebufferObject(size)
        buffer.bind()
        self.caster().draw(scene, (size.width(), size.height()), FINE)
        buffer.release()
        return buffer.toImage().convertToFormat(QImage.Format.Format_RGB32)

    def caster(self) -> Caster:
        """The ray-caster of the context that is current; a new one where the view came to another window."""
        if self._caster is None or self._caster.context is not QOpenGLContext.currentContext():
            self._small = None
            self._caster = Caster()
        return self._caster

    def release(self) -> None:
        """Give the card's memory back; the view's context has to be current."""
        if self._caster is not None:
            self._caster.release()
        self._caster = self._small = None

    def forget(self) -> None:
        """Give the volumes' memory back; the view's context has to be current."""
        if self._caster is not None:
            self._caster.forget()

    def _paint(self, scene: Scene) -> None:
        view = self.view()
        size = QSize(view.deviceWidth(), view.deviceHeight())
        caster = self.caster()
        if not self.moving:
            caster.draw(scene, (size.width(), size.height()), FINE)
            return
        target = int(GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING))
        small = self._buffer((size * SHARE).expandedTo(QSize(1, 1)))
        small.bind()
        caster.draw(scene, (small.width(), small.height()), QUICK)
        GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, small.handle())
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, target)
        GL.glBlitFramebuffer(
            0, 0, small.width(), small.height(), 0, 0, size.width(), size.height(),
            GL.GL_COLOR_BUFFER_BIT, GL.GL_LINEAR,
        )  # fmt: skip
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)

    def _buffer(self, size: QSize) -> QOpenGLFramebufferObject:
        if self._small is None or self._small.size() != size:
            self._small = QOpenGLFramebufferObject(size)
        return self._small


class CardSurface(GLViewWidget):
    """Mirrors a scene. `broke` tells that the card cannot draw it; the mouse belongs to whoever holds this."""

    way: Literal["card", "processor"] = "card"
    broke = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wanted = QSurfaceFormat()
        wanted.setVersion(3, 3)
        wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
        self.setFormat(wanted)
        self.setObjectName("volume_surface")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setBackgroundColor(theme.current().image)
        self.item = VolumeItem()
        self.item.broke.connect(self.broke)
        self.addItem(self.item)

    def show_scene(self, scene: Scene | None, *, moving: bool = False) -> None:
        """Draw this; nothing for None, and then the card keeps nothing either."""
        self.item.scene, self.item.moving = scene, moving
        if scene is None:
            self._with_context(self.item.forget)
        self.update()

    def picture(self, scene: Scene, size: QSize) -> QImage:
        """The scene at any size, as fine as at rest."""
        self.makeCurrent()
        made = self.item.picture(scene, size)
        self.doneCurrent()
        return made

    def close_down(self) -> None:
        """Give everything back, before the widget goes."""
        self.item.scene = None
        self._with_context(self.item.release)

    def _with_context(self, work: object) -> None:
        if self.isValid() and callable(work):
            self.makeCurrent()
            work()
            self.doneCurrent()
