"""The look-up table that some X-ray files have instead of a slope and an intercept."""

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.imaging.dicom.records import Slice
from engine.imaging.guard import Answer, guarded, task
from engine.imaging.volume import Array


@dataclass(frozen=True, eq=False)
class ModalityTable:
    """`values[0]` is what the stored value `first`, and all below it, stands for."""

    first: int
    values: Array

    def apply(self, stored: Array) -> Array:
        """What stored values stand for."""
        places = np.clip(stored.astype(np.int64) - self.first, 0, len(self.values) - 1)
        return self.values[places]


def modality_table(picture: Slice) -> ModalityTable | None:
    """The table of a picture without a slope of its own."""
    if picture.slope is not None or not picture.file.lookup:
        return None
    head, arrays = guarded(read_table, picture.file.path)
    return ModalityTable(head["first"], arrays[0]) if arrays else None


@task
def read_table(path: Path) -> Answer:
    """The table's values as they are stored, and the first stored value that it speaks of."""
    from pydicom import dcmread

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset = dcmread(path, stop_before_pixels=True, force=True)
        if not dataset.get("ModalityLUTSequence"):
            return {}, []
        item = dataset.ModalityLUTSequence[0]
        count, first, bits = (int(value) for value in item.LUTDescriptor)
        data = item.LUTData
    if isinstance(data, bytes):
        words = len(data) >= 2 * (count or 1 << 16) or bits > 8
        order = "<" if dataset.original_encoding[1] else ">"
        data = np.frombuffer(data, f"{order}u2" if words else "u1")
    return {"first": first}, [np.atleast_1d(data).astype(np.uint16)]
