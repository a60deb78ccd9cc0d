"""What is written on a picture that goes to a file: the letters of the edges, a scale bar, a caption."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.pictures.camera import Placement
from engine.pictures.doubt import Unsure, unsure_of
from engine.pictures.hanging import hanging_words
from engine.pictures.legend import bar_mm, edge_letters
from engine.pictures.picture import Picture
from engine.pictures.viewing import Viewing
from engine.pictures.wording import frame_words, slice_words

INK, SHADE, WARNING = "#FFFFFF", "#000000", "#E3B04B"
SMALLEST, SHARE = 11, 42
NARROWEST = 120
BAR_SHARE = 0.3


@dataclass(frozen=True)
class Lettering:
    """`names` say whose scan it is; the caption names them, the slice and the frame."""

    letters: bool = False
    bar: bool = False
    caption: bool = False
    names: tuple[str, ...] = ()


PLAIN = Lettering()


def full(*names: str) -> Lettering:
    """All there is to write."""
    return Lettering(letters=True, bar=True, caption=True, names=tuple(name for name in names if name))


def named_as(patient: str, role: str, excluded: str = "") -> tuple[str, ...]:
    """The names of a scan, without those there are not, and why it was `excluded`, if it was."""
    return tuple(name for name in (patient, role, f"Excluded: {excluded}" if excluded else "") if name)


def lettered(picture: Picture, viewing: Viewing, placement: Placement, lettering: Lettering) -> Picture:
    """The picture with what `lettering` wants on it, as far as there is room; itself where that is nothing."""
    height, width = picture.shape[:2]
    if not (lettering.letters or lettering.bar or lettering.caption) or min(width, height) < NARROWEST:
        return picture
    unsure = unsure_of(viewing.volume)
    pen = _Pen(picture)
    if lettering.caption:
        pen.caption(caption_of(viewing, lettering.names, unsure))
    if lettering.letters:
        pen.letters(edge_letters(viewing, unsure))
    if lettering.bar and not unsure.in_plane(viewing.plane):
        pen.bar(placement.px_per_mm(viewing.plane.pixel_mm))
    return pen.picture()


def caption_of(viewing: Viewing, names: tuple[str, ...], unsure: Unsure) -> tuple[str, ...]:
    """Whose picture it is and which: as lines, the last for the slice."""
    certain = not (unsure.sides or unsure.sizes)
    sides = "" if unsure.sides else hanging_words(viewing.plane)
    axis = viewing.volume.frame_axis
    frame = frame_words(axis, viewing.frame) if viewing.volume.frames > 1 or axis.values else ""
    lines = ("  ".join(names), frame, sides, slice_words(viewing.plane, viewing.index, certain))
    return tuple(line for line in lines if line)


class _Pen:
    """Writes on a copy of a picture, in letters that grow with it."""

    def __init__(self, picture: Picture) -> None:
        self._image = Image.fromarray(picture)
        self._draw = ImageDraw.Draw(self._image)
        self._width, self._height = self._image.size
        self._size = max(SMALLEST, min(self._width, self._height) // SHARE)
        self._gap = self._size // 2
        self._taken = (0.0, 0.0)

    def picture(self) -> Picture:
        return np.array(self._image)

    def letters(self, letters: tuple[str, str, str, str]) -> None:
        """At the left, right, top and bottom edge."""
        w, h, gap = self._width, self._height, self._gap
        low = h - gap - self._above(w / 2 - self._size)
        places = (((gap, h // 2), "lm"), ((w - gap, h // 2), "rm"), ((w // 2, gap), "ma"), ((w // 2, low), "md"))
        for letter, (at, anchor) in zip(letters, places, strict=True):
            self._write(at, letter, anchor, 1.4, WARNING if letter == "?" else INK)

    def caption(self, lines: tuple[str, ...]) -> None:
        """Below each other in the left lower corner; what comes after makes way."""
        step, font = round(1.4 * self._size), ImageFont.load_default(self._size)
        widest = max((font.getlength(line) for line in lines), default=0.0)
        self._taken = (2 * self._gap + widest, float(step * len(lines)))
        for place, line in enumerate(reversed(lines)):
            self._write((self._gap, self._height - self._gap - place * step), line, "ld")

    def bar(self, px_per_mm: float) -> None:
        """A length in millimetres in the right lower corner."""
        length = bar_mm(px_per_mm, self._width * BAR_SHARE)
        if length is None:
            return
        right = self._width - self._gap
        left, tick, line = right - length * px_per_mm, self._gap // 2, max(1, self._size // 8)
        base = self._height - self._gap - self._above(left)
        corners = [(left, base - tick), (left, base), (right, base), (right, base - tick)]
        self._draw.line(corners, SHADE, 3 * line)
        self._draw.line(corners, INK, line)
        self._write((right, base - tick - 3 * line), f"{length} mm", "rd")

    def _above(self, left: float) -> float:
        """How far to keep from the lower edge with something that begins there, for the caption's sake."""
        reach, height = self._taken
        return height if left < reach else 0.0

    def _write(self, at: tuple[float, float], words: str, anchor: str, larger: float = 1.0, ink: str = INK) -> None:
        font = ImageFont.load_default(round(larger * self._size))
        edge = max(1, self._size // 8)
        self._draw.text(at, words, ink, font, anchor, stroke_width=edge, stroke_fill=SHADE)
