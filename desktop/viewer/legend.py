"""What is written over a picture: corner texts, edge letters, and the length of the scale bar."""

from dataclasses import dataclass

from desktop.viewer.doubt import Doubt
from desktop.viewer.plane import Voxel
from desktop.viewer.viewing import Viewing
from desktop.viewer.wording import frame_words, slice_words, span_words, value_words, world_words

SIDES = {"R": "right", "L": "left", "A": "front", "P": "back", "S": "head", "I": "feet"}
ROUND_MM = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True)
class Legend:
    """Lines per corner, from top to bottom."""

    top_left: tuple[str, ...] = ()
    top_right: tuple[str, ...] = ()
    bottom_left: tuple[str, ...] = ()
    bottom_right: tuple[str, ...] = ()


def legend(viewing: Viewing, names: tuple[str, ...], doubt: Doubt, pointed: Voxel | None) -> Legend:
    """The corner texts; `names` say whose scan it is, `pointed` is the voxel under the cursor."""
    window = viewing.window
    inverted = " inverted" if window.inverted else ""
    return Legend(
        top_left=(*names, pointed_words(viewing, doubt, pointed)),
        top_right=_frame_lines(viewing),
        bottom_left=(slice_words(viewing.plane, viewing.index, not (doubt.sides or doubt.sizes)),),
        bottom_right=(f"W {span_words(window.width)}  L {span_words(window.level)}{inverted}",),
    )


def pointed_words(viewing: Viewing, doubt: Doubt, voxel: Voxel | None) -> str:
    """The value, voxel and position under the cursor."""
    if voxel is None:
        return ""
    x, y, z = voxel
    words = f"{value_words(viewing.value(voxel))}   voxel {x}, {y}, {z}"
    sure = not (doubt.sides or doubt.sizes)
    return f"{words}   {world_words(viewing.plane.world(voxel))}" if sure else words


def edge_letters(viewing: Viewing, doubt: Doubt) -> tuple[str, str, str, str]:
    """The letters at the left, right, top and bottom edge; `?` where the sides are not to be trusted."""
    return ("?", "?", "?", "?") if doubt.sides else viewing.plane.letters


def edge_explained(letter: str, doubt: Doubt) -> str:
    """What hovering a letter says."""
    if letter == "?":
        return f"Which side this is, is not certain. {doubt.sides}".strip()
    return f"Towards the patient's {SIDES[letter]}"


def bar_mm(px_per_mm: float, room: float) -> int | None:
    """The longest round length that takes at most `room` screen pixels; None where none does sensibly."""
    fitting = [length for length in ROUND_MM if length * px_per_mm <= room]
    return fitting[-1] if fitting and fitting[-1] * px_per_mm >= room / 8 else None


def _frame_lines(viewing: Viewing) -> tuple[str, ...]:
    volume = viewing.volume
    if volume.frames == 1 and not volume.frame_axis.values:
        return ()
    count = f"{viewing.frame + 1} of {volume.frames}"
    if not volume.frame_axis.values:
        return (f"Frame {count}",)
    return (frame_words(volume.frame_axis, viewing.frame), count)
