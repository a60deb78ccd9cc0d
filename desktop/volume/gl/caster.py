"""The ray-caster of one OpenGL context: programs and textures are its own, shared with no other context."""

from typing import Any

import numpy as np
from OpenGL import GL
from OpenGL.GL import shaders
from PySide6.QtGui import QOpenGLContext
from PySide6.QtOpenGL import QOpenGLVertexArrayObject

from desktop.volume.gl.shader import FRAGMENT, VERTEX
from desktop.volume.gl.textures import upload_steps, upload_table
from desktop.volume.levels import Levels, Steps
from desktop.volume.look import MODES
from desktop.volume.rays import Rays, Size
from desktop.volume.scene import Scene
from desktop.volume.shear import turn_of

EMPTY: Steps = np.zeros((1, 1, 1), np.uint16)
BANDS = 8
UNITS = ("volume", "second", "table", "tint")


class Caster:
    """Made and used with one context current; `release` too.

    pyqtgraph's own items keep one program for all contexts, which is why a second GLViewWidget shows nothing of them.
    """

    def __init__(self) -> None:
        self.context = QOpenGLContext.currentContext()
        self._array = QOpenGLVertexArrayObject()
        self._array.create()
        self._array.bind()
        vertex = shaders.compileShader(VERTEX, GL.GL_VERTEX_SHADER)
        fragment = shaders.compileShader(FRAGMENT, GL.GL_FRAGMENT_SHADER)
        self._program: Any = shaders.compileProgram(vertex, fragment, validate=False)
        self._array.release()
        self._volumes: dict[int, tuple[Levels | None, bool, int]] = {}

    def draw(self, scene: Scene, size: Size, stride: float) -> None:
        """The scene into the framebuffer that is bound, `size` large, with samples `stride` voxels apart."""
        rays = scene.rays(size)
        tables = [upload_table(scene.table(stride * rays.unit_mm)), upload_table(scene.tint_table())]
        textures = [self._volume(0, scene.levels), self._volume(1, scene.tint_levels, sharp=scene.sharp), *tables]
        GL.glViewport(0, 0, *size)
        for test in (GL.GL_DEPTH_TEST, GL.GL_BLEND, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
            GL.glDisable(test)
        self._array.bind()
        GL.glUseProgram(self._program)
        for unit, texture in enumerate(textures):
            GL.glActiveTexture(GL.GL_TEXTURE0 + unit)
            GL.glBindTexture(GL.GL_TEXTURE_3D if unit < 2 else GL.GL_TEXTURE_2D, texture)
            GL.glUniform1i(self._at(UNITS[unit]), unit)
        self._tell(scene, rays, size, stride)
        _draw_in_bands(size)
        GL.glUseProgram(0)
        GL.glActiveTexture(GL.GL_TEXTURE0)
        self._array.release()
        GL.glDeleteTextures(tables)

    def forget(self) -> None:
        """Give the memory of the volumes back."""
        if self._volumes:
            GL.glDeleteTextures([texture for *_, texture in self._volumes.values()])
            self._volumes.clear()

    def release(self) -> None:
        """Give everything back."""
        self.forget()
        GL.glDeleteProgram(self._program)
        self._array.destroy()

    def _volume(self, unit: int, levels: Levels | None, *, sharp: bool = False) -> int:
        known = self._volumes.get(unit)
        if known is not None and known[0] is levels and known[1] == sharp:
            return known[2]
        if known is not None:
            GL.glDeleteTextures([known[2]])
            del self._volumes[unit]
        texture = upload_steps(EMPTY if levels is None else levels.values, sharp=sharp)
        self._volumes[unit] = (levels, sharp, texture)
        return texture

    def _at(self, name: str) -> int:
        return int(GL.glGetUniformLocation(self._program, name))

    def _tell(self, scene: Scene, rays: Rays, size: Size, stride: float) -> None:
        grid, second = scene.levels.grid, scene.tint_levels
        link = np.eye(4) if second is None else second.grid.inverse @ grid.affine
        vectors = np.zeros((4, 4), np.float32)
        vectors[:, :3] = [rays.origin, rays.across, rays.down, rays.along]
        bounds = np.array(grid.bounds(scene.look.clip), np.float32)
        GL.glUniformMatrix4fv(self._at("rays"), 1, False, vectors)
        GL.glUniformMatrix2x3fv(self._at("bounds"), 1, False, bounds)
        GL.glUniformMatrix4fv(self._at("link"), 1, True, link.astype(np.float32))
        GL.glUniformMatrix3fv(self._at("turn"), 1, True, turn_of(scene.camera, grid).astype(np.float32))
        GL.glUniform3f(self._at("size"), *map(float, grid.shape))
        GL.glUniform3f(self._at("second_size"), *map(float, (1, 1, 1) if second is None else second.grid.shape))
        GL.glUniform2f(self._at("fit"), *scene.fit)
        GL.glUniform2f(self._at("tint_fit"), *scene.tint_fit)
        for name, value in (
            ("height", float(size[1])), ("stride", stride), ("surface", scene.surface), ("ground", scene.ground),
            ("ghost", scene.ghost), ("middle", _middle(scene)), ("fewest", scene.shortest(rays, grid) / stride),
            ("haze", scene.haze(stride * rays.unit_mm)),
        ):  # fmt: skip
            GL.glUniform1f(self._at(name), value)
        GL.glUniform1i(self._at("tinted"), int(second is not None))
        GL.glUniform1i(self._at("mode"), MODES.index(scene.look.mode))


def _draw_in_bands(size: Size) -> None:
    """One triangle over everything, a part of the rows at a time: no system takes a slow card for one that hangs."""
    GL.glEnable(GL.GL_SCISSOR_TEST)
    for band in range(BANDS):
        first, last = (size[1] * edge // BANDS for edge in (band, band + 1))
        GL.glScissor(0, first, size[0], last - first)
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, 3)
        GL.glFlush()
    GL.glDisable(GL.GL_SCISSOR_TEST)


def _middle(scene: Scene) -> float:
    middle = None if scene.tint is None else scene.tint.middle
    return -1.0 if middle is None else middle
