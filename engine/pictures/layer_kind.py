"""What a volume is by its values: a mask, a heatmap, or a picture of its own."""

import numpy as np

from engine.imaging.volume import Array, Volume
from engine.pictures.layer import LayerKind
from engine.pictures.window import sampled

MOST_LABELS = 64
GREATEST_LABEL = 65_535
SIGNED_FROM = 0.1  # of the greatest value: interpolation and noise go as far below zero
MOSTLY = 0.5
HOTTEST = 50.0  # statistics and scores stay below, what scanners and CT measure does not


def kind_of(volume: Volume) -> LayerKind:
    """A mask has few whole numbers for values; a heatmap small ones, of both signs, within 1, or mostly zero.

    What says that it comes from a scanner is a scan, unless it is a mask.
    """
    sample = sampled(volume.array)
    if volume.colour is not None or not sample.size:
        return "scan"
    if labels_of(volume, sample):
        return "mask"
    return "heatmap" if not volume.facts.modality and _is_heat(sample) else "scan"


def labels_of(volume: Volume, sample: Array | None = None) -> tuple[int, ...]:
    """The values of a mask, from 0 upwards; empty where it is none."""
    sample = sampled(volume.array) if sample is None else sample
    found = _whole_numbers(sample)
    if not found:
        return ()
    for frame in volume.array:
        for plane in frame:
            here = _whole_numbers(plane)
            found |= here
            if not here or len(found) > MOST_LABELS:
                return ()
    return tuple(sorted(found))


def is_signed(sample: Array) -> bool:
    """Whether values below zero mean as much as those above."""
    return bool(sample.size) and -float(sample.min()) > SIGNED_FROM * max(float(sample.max()), 0.0)


def _whole_numbers(values: Array) -> set[int]:
    """The different values, none of them negative; empty where there are too many, or fractions."""
    with np.errstate(invalid="ignore"):
        least, most = values.min(), values.max()
    if not (np.isfinite(least) and np.isfinite(most)) or least < 0 or most > GREATEST_LABEL:
        return set()
    whole = values.astype(np.intp)
    if values.dtype.kind == "f" and not np.array_equal(whole, values):
        return set()
    counts = np.bincount(whole.ravel())
    return set(np.flatnonzero(counts).tolist()) if np.count_nonzero(counts) <= MOST_LABELS else set()


def _is_heat(sample: Array) -> bool:
    if np.abs(sample).max() > HOTTEST or np.array_equal(sample, np.rint(sample)):
        return False
    return is_signed(sample) or float(sample.max()) <= 1.0 or float(np.mean(sample == 0)) > MOSTLY
