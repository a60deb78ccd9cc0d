"""Resample the whole volume onto a grid of a given size, for networks that want one size."""

from typing import Annotated

import numpy as np
from pydantic import Field

from engine.imaging import Volume
from engine.prepare.step import Step, steps
from engine.registry import Info, Options

Extent = Annotated[int, Field(ge=1, le=1024)]


class GridSize(Options):
    """The wanted grid."""

    size: tuple[Extent, Extent, Extent] = Field(title="Size", description="Voxels along x, y and z.")


def resample(volume: Volume, options: GridSize) -> Volume:
    """Linear interpolation over the same field of view, smoothed first where voxels grow."""
    from scipy import ndimage

    have = np.array(volume.shape_xyz)
    scale = have / np.array(options.size)
    blur = np.maximum(scale[::-1] - 1, 0) / 2
    shift = (scale[::-1] - 1) / 2
    shape = options.size[::-1]
    frames = [
        ndimage.affine_transform(
            ndimage.gaussian_filter(np.asarray(frame, np.float32), blur, mode="nearest"),
            scale[::-1],
            shift,
            shape,
            order=1,
            mode="nearest",
        )
        for frame in volume.array
    ]
    affine = volume.affine.copy()
    affine[:3, :3] = volume.affine[:3, :3] * scale
    affine[:3, 3] += volume.affine[:3, :3] @ ((scale - 1) / 2)
    return volume.with_array(np.stack(frames), affine)


steps.register(
    Step(Info("resample", "Resample to a grid", "Brings the whole volume to one grid size."), GridSize, resample)
)
