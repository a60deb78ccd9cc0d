"""What holds for all pictures in a DICOM file."""

import math
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from engine.errors import ReadError
from engine.imaging.dicom import details, fragments, limits
from engine.imaging.dicom.elements import Elements
from engine.imaging.dicom.moments import day
from engine.imaging.dicom.raw_header import RawHeader
from engine.imaging.dicom.records import DicomFile, Encoding
from engine.imaging.dicom.tags import OVERLAY_ROWS, PIXELS
from engine.imaging.header import Identity
from engine.imaging.read_errors import DAMAGED
from engine.imaging.untold import untold

_LONGEST_CODE = 16
_DATES = ("StudyDate", "AcquisitionDate", "AcquisitionDateTime")
_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
_CAPTURED = frozenset({"DV", "DF", "SD", "SI", "WSD"})
_LOSSY = {
    "1.2.840.10008.1.2.4.50": "JPEG",
    "1.2.840.10008.1.2.4.51": "JPEG",
    "1.2.840.10008.1.2.4.81": "JPEG-LS",
    "1.2.840.10008.1.2.4.91": "JPEG 2000",
    "1.2.840.10008.1.2.4.203": "HTJ2K",
}
_METHODS = {"ISO_10918_1": "JPEG", "ISO_14495_1": "JPEG-LS", "ISO_15444_1": "JPEG 2000", "ISO_15444_15": "HTJ2K"}
_METHODS |= {"ISO_13818_1": "MPEG-2", "ISO_14496_10": "MPEG-4", "ISO_23008_2": "HEVC", "ISO_18181_1": "JPEG XL"}
_FLOATS = {"FloatPixelData": 32, "DoubleFloatPixelData": 64}


def file_of(path: Path, header: RawHeader, elements: Elements) -> DicomFile:
    """ReadError where the header cannot describe a picture."""
    rows, columns = elements.whole("Rows") or 0, elements.whole("Columns") or 0
    frames, encoding = _frames(path, elements), _encoding(path, header, elements)
    limits.check(path, header, encoding, rows, columns, frames)
    who, voxels = _identity(elements), rows * columns * frames
    return DicomFile(
        path=path,
        encoding=encoding,
        rows=rows,
        columns=columns,
        frames=frames,
        modality=_modality(elements.text("Modality")),
        sop_class=elements.text("SOPClassUID"),
        sop_instance=elements.text("SOPInstanceUID"),
        study=elements.text("StudyInstanceUID"),
        series=elements.text("SeriesInstanceUID"),
        series_number=elements.whole("SeriesNumber"),
        description=untold(elements.text("SeriesDescription"), who),
        frame_of_reference=elements.text("FrameOfReferenceUID"),
        identity=who,
        details=details.of(elements, who),
        lossy=_lossy(elements, header.syntax),
        burned_in=elements.text("BurnedInAnnotation").upper() == "YES",
        overlays=sum(1 for tag in OVERLAY_ROWS if tag in elements.raw),
        screen_shot=_screen_shot(elements),
        lookup="ModalityLUTSequence" in elements,
        lacking=limits.lacking(header, encoding, voxels) or fragments.lacking(path, encoding, frames, voxels),
        studied=next(filter(None, map(day, map(elements.text, _DATES))), None),
    )


def _modality(text: str) -> str:
    """The code, which is of letters; damage may have put something else there, even who the patient is."""
    return text if text.isascii() and text.isalpha() and text.isupper() and len(text) <= _LONGEST_CODE else ""


def _frames(path: Path, elements: Elements) -> int:
    if "NumberOfFrames" not in elements:
        return 1
    frames = elements.whole("NumberOfFrames")
    if frames is None:
        raise ReadError("the header does not give a number of frames", path=path, hint=DAMAGED)
    return frames or 1


def _encoding(path: Path, header: RawHeader, elements: Elements) -> Encoding:
    element = cast(Literal["PixelData", "FloatPixelData", "DoubleFloatPixelData"], PIXELS[header.pixels])
    allocated = elements.whole("BitsAllocated") or _FLOATS.get(element)
    if allocated is None or not 0 < allocated <= 64:
        raise ReadError("the header does not say how many bits a value takes", path=path, hint=DAMAGED)
    samples = elements.whole("SamplesPerPixel") or 1
    stored = elements.whole("BitsStored") or allocated
    high = elements.whole("HighBit")
    return Encoding(
        syntax=header.syntax,
        photometric=elements.text("PhotometricInterpretation") or ("MONOCHROME2" if samples == 1 else "RGB"),
        samples=samples,
        planar=elements.whole("PlanarConfiguration") or 0,
        bits_allocated=allocated,
        bits_stored=stored,
        high_bit=stored - 1 if high is None else high,
        signed=elements.whole("PixelRepresentation") == 1,
        element=element,
        offset=header.offset,
        length=header.length,
    )


def _identity(elements: Elements) -> Identity:
    return _who(elements.text("PatientID"), elements.name("PatientName"), elements.text("PatientBirthDate"))


@lru_cache(maxsize=256)
def _who(number: str, name: str, birth_date: str) -> Identity:
    return Identity(number, name, birth_date)


def _lossy(elements: Elements, syntax: str) -> str:
    """The known methods and, where it is given, the ratio; of compressions one after the other, their product."""
    if elements.text("LossyImageCompression") != "01" and syntax not in _LOSSY:
        return ""
    methods = [_METHODS[method] for method in elements.texts("LossyImageCompressionMethod") if method in _METHODS]
    name = ", ".join(methods) or _LOSSY.get(syntax, "lossy compression")
    ratio = math.prod(elements.numbers("LossyImageCompressionRatio"))
    return f"{name} {ratio:.4g}:1" if ratio > 1 else name


def _screen_shot(elements: Elements) -> bool:
    return (
        elements.text("SOPClassUID").startswith(_SECONDARY_CAPTURE)
        or elements.text("ConversionType") in _CAPTURED
        or "SCREEN SAVE" in elements.text("ImageType")
    )
