"""DICOM files of a few pixels for the tests of what headers tell, written by pydicom."""

from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, MRImageStorage, generate_uid

Value = TypeVar("Value")
PLANE = np.arange(12, dtype=np.int16).reshape(3, 4)
FLAT: dict[str, Any] = {"ImageOrientationPatient": [1, 0, 0, 0, 1, 0], "ImagePositionPatient": [10, 20, 30]}


def given(value: Value | None) -> Value:
    """What a header has to tell."""
    assert value is not None
    return value


def item(**tags: Any) -> Dataset:
    """An item of a sequence."""
    dataset = Dataset()
    for name, value in tags.items():
        setattr(dataset, name, value)
    return dataset


def picture(frames: int = 1, pixels: np.ndarray = PLANE, **tags: Any) -> Dataset:
    """A data set that shows `pixels` in each frame; any element can be told otherwise."""
    said: dict[str, Any] = {"SOPClassUID": MRImageStorage, "SOPInstanceUID": generate_uid(), "Modality": "MR"}
    said |= {"Rows": pixels.shape[0], "Columns": pixels.shape[1], "SamplesPerPixel": 1}
    said |= {"PhotometricInterpretation": "MONOCHROME2", "BitsAllocated": 16, "BitsStored": 16, "HighBit": 15}
    said |= {"PixelRepresentation": 1, "PixelData": pixels.tobytes() * frames}
    if frames > 1:
        said["NumberOfFrames"] = frames
    return item(**said | tags)


def write(path: Path, frames: int = 1, pixels: np.ndarray = PLANE, **tags: Any) -> Path:
    """The same as a file."""
    return save(path, picture(frames, pixels, **tags))


def save(path: Path, dataset: Dataset) -> Path:
    """The data set as a file in explicit little endian."""
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.save_as(path, enforce_file_format=True)
    return path
