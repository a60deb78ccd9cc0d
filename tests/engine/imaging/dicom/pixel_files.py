"""Small DICOM files whose pixels are told by the test, written by pydicom."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRBigEndian, ExplicitVRLittleEndian, generate_uid

from engine.imaging.dicom.heads import slices_of
from engine.imaging.dicom.records import Slice, Stack
from engine.imaging.dicom.stacking import stacks_of
from engine.imaging.volume import Array

SERIES = generate_uid()


def write(
    path: Path, values: Array, *, big: bool = False, words: bool = False, element: str = "PixelData", **tags: Any
) -> Path:
    """A file of (rows, columns) or (frames, rows, columns) values, or RGB; any tag can be told otherwise."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRBigEndian if big else ExplicitVRLittleEndian
    samples = 3 if tags.get("SamplesPerPixel") == 3 else 1
    grid = values.shape[:-1] if samples == 3 else values.shape
    _describe(dataset, values.dtype, samples)
    dataset.Rows, dataset.Columns = grid[-2:]
    if len(grid) == 3:
        dataset.NumberOfFrames = grid[0]
    data = values.astype(values.dtype.newbyteorder(">" if big else "<")).tobytes()
    setattr(dataset, element, data + b"\0" * (len(data) % 2))
    for name, value in tags.items():
        setattr(dataset, name, value)
    if element == "PixelData":
        dataset[element].VR = "OW" if words or values.dtype.itemsize > 1 else "OB"
    dataset.save_as(path, enforce_file_format=True)
    return path


def _describe(dataset: Dataset, dtype: np.dtype, samples: int) -> None:
    dataset.SOPClassUID, dataset.SOPInstanceUID = CTImageStorage, generate_uid()
    dataset.StudyInstanceUID = dataset.SeriesInstanceUID = SERIES
    dataset.Modality, dataset.ImageType = "MR", ["ORIGINAL", "PRIMARY"]
    dataset.ImagePositionPatient, dataset.ImageOrientationPatient = [0, 0, 0], [1, 0, 0, 0, 1, 0]
    dataset.PixelSpacing, dataset.SliceThickness = [1, 1], 2
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = samples, "RGB" if samples == 3 else "MONOCHROME2"
    if samples == 3:
        dataset.PlanarConfiguration = 0
    bits = 8 * dtype.itemsize
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = bits, bits, bits - 1
    dataset.PixelRepresentation = int(dtype.kind == "i")


def series(folder: Path, volume: Array, **tags: Any) -> list[Path]:
    """A file for each plane of (z, rows, columns), 2 mm apart, named against their order."""
    return [
        write(folder / f"{len(volume) - z:03}.dcm", plane, **{"ImagePositionPatient": [0, 0, 2 * z], **tags})
        for z, plane in enumerate(volume)
    ]


def picture(path: Path) -> Slice:
    """The first picture in a file."""
    return slices_of(path)[0]


def stack(paths: Sequence[Path]) -> Stack:
    """The one scan that the files make."""
    (found,) = stacks_of([one for path in paths for one in slices_of(path)])
    return found
