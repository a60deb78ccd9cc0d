"""Divide every frame by the first and drop it: what is left is decay, free of receiver gain."""

import numpy as np
from pydantic import Field

from engine.errors import PrepareError
from engine.imaging import FrameAxis, Volume
from engine.prepare.step import Step, steps
from engine.registry import Info, Options


class EchoNormaliseOptions(Options):
    """Where the first frame is weak, the ratio is noise and is set to zero."""

    floor: float = Field(
        default=0.05,
        ge=0,
        lt=1,
        title="Floor",
        description="Voxels whose first frame is below this part of its 99th percentile become zero.",
    )
    highest: float = Field(default=2.0, gt=0, title="Highest ratio", description="Ratios above it are cut.")


def apply(volume: Volume, options: EchoNormaliseOptions) -> Volume:
    """All frames but the first, as parts of the first."""
    if volume.frames < 2:
        raise PrepareError("echo normalisation needs two frames or more", hint="Remove the step for this input.")
    array = np.asarray(volume.array, np.float32)
    first = array[0]
    trusted = first > options.floor * np.percentile(first, 99)
    ratio = np.divide(array[1:], first, out=np.zeros_like(array[1:]), where=trusted & (first > 0))
    axis = FrameAxis(volume.frame_axis.kind, volume.frame_axis.values[1:])
    return volume.with_array(np.clip(ratio, 0, options.highest), axis=axis)


steps.register(
    Step(
        Info("echo-normalise", "Echo normalisation", "Divides each frame by the first, which is then dropped."),
        EchoNormaliseOptions,
        apply,
    )
)
