"""Every picture in a DICOM file, told from its header; no pixels are read."""

from dataclasses import replace
from pathlib import Path

from engine.imaging.dicom import classic_frames, functional_groups, mosaic, no_picture
from engine.imaging.dicom.elements import Elements
from engine.imaging.dicom.file_facts import file_of
from engine.imaging.dicom.pictures import picture_of
from engine.imaging.dicom.raw_header import RawHeader, raw_header_of
from engine.imaging.dicom.records import Slice
from engine.imaging.read_errors import read_errors

_GROUPS = ("PerFrameFunctionalGroupsSequence", "SharedFunctionalGroupsSequence")


def slices_of(path: Path) -> list[Slice]:
    """The pictures of a file, in its order; ReadError where it has none or is damaged."""
    with read_errors(path):
        return slices_in(path, raw_header_of(path))


def slices_in(path: Path, header: RawHeader) -> list[Slice]:
    """The pictures that a header speaks of."""
    elements = Elements(header.found, header.big)
    if not header.pixels:
        no_picture.refuse(path, header, elements)
    file = file_of(path, header, elements)
    whole = picture_of(file, elements)
    return _doubted(_pictures(whole, elements), elements)


def _pictures(whole: Slice, elements: Elements) -> list[Slice]:
    if any(keyword in elements for keyword in _GROUPS):
        file = replace(whole.file, details={**whole.file.details, **functional_groups.details_of(elements)})
        return functional_groups.frames_of(replace(whole, file=file), elements)
    if whole.file.frames > 1 or "DetectorInformationSequence" in elements:
        return classic_frames.frames_of(whole, elements)
    return mosaic.tiles_of(whole, elements) if mosaic.is_mosaic(whole) else [whole]


def _doubted(slices: list[Slice], elements: Elements) -> list[Slice]:
    """With a doubt for each element whose value is not what it should be."""
    if not elements.unclear:
        return slices
    doubts = tuple(f"the header's {keyword} makes no sense" for keyword in sorted(elements.unclear))
    file = replace(slices[0].file, doubts=(*slices[0].file.doubts, *doubts))
    return [replace(one, file=file) for one in slices]
