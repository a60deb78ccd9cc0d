"""What a volume is by its values: a mask, a heatmap, or a picture of its own."""

import re

import numpy as np

from engine.imaging.volume import Array, Volume
from engine.pictures.labels import GREATEST_LABEL
from engine.pictures.layer import LayerKind
from engine.pictures.window import sampled

MOST_LABELS, MOST_OF_A_PICTURE = 64, 8  # a picture of few greys may be a drawing
WHOLE_SHARE = 0.9
SIGNED_FROM = 0.1  # of the greatest value: interpolation and noise go as far below zero
MOSTLY = 0.5
HOTTEST = 50.0  # statistics and scores stay below, what scanners and CT measure does not
PHOTOGRAPHS = ("png", "jpeg", "bmp", "tiff")
HEAT_WORDS = frozenset(("heat", "cam", "attention", "activation", "relevance", "zmap", "tmap", "zstat", "tstat"))
HEAT_BEGINS = ("prob", "heatmap", "gradcam", "saliency")
MASK_WORDS = frozenset(
    ("mask", "seg", "label", "labels", "labelmap", "segmentation", "dseg", "aseg", "aparc", "roi", "lesion")
)


def kind_of(volume: Volume, name: str = "") -> LayerKind:
    """A mask has few whole numbers for values; a heatmap small ones, of both signs, within 1, or mostly zero.

    What says that it comes from a scanner is a scan, unless it is a mask, and photographs are no heatmaps. The `name`
    of a file decides where the values leave it open: whole numbers may be heat, and a mask have soft rims.
    """
    sample = sampled(volume.array)
    if volume.colour is not None or not sample.size:
        return "scan"
    photograph, said = is_photograph(volume), said_by(name)
    measured = photograph or bool(volume.facts.modality)
    if said == "heatmap" and not measured:
        return "heatmap"
    labels = labels_of(volume, sample)
    if said == "mask" and (labels or _is_nearly_whole(sample)):
        return "mask"
    if labels and len(labels) <= (MOST_OF_A_PICTURE if photograph else MOST_LABELS):
        return "mask"
    return "heatmap" if not measured and _is_heat(sample) else "scan"


def said_by(name: str) -> LayerKind | None:
    """Mask or heatmap, if a word of the file's name says so."""
    words = re.split(r"[^a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).lower())
    if any(word in HEAT_WORDS or word.startswith(HEAT_BEGINS) for word in words):
        return "heatmap"
    return "mask" if any(word in MASK_WORDS for word in words) else None


def is_photograph(volume: Volume) -> bool:
    """Whether it is of a format for pictures of all sorts, in the whole numbers that those hold."""
    return volume.facts.format in PHOTOGRAPHS and volume.array.dtype.kind in "bu"


def labels_of(volume: Volume, sample: Array | None = None) -> tuple[int, ...]:
    """The values of a mask, from 0 upwards, where it has any; empty where it is none."""
    found = _whole_numbers(sampled(volume.array) if sample is None else sample)
    if not found:
        return ()
    for frame in volume.array:
        for plane in frame:
            here = _whole_numbers(plane)
            if here is None or len(found | here) > MOST_LABELS:
                return ()
            found |= here
    return tuple(sorted(found))


def is_signed(sample: Array) -> bool:
    """Whether values below zero mean as much as those above."""
    return bool(sample.size) and -float(sample.min()) > SIGNED_FROM * max(float(sample.max()), 0.0)


def _whole_numbers(values: Array) -> set[int] | None:
    """The different values, of those that are any; None where there are too many, fractions, or negative ones."""
    known = values[~np.isnan(values)] if values.dtype.kind == "f" else values
    if not known.size:
        return set()
    least, most = known.min(), known.max()
    if not np.isfinite(most) or least < 0 or most > GREATEST_LABEL:
        return None
    whole = known.astype(np.intp)
    if known.dtype.kind == "f" and not np.array_equal(whole, known):
        return None
    counts = np.bincount(whole.ravel())
    return set(np.flatnonzero(counts).tolist()) if np.count_nonzero(counts) <= MOST_LABELS else None


def _is_nearly_whole(sample: Array) -> bool:
    """Whether it may be a mask that was resampled: only its rims lie between labels."""
    return float(sample.min()) >= 0 and float(np.mean(sample == np.rint(sample))) > WHOLE_SHARE


def _is_heat(sample: Array) -> bool:
    if np.abs(sample).max() > HOTTEST or np.array_equal(sample, np.rint(sample)):
        return False
    return is_signed(sample) or float(sample.max()) <= 1.0 or float(np.mean(sample == 0)) > MOSTLY
