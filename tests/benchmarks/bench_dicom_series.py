"""A series of 300 CT-sized slices under shuffled names: to a geometry-correct array, and to its first picture."""

import random
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pydicom
import SimpleITK
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from engine.errors import Cancelled
from engine.imaging import Volume, discover, open_scan
from tests.benchmarks.harness import Row, medians, seconds

TITLE = "A DICOM series of 300 x 512 x 512, shuffled names"
SLICES, SIDE, REPEATS = 300, 512, 7


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_series(folder)
        same(by_isocenter(folder).array[0], by_pydicom(folder))
        works: dict[str, Callable[[Path], object]] = {
            "ours": by_isocenter,
            "first": first_by_isocenter,
            "pydicom": by_pydicom,
            "SimpleITK": by_simpleitk,
        }
        taken = medians({name: partial(seconds, partial(work, folder)) for name, work in works.items()}, REPEATS)
    return [
        _row("headers, order and voxels", "pydicom loop", taken["ours"], taken["pydicom"], 0.4),
        _row("headers, order and voxels", "SimpleITK", taken["ours"], taken["SimpleITK"], 0.25),
        _row("first picture", "pydicom loop", taken["first"], taken["pydicom"], 0.15),
    ]


def _row(work: str, peer: str, mine: float, value: float, goal: float) -> Row:
    return Row(work, "isocenter", peer, 1000 * mine, 1000 * value, "ms", goal)


def same(ours: np.ndarray, theirs: np.ndarray) -> None:
    if not np.array_equal(ours, theirs):
        raise AssertionError("the two ways do not give the same voxels")


def by_isocenter(folder: Path) -> Volume:
    return open_scan(discover([folder]).scans[0].source).load()


def first_by_isocenter(folder: Path) -> None:
    """Until the middle slice is in the hands of the one who shows it."""

    def shown(volume: Volume, frame: int, z: int) -> None:
        raise Cancelled

    try:
        open_scan(discover([folder]).scans[0].source).load(arrived=shown)
    except Cancelled:
        return


def by_pydicom(folder: Path) -> np.ndarray:
    datasets = [pydicom.dcmread(path) for path in folder.iterdir()]
    datasets.sort(key=lambda dataset: float(dataset.ImagePositionPatient[2]))
    return np.stack([dataset.pixel_array for dataset in datasets])


def by_simpleitk(folder: Path) -> np.ndarray:
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(folder)))
    return SimpleITK.GetArrayFromImage(reader.Execute())


def write_series(folder: Path) -> None:
    """Slices of smooth noise, 2 mm apart, their names in no order."""
    generator = np.random.default_rng(0)
    plane = generator.normal(0, 400, (SIDE, SIDE)).astype("i2")
    names = random.Random(0).sample(range(10_000), SLICES)
    study, series = generate_uid(), generate_uid()
    for index, name in enumerate(names):
        dataset = _slice(index, study, series)
        dataset.PixelData = np.roll(plane, 7 * index, axis=1).tobytes()
        dataset.save_as(folder / f"IM{name:05}", enforce_file_format=True)


def _slice(index: int, study: str, series: str) -> Dataset:
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.SOPClassUID, dataset.SOPInstanceUID = CTImageStorage, generate_uid()
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = study, series
    dataset.Modality, dataset.PatientID, dataset.PatientName = "CT", "benchmark", "Benchmark"
    dataset.ImageType, dataset.SeriesNumber, dataset.InstanceNumber = ["ORIGINAL", "PRIMARY", "AXIAL"], 1, index + 1
    dataset.ImagePositionPatient, dataset.ImageOrientationPatient = [-180, -180, 2.0 * index], [1, 0, 0, 0, 1, 0]
    dataset.PixelSpacing, dataset.SliceThickness = [0.7, 0.7], 2
    dataset.Rows = dataset.Columns = SIDE
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 16, 15, 1
    return dataset
