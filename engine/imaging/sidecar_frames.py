"""What the named values beside a scan say of its frames: lists of times in seconds, or of b-values."""

import math
from typing import Any

from engine.imaging.doubt import Doubt
from engine.imaging.volume import FrameAxis, FrameKind

TIMES: dict[str, FrameKind] = {
    "EchoTime": "echo time",
    "RepetitionTime": "repetition time",
    "InversionTime": "inversion time",
    "VolumeTiming": "time",
}
B_VALUE = "DiffusionBValue"
_LONGEST_ECHO_S = 5.0


def axis_told(
    values: dict[str, Any], frames: int, name: str, diffusion: FrameAxis | None, doubts: list[Doubt]
) -> FrameAxis | None:
    """The listed time, or diffusion weight, that changes from frame to frame; the first time where none does."""
    weights = _weights(values.get(B_VALUE), frames) or diffusion
    changing = weights is not None and len(set(weights.values)) > 1
    times = _times(values, frames, name, doubts)
    return next((axis for axis in times if len(set(axis.values)) > 1), weights if changing else next(iter(times), None))


def _weights(listed: Any, frames: int) -> FrameAxis | None:
    weights = numbers(listed)
    if weights is None or len(weights) != frames or min(weights) < 0:
        return None
    return FrameAxis("b-value", weights)


def _times(values: dict[str, Any], frames: int, name: str, doubts: list[Doubt]) -> list[FrameAxis]:
    lists = {key: values[key] for key in TIMES if isinstance(values.get(key), list)}
    axes = []
    for key, listed in lists.items():
        times = _milliseconds(listed, zero=key == "VolumeTiming")
        if times is None:
            doubts.append(Doubt("sidecar", f"{key} in {name} is not a list of times in seconds"))
        elif len(times) != frames:
            doubts.append(Doubt("sidecar", f"{key} in {name} lists {len(times)} values for {frames} frames"))
        else:
            axes.append(FrameAxis(TIMES[key], times))
            if key == "EchoTime" and max(times) > 1000 * _LONGEST_ECHO_S:
                doubts.append(Doubt("sidecar", f"{key} in {name} looks like milliseconds; it is read as seconds"))
    return axes


def _milliseconds(listed: list[Any], *, zero: bool) -> tuple[float, ...] | None:
    times = numbers(listed)
    if times is None or any(time < 0 or (time == 0 and not zero) for time in times):
        return None
    return tuple(round(1000 * time, 6) for time in times)


def numbers(listed: Any) -> tuple[float, ...] | None:
    """Finite numbers of a sensible size; None where it is not a list of such."""
    if not isinstance(listed, list):
        return None
    plain = [value for value in listed if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(plain) != len(listed) or any(abs(value) > 1e9 or math.isnan(value) for value in plain):
        return None
    return tuple(float(value) for value in plain)
