"""The headers of 10,000 DICOM files in 50 series, read and grouped: ours, pydicom in a loop, SimpleITK one by one."""

import tempfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pydicom
import SimpleITK
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, MRImageStorage

from engine.control import Control
from engine.imaging.dicom.records import Slice
from engine.imaging.dicom.stacking import stacks_of
from engine.imaging.dicom.survey_pool import Pool, heads_alone, scan_heads
from tests.benchmarks.harness import Row, medians, seconds

TITLE = "DICOM headers: 10,000 files in 50 series, about 100 elements each"
SERIES, SLICES, SIDE = 50, 200, 64
SAMPLE = 1000
REPEATS = 3
GOAL = 0.55
_PLACE, _NUMBER, _NAME = "-1000.000", "99999", "2.25.99999"


def run() -> list[Row]:
    """Every file has been read once before, so the disk plays no part."""
    with tempfile.TemporaryDirectory(prefix="isocenter-headers-") as folder:
        paths = written(Path(folder))
        sample = paths[:: len(paths) // SAMPLE]
        scale = len(paths) / len(sample)
        measures: dict[str, Callable[[], float]] = {
            "ours": lambda: seconds(lambda: ours(paths)),
            "pydicom": lambda: seconds(lambda: [pydicom.dcmread(path, stop_before_pixels=True) for path in paths]),
            "SimpleITK": lambda: scale * seconds(lambda: [by_simpleitk(path) for path in sample]),
            "one process": lambda: seconds(lambda: list(heads_alone(paths, Control()))),
            "processes": lambda: seconds(lambda: list(Pool(paths, Control()).heads())),
        }
        medians(measures, 1)
        taken = {name: 1000 * value / len(paths) for name, value in medians(measures, REPEATS).items()}
    work = "header scan with grouping, per file"
    return [
        Row(work, "isocenter", "pydicom", taken["ours"], taken["pydicom"], "ms", GOAL),
        Row(work, "isocenter", "SimpleITK", taken["ours"], taken["SimpleITK"], "ms"),
        Row("header scan, per file", "processes", "one process", taken["processes"], taken["one process"], "ms"),
    ]


def ours(paths: Sequence[Path]) -> int:
    """The number of scans, of files that are read and put together."""
    slices: list[Slice] = []
    for head in scan_heads(paths, Control(), lambda done, total: None):
        assert isinstance(head, list)
        slices += head
    return len(stacks_of(slices))


def by_simpleitk(path: Path) -> object:
    reader = SimpleITK.ImageFileReader()
    reader.SetFileName(str(path))
    reader.SetImageIO("GDCMImageIO")
    reader.ReadImageInformation()
    return reader.GetSize()


def written(folder: Path) -> list[Path]:
    """The files, in no useful order."""
    paths = []
    for series in range(SERIES):
        template = one(series)
        for number in range(SLICES):
            path = folder / f"{(number * 7919 + series * 104729) % 1_000_003:06d}-{series:02d}"
            path.write_bytes(filled(template, series, number))
            paths.append(path)
    return sorted(paths)


def filled(template: bytes, series: int, number: int) -> bytes:
    count = series * SLICES + number
    content = template.replace(_PLACE.encode(), f"{number * 1.2 - 100:+09.3f}".encode())
    return content.replace(_NAME.encode(), f"2.25.{10000 + count}".encode()).replace(
        _NUMBER.encode(), f"{number + 1:05d}".encode()
    )


def one(series: int) -> bytes:
    """An MR slice such as a scanner writes, with signs for what differs within a series."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = MRImageStorage
    dataset.file_meta.MediaStorageSOPInstanceUID = UID(_NAME)
    dataset.SOPClassUID, dataset.SOPInstanceUID = MRImageStorage, _NAME
    for keyword, value in FACTS.items():
        setattr(dataset, keyword, value)
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = f"2.25.7{series // 5:03d}", f"2.25.8{series:03d}"
    dataset.PatientID, dataset.PatientName = f"ID{series // 5:04d}", f"Phantom^{series // 5:04d}"
    dataset.SeriesNumber = series
    dataset.ImagePositionPatient = [-100, -120, _PLACE]
    dataset.InstanceNumber = _NUMBER
    add_private(dataset)
    pixels = np.random.default_rng(series).integers(0, 4000, (SIDE, SIDE), dtype=np.uint16)
    dataset.PixelData = pixels.tobytes()
    stream = BytesIO()
    dataset.save_as(stream, enforce_file_format=True)
    return stream.getvalue()


def add_private(dataset: Dataset) -> None:
    block = dataset.private_block(0x0019, "MAKER HEADER", create=True)
    for element in range(24):
        block.add_new(element, "DS", str(element * 1.5))


FACTS: dict[str, object] = {
    "SpecificCharacterSet": "ISO_IR 100",
    "ImageType": ["ORIGINAL", "PRIMARY", "M", "ND"],
    "InstanceCreationDate": "20200102",
    "InstanceCreationTime": "101112.130000",
    "StudyDate": "20200102",
    "SeriesDate": "20200102",
    "AcquisitionDate": "20200102",
    "ContentDate": "20200102",
    "StudyTime": "101000.000000",
    "SeriesTime": "101100.000000",
    "AcquisitionTime": "101112.130000",
    "ContentTime": "101112.130000",
    "AccessionNumber": "0",
    "Modality": "MR",
    "Manufacturer": "MAKER",
    "InstitutionName": "Hospital",
    "StationName": "MR1",
    "StudyDescription": "Knee",
    "SeriesDescription": "t2 mapping",
    "ManufacturerModelName": "Model 3T",
    "PatientBirthDate": "19700101",
    "PatientSex": "F",
    "PatientAge": "050Y",
    "PatientSize": "1.7",
    "PatientWeight": "70",
    "BodyPartExamined": "KNEE",
    "ScanningSequence": "SE",
    "SequenceVariant": "SK",
    "ScanOptions": "PFP",
    "MRAcquisitionType": "2D",
    "SequenceName": "*se2d",
    "AngioFlag": "N",
    "SliceThickness": "1.2",
    "RepetitionTime": "1500",
    "EchoTime": "12.5",
    "NumberOfAverages": "1",
    "ImagingFrequency": "123.25",
    "ImagedNucleus": "1H",
    "EchoNumbers": "1",
    "MagneticFieldStrength": "3",
    "SpacingBetweenSlices": "1.2",
    "NumberOfPhaseEncodingSteps": "64",
    "EchoTrainLength": "1",
    "PercentSampling": "100",
    "PercentPhaseFieldOfView": "100",
    "PixelBandwidth": "200",
    "DeviceSerialNumber": "12345",
    "SoftwareVersions": "B19",
    "ProtocolName": "t2 mapping",
    "TransmitCoilName": "Body",
    "AcquisitionMatrix": [0, 64, 64, 0],
    "InPlanePhaseEncodingDirection": "ROW",
    "FlipAngle": "90",
    "VariableFlipAngleFlag": "N",
    "SAR": "0.1",
    "dBdt": "0",
    "PatientPosition": "FFS",
    "AcquisitionNumber": "1",
    "ImageOrientationPatient": ["1", "0", "0", "0", "1", "0"],
    "FrameOfReferenceUID": "2.25.5",
    "PositionReferenceIndicator": "",
    "SliceLocation": "0",
    "SamplesPerPixel": 1,
    "PhotometricInterpretation": "MONOCHROME2",
    "Rows": SIDE,
    "Columns": SIDE,
    "PixelSpacing": ["0.5", "0.5"],
    "BitsAllocated": 16,
    "BitsStored": 12,
    "HighBit": 11,
    "PixelRepresentation": 0,
    "SmallestImagePixelValue": 0,
    "LargestImagePixelValue": 4000,
    "WindowCenter": "2000",
    "WindowWidth": "4000",
}
