"""What is written over a picture: corner texts, edge letters, and the length of the scale bar."""

from dataclasses import dataclass
from math import isfinite

from engine.pictures.doubt import Unsure
from engine.pictures.hanging import hanging_words
from engine.pictures.layer import Layer
from engine.pictures.layer_values import drawable, value_under
from engine.pictures.plane import Voxel
from engine.pictures.turning import turn_of
from engine.pictures.viewing import Viewing
from engine.pictures.wording import (
    colour_words,
    frame_words,
    layer_words,
    slice_words,
    span_words,
    value_words,
    world_words,
)

SIDES = {"R": "right", "L": "left", "A": "front", "P": "back", "S": "head", "I": "feet"}
ROUND_MM = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True)
class Legend:
    """Lines per corner, from top to bottom."""

    top_left: tuple[str, ...] = ()
    top_right: tuple[str, ...] = ()
    bottom_left: tuple[str, ...] = ()
    bottom_right: tuple[str, ...] = ()


def legend(
    viewing: Viewing,
    names: tuple[str, ...],
    unsure: Unsure,
    pointed: Voxel | None,
    shared: bool = True,
    brevity: int = 0,
) -> Legend:
    """The corner texts; `names` say whose scan it is, `pointed` is the voxel under the cursor.

    What all planes of a scan share is left out where it is not `shared` by this one. With
    `brevity` 1 the lines are short, with 2 there are as few as can be.
    """
    certain = not (unsure.sides or unsure.sizes)
    hung = "" if brevity > 1 and not shared else _hung_words(viewing, unsure)
    if brevity > 1 and hung == "Radiological":
        hung = ""
    return Legend(
        top_left=(*names, pointed_words(viewing, unsure, pointed, brevity > 0)),
        top_right=_frame_lines(viewing) if shared else (),
        bottom_left=(hung, _slice_line(viewing, certain, brevity > 0)),
        bottom_right=(_window_words(viewing),) if shared and brevity < 2 else (),
    )


def _hung_words(viewing: Viewing, unsure: Unsure) -> str:
    """Which side is where; of a picture whose sides nobody knows, how it is turned."""
    if not unsure.sides:
        return hanging_words(viewing.plane)
    turn = turn_of(viewing)
    return "" if turn is None else turn.words()


def _slice_line(viewing: Viewing, certain: bool, short: bool) -> str:
    """Nothing of a single picture that lies nobody knows where."""
    alone = viewing.plane.count == 1 and not certain
    return "" if alone else slice_words(viewing.plane, viewing.index, certain, short)


def _window_words(viewing: Viewing) -> str:
    window = viewing.window
    inverted = " inverted" if window.inverted else ""
    width, level = (span_words(value, window.width) for value in (window.width, window.level))
    return f"W {width}  L {level}{inverted}"


def pointed_words(viewing: Viewing, unsure: Unsure, voxel: Voxel | None, short: bool = False) -> str:
    """The value, that of the layer on top, voxel and position under the cursor.

    The voxel is left out where it has to be `short`.
    """
    if voxel is None:
        return ""
    x, y, z = voxel
    sure = not (unsure.sides or unsure.sizes)
    words = "   ".join(part for part in (_value_words(viewing, voxel), _layer_words(viewing, voxel)) if part)
    if not (short and sure):
        words += f"   voxel {x}, {y}, {z}"
    return f"{words}   {world_words(viewing.plane.world(voxel))}" if sure else words


def edge_letters(viewing: Viewing, unsure: Unsure) -> tuple[str, str, str, str]:
    """The letters at the left, right, top and bottom edge; `?` where the sides are not to be trusted."""
    return ("?", "?", "?", "?") if unsure.sides else viewing.plane.letters


def edge_explained(letter: str, unsure: Unsure) -> str:
    """What hovering a letter says."""
    if letter == "?":
        return f"Which side this is, is not certain. {unsure.sides}".strip()
    return f"Towards the patient's {SIDES[letter]}"


def bar_mm(px_per_mm: float, room: float) -> int | None:
    """The longest round length that takes at most `room` screen pixels; None where none does sensibly."""
    fitting = [length for length in ROUND_MM if length * px_per_mm <= room]
    return fitting[-1] if fitting and fitting[-1] * px_per_mm >= room / 8 else None


def _value_words(viewing: Viewing, voxel: Voxel) -> str:
    if not viewing.has(voxel):
        return "loading"
    colour = viewing.colour(voxel)
    return value_words(viewing.value(voxel)) if colour is None else colour_words(colour)


def _layer_words(viewing: Viewing, voxel: Voxel) -> str:
    """The value of the topmost layer that has something there, and of a scan that hides the others on its own side."""
    hiding = tuple(layer for layer in viewing.layers if layer.hides)
    lying = tuple(layer for layer in viewing.layers if not layer.hides)
    return "   ".join(words for layers in (lying, hiding) if (words := _topmost_words(viewing, layers, voxel)))


def _topmost_words(viewing: Viewing, layers: tuple[Layer, ...], voxel: Voxel) -> str:
    """The value of the topmost that has something there; where that is a mask, its label."""
    for layer in reversed(layers):
        if drawable(viewing, layer):
            value = value_under(viewing, layer, voxel)
            if value > 0 if layer.look.labels else isfinite(value):
                return layer_words(layer.name, value, layer.unit)
    return ""


def _frame_lines(viewing: Viewing) -> tuple[str, ...]:
    volume = viewing.volume
    if volume.frames == 1 and not volume.frame_axis.values:
        return ()
    count = f"{viewing.frame + 1} of {volume.frames}"
    if not volume.frame_axis.values:
        return (f"Frame {count}",)
    return (frame_words(volume.frame_axis, viewing.frame), count)
