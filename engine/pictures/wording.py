"""What the viewer says: frames, positions and values in words and units."""

import math
from decimal import ROUND_HALF_UP, Decimal

from engine.imaging.volume import FrameAxis, FrameKind
from engine.pictures.plane import Plane, World

SHORT: dict[FrameKind, str] = {
    "echo time": "TE",
    "repetition time": "TR",
    "inversion time": "TI",
    "time": "t",
    "b-value": "b",
}
TITLES: dict[FrameKind, str] = {
    "echo time": "Echo time",
    "repetition time": "Repetition time",
    "inversion time": "Inversion time",
    "time": "Time",
    "b-value": "b-value",
}
DIFFUSION = "s/mm²"
SECOND = 1000.0
LONGEST = 24
DIGITS, MOST_DECIMALS = 3, 9
BEYOND_WRITING = 1e9


def frame_words(axis: FrameAxis, frame: int) -> str:
    """A frame by its value: "TE 45 ms"; by its number where the file does not say."""
    if not axis.values:
        return f"Frame {frame + 1}"
    return f"{SHORT.get(axis.kind, 'Frame at')} {amount(axis.values[frame], axis)}"


def axis_title(axis: FrameAxis) -> str:
    """What runs along the frames, with its unit: "Echo time (ms)"."""
    if not axis.values:
        return "Frame"
    return f"{TITLES.get(axis.kind, 'Frame value')} ({unit(axis)})"


def unit(axis: FrameAxis) -> str:
    """Seconds for a long time course, s/mm² for diffusion, milliseconds for everything else."""
    if axis.kind == "b-value":
        return DIFFUSION
    return "s" if axis.kind == "time" and max(axis.values, default=0.0) >= 10 * SECOND else "ms"


def in_unit(value: float, axis: FrameAxis) -> float:
    """A frame's value in the axis' unit."""
    return value / SECOND if unit(axis) == "s" else value


def amount(value: float, axis: FrameAxis) -> str:
    """A frame's value with its unit."""
    return f"{in_unit(value, axis):.5g} {unit(axis)}"


def slice_words(plane: Plane, index: int, certain: bool = True, short: bool = False) -> str:
    """A slice by number and position: "Slice 3 of 8 · S 12.5 mm", or "3 / 8 · S 12.5 mm"."""
    words = f"{index + 1} / {plane.count}" if short else f"Slice {index + 1} of {plane.count}"
    position = plane.position(index) if certain else None
    return words if position is None else f"{words} · {position[0]} {position[1]:.1f} mm"


def world_words(world: World) -> str:
    """A position with the side it is on: "L 12.1  A 5.4  S 30.0 mm"."""
    sides = (pair[value < 0] for pair, value in zip(("RL", "AP", "SI"), world, strict=True))
    parts = (f"{side} {abs(value):.1f}" for side, value in zip(sides, world, strict=True))
    return "  ".join(parts) + " mm"


def value_words(value: float) -> str:
    """A voxel's value as short as it stays exact enough."""
    if math.isnan(value):
        return "no value"
    if math.isinf(value):
        return "infinite" if value > 0 else "-infinite"
    return f"{value:.0f}" if float(value).is_integer() and abs(value) < 1e9 else f"{value:.4g}"


def layer_words(name: str, value: float, unit: str = "") -> str:
    """What lies over a voxel: "T2 84.3 ms"."""
    name = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
    short = f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return " ".join(word for word in (name, short, unit) if word)


def colour_words(colour: tuple[int, int, int]) -> str:
    """A coloured voxel: "R 12  G 200  B 0"."""
    return "  ".join(f"{name} {part}" for name, part in zip("RGB", colour, strict=True))


def span_words(value: float, span: float) -> str:
    """A value of a range or window so wide, with as many digits as its number box shows."""
    decimals = decimals_for(span)
    if not math.isfinite(value) or abs(value) >= BEYOND_WRITING:
        return value_words(value)
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


def decimals_for(span: float) -> int:
    """Enough to tell a hundredth of a range from the next."""
    if not 0 < span < math.inf:
        return DIGITS
    return min(max(DIGITS - 1 - math.floor(math.log10(span)), 0), MOST_DECIMALS)
