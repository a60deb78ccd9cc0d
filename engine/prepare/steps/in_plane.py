"""Resize, crop and pad in the plane of the slices; the slices and frames stay as they are."""

from typing import Annotated

import numpy as np
from pydantic import Field

from engine.imaging import Volume
from engine.imaging.volume import Affine, Array
from engine.prepare.step import Step, steps
from engine.registry import Info, Options

Extent = Annotated[int, Field(ge=1, le=4096)]


class PlaneSize(Options):
    """The wanted size of each slice."""

    size: tuple[Extent, Extent] = Field(title="Size", description="Columns and rows (x, y) in pixels.")


def resize(volume: Volume, options: PlaneSize) -> Volume:
    """Each slice resampled over its whole field; larger pixels are the mean of those they cover."""
    x, y, _ = volume.shape_xyz
    columns, rows = options.size
    array = np.asarray(volume.array, np.float32)
    array = _resample(_resample(array, 2, rows), 3, columns)
    scale = np.array([x / columns, y / rows, 1.0])
    return volume.with_array(array, _rescaled(volume.affine, scale))


def crop_or_pad(volume: Volume, options: PlaneSize) -> Volume:
    """The middle of each slice; where it is too small, zeros around it."""
    array, offset = np.asarray(volume.array), np.zeros(3)
    for axis, wanted, place in ((3, options.size[0], 0), (2, options.size[1], 1)):
        have = array.shape[axis]
        start = int((have - wanted) / 2)  # towards zero, so that cropping undoes padding
        offset[place] = start
        if start >= 0:
            array = np.take(array, np.arange(start, start + wanted), axis=axis)
        else:
            widths = [(0, 0)] * array.ndim
            widths[axis] = (-start, wanted - have + start)
            array = np.pad(array, widths)
    affine = volume.affine.copy()
    affine[:3, 3] += volume.affine[:3, :3] @ offset
    return volume.with_array(array, affine)


def _resample(array: Array, axis: int, length: int) -> Array:
    """Area average along one axis: every new pixel is the mean over its share of the old ones."""
    have = array.shape[axis]
    if have == length:
        return array
    return np.moveaxis(np.tensordot(array, _shares(have, length), axes=([axis], [1])), -1, axis)


def _shares(have: int, wanted: int) -> Array:
    """(wanted, have) weights, each row summing to one: overlaps when shrinking, linear between centres else."""
    if wanted < have:
        edges = np.linspace(0, have, wanted + 1)
        cells = np.arange(have)
        low = np.maximum(edges[:-1, None], cells)
        high = np.minimum(edges[1:, None], cells + 1)
        weights = np.clip(high - low, 0, None)
    else:
        centres = np.clip((np.arange(wanted) + 0.5) * have / wanted - 0.5, 0, have - 1)
        weights = np.clip(1 - np.abs(centres[:, None] - np.arange(have)), 0, None)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def _rescaled(affine: Affine, scale: Array) -> Affine:
    """The affine of a grid whose voxels are `scale` times as large, over the same field."""
    out = affine.copy()
    out[:3, :3] = affine[:3, :3] * scale
    out[:3, 3] = affine[:3, 3] + affine[:3, :3] @ ((scale - 1) / 2)
    return out


steps.register(
    Step(
        Info("resize", "Resize in plane", "Resamples each slice to the given size; the field stays."), PlaneSize, resize
    )
)
steps.register(
    Step(
        Info("crop-or-pad", "Crop or pad in plane", "Keeps the middle of each slice at its resolution."),
        PlaneSize,
        crop_or_pad,
    )
)
