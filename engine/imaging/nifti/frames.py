"""What the frames of a NIfTI file are: what the side-car says, else what the header says of time."""

import math

from engine.imaging.doubt import Doubt
from engine.imaging.nifti.header import NiftiHeader
from engine.imaging.sidecar import Sidecar
from engine.imaging.unplaced import frames_told
from engine.imaging.volume import FrameAxis

_TIME_UNITS_MS = {8: 1000.0, 16: 1.0, 24: 0.001}
_TIME_AXIS = 4


def frame_axis(header: NiftiHeader, sidecar: Sidecar) -> tuple[FrameAxis, tuple[Doubt, ...]]:
    """The frame axis in ms, and a warning where the file does not say what its frames are."""
    if sidecar.axis is None and len(header.further) > 1:
        sizes = " x ".join(map(str, header.further.values()))
        told = f"its {header.frames} frames run over {len(header.further)} axes ({sizes}), which are not told apart"
        return FrameAxis("unknown"), (Doubt("frames", told),)
    times = _times(header)
    if sidecar.axis is None and times:
        return FrameAxis("time", times), ()
    return frames_told(header.frames, sidecar)


def _times(header: NiftiHeader) -> tuple[float, ...]:
    unit = _TIME_UNITS_MS.get(int(header.fields["xyzt_units"]) & 0x38)
    step = float(header.fields["pixdim"][_TIME_AXIS])
    if set(header.further) != {_TIME_AXIS} or unit is None or not math.isfinite(step) or step <= 0:
        return ()
    return tuple(round(index * step * unit, 6) for index in range(header.frames))
