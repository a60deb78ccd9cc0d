"""`python -m desktop.opengl_probe` prints which OpenGL the window would draw with; status 1 where there is none."""

import sys

from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext


def renderer() -> str | None:
    """Version and renderer, or None."""
    context, surface = QOpenGLContext(), QOffscreenSurface()
    surface.create()
    if not context.create() or not context.makeCurrent(surface):
        return None
    functions = context.functions()
    version, name = 0x1F02, 0x1F01
    return f"{functions.glGetString(version)} on {functions.glGetString(name)}"


def main() -> int:
    """Ask, print, tell."""
    app = QGuiApplication(sys.argv)
    found = renderer()
    sys.stdout.write(f"{found or 'no OpenGL'}\n")
    app.quit()
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
