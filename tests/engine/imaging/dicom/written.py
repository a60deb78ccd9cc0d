"""Small DICOM series on disk, written by pydicom."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, MRImageStorage, generate_uid

LPS = np.diag([-1.0, -1.0, 1.0, 1.0])


def write_picture(path: Path, pixels: np.ndarray, **said: Any) -> Path:
    """One MR picture of int16 pixels; what is said stands in the header."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = MRImageStorage
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = generate_uid()
    dataset.Modality, dataset.PatientID, dataset.PatientName = "MR", "H-4711", "Doe^Jane"
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = "1.2.3", "1.2.3.4"
    dataset.Rows, dataset.Columns = pixels.shape
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 16, 15, 1
    dataset.PixelData = pixels.astype("<i2").tobytes()
    for keyword, value in said.items():
        setattr(dataset, keyword, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset.save_as(path, enforce_file_format=True)
    return path


def write_series(folder: Path, array: np.ndarray, affine: np.ndarray, **said: Any) -> list[Path]:
    """A file for each slice of `array` (x, y, z), which `affine` takes to RAS+ mm; names tell nothing of order."""
    return [
        write_picture(folder / f"{(7 * z + 3) % 101:03}", array[:, :, z].T, **place, InstanceNumber=z + 1, **said)
        for z, place in enumerate(_places(affine, array.shape[2]))
    ]


def _places(affine: np.ndarray, count: int) -> Iterator[dict[str, Any]]:
    lps = LPS @ affine
    columns, rows = (float(np.linalg.norm(lps[:3, axis])) for axis in (0, 1))
    cosines = [*(lps[:3, 0] / columns), *(lps[:3, 1] / rows)]
    for z in range(count):
        yield {
            "ImagePositionPatient": [f"{mm:.9f}" for mm in (lps @ (0, 0, z, 1))[:3]],
            "ImageOrientationPatient": [f"{cosine:.9f}" for cosine in cosines],
            "PixelSpacing": [f"{rows:.9f}", f"{columns:.9f}"],
            "SliceThickness": "1",
        }
