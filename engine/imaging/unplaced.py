"""Grids of which the file says nothing: the side-car may, else they are laid as an axial picture is shown.

Columns then lead to the left of the patient, rows to the back, slices to the head; and a doubt says that this is
not known.
"""

import numpy as np

from engine.imaging.doubt import Doubt
from engine.imaging.sidecar import Sidecar
from engine.imaging.volume import Affine, FrameAxis


def laid_flat(sidecar: Sidecar) -> tuple[Affine, tuple[Doubt, ...]]:
    """The affine to RAS+ mm, and what is doubtful about it."""
    if sidecar.affine is not None:
        return sidecar.affine, ()
    x, y, z = sidecar.spacing or (1.0, 1.0, 1.0)
    doubts: tuple[Doubt, ...] = (Doubt("orientation", "its orientation is not given"),)
    if sidecar.spacing is None:
        doubts = (*doubts, Doubt("size", "its voxel size is not given; 1 mm is taken"))
    return np.diag([-x, -y, z, 1.0]), doubts


def frames_told(frames: int, sidecar: Sidecar) -> tuple[FrameAxis, tuple[Doubt, ...]]:
    """What the side-car says of the frames, and a doubt where there are several and nothing is said."""
    if sidecar.axis is not None:
        return sidecar.axis, ()
    if frames == 1:
        return FrameAxis(), ()
    return FrameAxis("unknown"), (Doubt("frames", f"the file does not say what its {frames} frames are"),)


def stem_of(name: str) -> str:
    """A file's name without its ending; `.nii.gz` counts as one ending."""
    plain = name[: -len(".gz")] if name.lower().endswith(".gz") else name
    return plain.rpartition(".")[0] or plain
