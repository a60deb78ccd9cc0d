"""Every picture in a DICOM file, told from its header; no pixels are read."""

from dataclasses import replace
from pathlib import Path

from engine.imaging.dicom import no_picture
from engine.imaging.dicom.elements import Elements
from engine.imaging.dicom.file_facts import file_of
from engine.imaging.dicom.pictures import picture_of
from engine.imaging.dicom.raw_header import RawHeader, raw_header_of
from engine.imaging.dicom.records import DicomFile, Slice
from engine.imaging.read_errors import read_errors


def slices_of(path: Path) -> list[Slice]:
    """The pictures of a file, in its order; ReadError where it has none or is damaged."""
    with read_errors(path):
        return slices_in(path, raw_header_of(path))


def slices_in(path: Path, header: RawHeader) -> list[Slice]:
    """The pictures that a header speaks of."""
    elements = Elements(header.found, header.big)
    if not header.pixels:
        no_picture.refuse(path, elements, cut=header.cut)
    file = file_of(path, header, elements)
    slices = [picture_of(file, elements)]
    return slices
