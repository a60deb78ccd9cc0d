"""DICOM series on disk, one picture per file, from an array and its affine."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import (
    UID,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    MRImageStorage,
    RLELossless,
    generate_uid,
)
from pydicom.valuerep import DSfloat

from engine.imaging.volume import FrameKind

_NATIVE = (ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian)
_TIMES = {
    "echo time": "EchoTime",
    "repetition time": "RepetitionTime",
    "inversion time": "InversionTime",
    "b-value": "DiffusionBValue",
}


def write_series(
    folder: Path,
    array: np.ndarray,
    affine: np.ndarray,
    *,
    kind: FrameKind = "none",
    values: Sequence[float] = (),
    study: str = "",
    series: str = "",
    shuffled: int | None = 0,
    syntax: str = ExplicitVRLittleEndian,
    **tags: object,
) -> list[Path]:
    """One file per slice of (z, y, x) or (frames, z, y, x) integers; the paths, in the order of frames and slices.

    `affine` takes voxel (x, y, z) to RAS+ mm. `kind` and `values` (ms, s/mm²) tell what changes from frame to frame.
    File names are numbers shuffled by the seed `shuffled`, without an ending; in order where it is None. `tags` are
    further elements by their pydicom keyword, the same in every file; a value None leaves an element out.
    """
    grid = array if array.ndim == 4 else array[None]
    frames, slices = grid.shape[:2]
    numbers = list(range(frames * slices))
    if shuffled is not None:
        random.Random(shuffled).shuffle(numbers)
    study, series, space = study or generate_uid(), series or generate_uid(), generate_uid()
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index, number in enumerate(numbers):
        frame, z = divmod(index, slices)
        picture = dataset(grid[frame, z], _slice_affine(affine, z), StudyInstanceUID=study, SeriesInstanceUID=series)
        picture.FrameOfReferenceUID, picture.InstanceNumber = space, number + 1
        _tell_frame(picture, kind, frame, values)
        paths.append(save(folder / f"{number:05d}", _changed(picture, tags), syntax))
    return paths


def dataset(pixels: np.ndarray, affine: np.ndarray, **tags: object) -> Dataset:
    """One MR picture (y, x) of integers whose voxel (0, 0, 0) and axes are those of an affine to RAS+ mm."""
    lps = np.diag([-1.0, -1.0, 1.0, 1.0]) @ affine
    across, down, through = np.linalg.norm(lps[:3, :3], axis=0)
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = MRImageStorage, generate_uid()
    made.Modality, made.ImageType = "MR", ["ORIGINAL", "PRIMARY", "M", "NONE"]
    made.PatientID, made.PatientName, made.PatientBirthDate = "4711", "Testperson^Anna", "19700102"
    made.StudyDate, made.SeriesDescription = "20200304", "test series"
    made.ImagePositionPatient = _numbers(lps[:3, 3])
    made.ImageOrientationPatient = _numbers([*lps[:3, 0] / across, *lps[:3, 1] / down])
    made.PixelSpacing, made.SliceThickness = _numbers([down, across]), _numbers([through])[0]
    _put_pixels(made, pixels)
    return _changed(made, tags)


def save(path: Path, picture: Dataset, syntax: str = ExplicitVRLittleEndian) -> Path:
    """The picture as a DICOM file; a compressed syntax has to be one that pydicom can write (RLE, JPEG 2000)."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = picture.SOPClassUID, picture.SOPInstanceUID
    meta.TransferSyntaxUID = UID(syntax) if syntax in _NATIVE else ExplicitVRLittleEndian
    picture.file_meta = meta
    if syntax not in _NATIVE:
        # GDCM's RLE encoder ends the process at odd sizes.
        picture.compress(syntax, encoding_plugin="pydicom" if syntax == RLELossless else "")
    if syntax == ExplicitVRBigEndian:
        picture.PixelData = np.frombuffer(picture.PixelData, f"<u{picture.BitsAllocated // 8}").byteswap().tobytes()
    picture.save_as(path, enforce_file_format=True)
    return path


def _slice_affine(affine: np.ndarray, z: int) -> np.ndarray:
    moved = np.array(affine, np.float64)
    moved[:3, 3] += z * moved[:3, 2]
    return moved


def _put_pixels(made: Dataset, pixels: np.ndarray) -> None:
    bits = 8 * pixels.dtype.itemsize
    made.Rows, made.Columns = pixels.shape
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    made.BitsAllocated, made.BitsStored, made.HighBit = bits, bits, bits - 1
    made.PixelRepresentation = int(pixels.dtype.kind == "i")
    content = np.ascontiguousarray(pixels.astype(pixels.dtype.newbyteorder("<"))).tobytes()
    made.add_new("PixelData", "OB" if bits == 8 else "OW", content + b"\0" * (len(content) % 2))


def _tell_frame(picture: Dataset, kind: FrameKind, frame: int, values: Sequence[float]) -> None:
    if kind in _TIMES:
        setattr(picture, _TIMES[kind], values[frame])
    if kind == "echo time":
        picture.EchoNumbers = frame + 1
    if kind == "time":
        picture.TemporalPositionIdentifier = frame + 1
        picture.NumberOfTemporalPositions = len(values)
        minutes, seconds = divmod(values[frame] / 1000, 60)
        picture.AcquisitionTime = f"10{int(minutes):02d}{seconds:09.6f}"


def _changed(picture: Dataset, tags: dict[str, object]) -> Dataset:
    for keyword, value in tags.items():
        if value is not None:
            setattr(picture, keyword, value)
        elif keyword in picture:
            delattr(picture, keyword)
    return picture


def _numbers(values: Sequence[float] | np.ndarray) -> list[DSfloat]:
    return [DSfloat(float(value), auto_format=True) for value in values]
