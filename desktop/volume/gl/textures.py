"""Tables and voxels in the memory of the graphics card."""

from typing import Any

import numpy as np
from OpenGL import GL

from desktop.volume.levels import Steps
from engine.errors import IsocenterError
from engine.pictures.colours import Table


def upload_steps(values: Steps, *, sharp: bool = False) -> int:
    """A new 3-D texture of steps (z, y, x), blended between voxels unless `sharp`, and continued beyond its border."""
    depth, rows, columns = values.shape
    most = int(GL.glGetIntegerv(GL.GL_MAX_3D_TEXTURE_SIZE))
    if max(values.shape) > most:
        raise IsocenterError(
            f"The graphics card takes volumes of at most {most} voxels a side, and this one has {max(values.shape)}"
        )
    texture = _new(GL.GL_TEXTURE_3D, GL.GL_CLAMP_TO_EDGE, GL.GL_NEAREST if sharp else GL.GL_LINEAR)
    GL.glTexImage3D(
        GL.GL_TEXTURE_3D, 0, GL.GL_R16, columns, rows, depth, 0, GL.GL_RED, GL.GL_UNSIGNED_SHORT,
        np.ascontiguousarray(values),
    )  # fmt: skip
    return texture


def upload_table(table: Table) -> int:
    """A new texture of one row of colours and opacities."""
    texture = _new(GL.GL_TEXTURE_2D, GL.GL_CLAMP_TO_EDGE)
    colours: Any = np.ascontiguousarray(table, np.float32)
    GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, GL.GL_RGBA32F, len(table), 1, 0, GL.GL_RGBA, GL.GL_FLOAT, colours)
    return texture


def _new(kind: Any, beyond: Any, between: Any = GL.GL_LINEAR) -> int:
    texture = int(GL.glGenTextures(1))
    GL.glBindTexture(kind, texture)
    GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1)
    for name in (GL.GL_TEXTURE_MIN_FILTER, GL.GL_TEXTURE_MAG_FILTER):
        GL.glTexParameteri(kind, name, between)
    for name in (GL.GL_TEXTURE_WRAP_S, GL.GL_TEXTURE_WRAP_T, GL.GL_TEXTURE_WRAP_R):
        GL.glTexParameteri(kind, name, beyond)
    return texture
