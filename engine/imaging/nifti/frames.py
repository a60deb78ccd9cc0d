"""What the frames of a NIfTI file are: what the side-car says, else what the header says of time."""

import math

from engine.imaging.nifti.header import NiftiHeader
from engine.imaging.sidecar import Sidecar
from engine.imaging.volume import FrameAxis

_TIME_UNITS_MS = {8: 1000.0, 16: 1.0, 24: 0.001}


def frame_axis(header: NiftiHeader, sidecar: Sidecar) -> tuple[FrameAxis, tuple[str, ...]]:
    """The frame axis in ms, and a warning where the file does not say what its frames are."""
    if sidecar.axis is not None:
        return sidecar.axis, ()
    if header.frames == 1:
        return FrameAxis(), ()
    unit = _TIME_UNITS_MS.get(int(header.fields["xyzt_units"]) & 0x38)
    step = float(header.fields["pixdim"][4])
    if unit is not None and math.isfinite(step) and step > 0:
        return FrameAxis("time", tuple(round(index * step * unit, 6) for index in range(header.frames))), ()
    return FrameAxis("unknown"), (f"the file does not say what its {header.frames} frames are",)
