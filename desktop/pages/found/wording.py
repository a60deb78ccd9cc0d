"""Sizes, spacings and frames of a scan in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.cohort_rows import counted

if TYPE_CHECKING:
    from engine.imaging.volume import FrameKind

TIMES = "\u2009×\u2009"
LONG_MS = 10_000
FRAMES: "dict[FrameKind, tuple[str, str]]" = {
    "echo time": ("echo", "echoes"),
    "repetition time": ("repetition time", "repetition times"),
    "inversion time": ("inversion time", "inversion times"),
    "time": ("time point", "time points"),
    "b-value": ("b-value", "b-values"),
}


def size_text(shape: Sequence[int]) -> str:
    """Columns, rows and slices: "256 × 256 × 30"."""
    return TIMES.join(map(str, shape))


def spacing_text(spacing: Sequence[float]) -> str:
    """Millimetres: "0.94 × 0.94 × 3"."""
    return TIMES.join(f"{side:.3g}" for side in spacing)


def frames_text(frames: int, kind: "FrameKind", values: Sequence[float]) -> str:
    """ "9 echoes, 10-90 ms"; empty for a scan of one frame."""
    if frames < 2:
        return ""
    words = counted(frames, *FRAMES.get(kind, ("frame", "frames")))
    return f"{words}, {range_text(kind, values)}" if values else words


def range_text(kind: "FrameKind", values: Sequence[float]) -> str:
    """ "10-90 ms", in seconds where they are long."""
    low, high = min(values), max(values)
    unit = "s/mm²" if kind == "b-value" else "ms"
    if unit == "ms" and high >= LONG_MS:
        low, high, unit = low / 1000, high / 1000, "s"
    return f"{low:.4g} {unit}" if low == high else f"{low:.4g}-{high:.4g} {unit}"


def kinds_of(names: Sequence[str]) -> str:
    """File names as a count per ending: "8 .txt, 3 .pdf, 2 without an ending"."""
    from collections import Counter
    from pathlib import PurePath

    counts = Counter(PurePath(name).suffix.lower() for name in names)
    told = [f"{number} {ending or 'without an ending'}" for ending, number in counts.most_common(6)]
    return ", ".join([*told, "…"] if len(counts) > len(told) else told)
