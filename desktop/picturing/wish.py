"""What is to be saved, how large, and where: what the panels ask for, as data."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSize

from engine.pictures.drawing import LARGEST
from engine.pictures.movie import video_available

What = Literal["front", "layout", "slices", "movie-slices", "movie-frames", "movie-turn"]


@dataclass(frozen=True)
class Kind:
    """A thing that can be saved: its name for people, and the formats there are for it."""

    what: What
    words: str
    endings: tuple[str, ...]
    hint: str = ""


FORMATS = {
    ".png": "PNG",
    ".pdf": "PDF, with letters that stay letters",
    ".tif": "TIFF",
    ".jpg": "JPEG",
    ".gif": "GIF",
    ".apng": "APNG",
    ".webp": "WebP",
    ".mp4": "MP4",
}
STILL = (".png", ".pdf", ".tif", ".jpg")
MOVING = (".gif", ".apng", ".webp", ".mp4")
PICTURES = (
    Kind("front", "The picture in front", STILL),
    Kind("layout", "The whole layout", STILL),
    Kind("slices", "Every slice of it", (".png",), "A numbered PNG file for each, with layers, without measurements."),
)
MOVIES = (
    Kind("movie-slices", "Through the slices", MOVING, "With layers, without measurements."),
    Kind("movie-frames", "Through the frames", MOVING, "With layers, without measurements."),
    Kind("movie-turn", "The volume, turning once", MOVING),
)
SIZES = {"1": "As on the screen", "2": "Twice as large", "4": "Four times as large", "": "A width of my own"}
NARROWEST = 64


@dataclass(frozen=True)
class Wish:
    """`size` is how many times as on the screen, or a width in pixels where `by_width`."""

    what: What
    path: Path
    size: float = 1.0
    by_width: bool = False
    texts: bool = True
    named: bool = True
    fps: float = 10.0
    loop: bool = True
    overwrite: bool = False

    def ratio(self, area: QSize, dense: float = 1.0) -> float:
        """File's pixels for each of the screen's, of an area on a screen that has `dense` pixels for each."""
        ratio = self.size / max(1, area.width()) if self.by_width else self.size * dense
        return min(ratio, LARGEST / max(1, area.width(), area.height()))


def endings_there(kind: Kind) -> tuple[str, ...]:
    """The formats that can be written here."""
    return tuple(ending for ending in kind.endings if ending != ".mp4" or video_available())
