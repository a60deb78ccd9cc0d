"""Small sound DICOM files in the syntaxes and kinds that differ in how they are read."""

import io
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image
from pydicom import uid
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate

from tests.engine.imaging.fuzzing.seeds import Files

_ROWS, _COLUMNS = 12, 10
_SERIES, _STUDY = "1.2.3.4.5", "1.2.3.4"


def _pixels(frames: int = 1, samples: int = 1, dtype: str = "<u2") -> np.ndarray:
    shape = (frames, _ROWS, _COLUMNS, samples)
    return np.random.default_rng(5).integers(0, 255, shape).astype(dtype)


def picture(z: int = 0, **fields: Any) -> Dataset:
    """Slice `z` of an MR series, with other values for these fields."""
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = uid.MRImageStorage, f"{_SERIES}.{z + 1}"
    made.StudyInstanceUID, made.SeriesInstanceUID, made.FrameOfReferenceUID = _STUDY, _SERIES, "1.2.3"
    made.Modality, made.PatientID, made.PatientName, made.SpecificCharacterSet = (
        "MR",
        "hospital-17",
        "Doe^Jo",
        "ISO_IR 192",
    )
    made.Rows, made.Columns, made.SamplesPerPixel, made.PhotometricInterpretation = _ROWS, _COLUMNS, 1, "MONOCHROME2"
    made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 16, 12, 11, 0
    made.ImagePositionPatient, made.ImageOrientationPatient = [0, 0, 3.0 * z], [1, 0, 0, 0, 1, 0]
    made.PixelSpacing, made.SliceThickness, made.InstanceNumber, made.EchoTime = [2, 2.5], 3, z + 1, 10
    made.RescaleSlope, made.RescaleIntercept, made.ImageType = 2, -100, ["ORIGINAL", "PRIMARY"]
    made.PixelData = _pixels().tobytes()
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def written(dataset: Dataset, syntax: uid.UID = uid.ExplicitVRLittleEndian) -> bytes:
    """The file of it."""
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset["PixelData"].VR = "OW" if dataset.BitsAllocated > 8 else "OB"
    if syntax.is_compressed and syntax != uid.DeflatedExplicitVRLittleEndian:
        dataset["PixelData"].VR, dataset["PixelData"].is_undefined_length = "OB", True
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset.save_as(stream, enforce_file_format=True)
    return stream.getvalue()


def _compressed(syntax: uid.UID, **fields: Any) -> bytes:
    dataset = picture(**fields)
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = uid.ExplicitVRLittleEndian
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset.compress(syntax, generate_instance_uid=False)
    return written(dataset, syntax)


def _jpeg() -> bytes:
    stream = io.BytesIO()
    Image.fromarray(_pixels(dtype="u1")[0, :, :, 0]).save(stream, "JPEG")
    eight = {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7}
    return written(picture(PixelData=encapsulate([stream.getvalue()]), **eight), uid.JPEGBaseline8Bit)


def explicit() -> list[Files]:
    colour = {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "SamplesPerPixel": 3, "PlanarConfiguration": 0}
    rgb = picture(PixelData=_pixels(1, 3, "u1").tobytes(), PhotometricInterpretation="RGB", **colour)
    return [{"a.dcm": written(picture())}, {"a.dcm": written(rgb)}, {"IM1": written(picture())[132:]}]


def other_orders() -> list[Files]:
    big = picture(PixelData=_pixels(dtype=">u2").tobytes())
    implicit, deflated = uid.ImplicitVRLittleEndian, uid.DeflatedExplicitVRLittleEndian
    sound = [written(big, uid.ExplicitVRBigEndian), written(picture(), implicit), written(picture(), deflated)]
    return [{"a.dcm": content} for content in sound]


def rle() -> list[Files]:
    return [{"a.dcm": _compressed(uid.RLELossless)}]


def jpeg() -> list[Files]:
    return [{"a.dcm": _jpeg()}]


def jpeg_ls() -> list[Files]:
    return [{"a.dcm": _compressed(uid.JPEGLSLossless)}]


def jpeg_2000() -> list[Files]:
    large = np.arange(1600, dtype="<u2")  # its wavelets want more than a few pixels
    return [{"a.dcm": _compressed(uid.JPEG2000Lossless, Rows=40, Columns=40, PixelData=large.tobytes())}]


def frames() -> list[Files]:
    enhanced = picture(SOPClassUID=uid.EnhancedMRImageStorage, NumberOfFrames=3, PixelData=_pixels(3).tobytes())
    shared, pixels, plane, way = Dataset(), Dataset(), Dataset(), Dataset()
    pixels.PixelSpacing, pixels.SliceThickness = [2, 2.5], 3
    way.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    shared.PixelMeasuresSequence, shared.PlaneOrientationSequence = [pixels], [way]
    enhanced.SharedFunctionalGroupsSequence = [shared]
    enhanced.PerFrameFunctionalGroupsSequence = []
    for z in range(3):
        plane, group = Dataset(), Dataset()
        plane.ImagePositionPatient = [0, 0, 3 * z]
        group.PlanePositionSequence = [plane]
        enhanced.PerFrameFunctionalGroupsSequence.append(group)
    classic = picture(SOPClassUID=uid.NuclearMedicineImageStorage, NumberOfFrames=3, PixelData=_pixels(3).tobytes())
    return [{"a.dcm": written(enhanced)}, {"a.dcm": written(classic)}]


def series() -> list[Files]:
    return [{f"IM{z}": written(picture(z)) for z in range(3)}]


def medium() -> list[Files]:
    index = Dataset()
    index.file_meta = FileMetaDataset()
    index.file_meta.MediaStorageSOPClassUID = uid.MediaStorageDirectoryStorage
    index.file_meta.MediaStorageSOPInstanceUID = uid.UID("1.2.3.4.9")
    index.file_meta.TransferSyntaxUID = uid.ExplicitVRLittleEndian
    index.DirectoryRecordSequence = []
    for z in range(3):
        record = Dataset()
        record.DirectoryRecordType, record.ReferencedFileID = "IMAGE", f"IM{z}"
        index.DirectoryRecordSequence.append(record)
    stream = io.BytesIO()
    index.save_as(stream, enforce_file_format=True)
    return [{"DICOMDIR": stream.getvalue(), **series()[0]}]


DICOM: dict[str, Callable[[], list[Files]]] = {
    "dicom": explicit,
    "dicom-other-orders": other_orders,
    "dicom-rle": rle,
    "dicom-jpeg": jpeg,
    "dicom-jpeg-ls": jpeg_ls,
    "dicom-jpeg-2000": jpeg_2000,
    "dicom-frames": frames,
    "dicom-series": series,
    "dicomdir": medium,
}
