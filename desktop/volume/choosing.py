"""Whether the graphics card or the processor draws volumes."""

from functools import cache
from typing import Literal

from desktop.opengl_probe import renderer

Way = Literal["auto", "card", "processor"]
SOFTWARE = ("llvmpipe", "softpipe", "swiftshader", "software", "gdi generic", "swrast", "basic render")


@cache
def card() -> str:
    """What OpenGL says it draws with; empty where there is none. Asked once, with a QApplication."""
    return renderer() or ""


def by_card(way: Way) -> bool:
    """Whether to draw with OpenGL: as wished, else wherever there is more behind it than the processor."""
    if way != "auto":
        return way == "card" and bool(card())
    return bool(card()) and not any(name in card().lower() for name in SOFTWARE)


def said(way: Way) -> str:
    """What a person is told where the processor draws for want of OpenGL; empty where there is nothing to tell."""
    if card():
        return ""
    if way == "card":
        return "The graphics card cannot draw: there is no OpenGL 3.3 here. The processor draws instead."
    asked = " A graphics driver with OpenGL 3.3 would be faster." if way != "processor" else ""
    return f"No OpenGL here: the processor draws.{asked}"
