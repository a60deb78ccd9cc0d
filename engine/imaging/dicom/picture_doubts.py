"""What is doubtful about the grey values of a scan, as its files' headers tell."""

from collections.abc import Iterator, Sequence

from engine.imaging.dicom.polarity import is_turned
from engine.imaging.dicom.records import DicomFile, Slice
from engine.imaging.doubt import Doubt, Severity

_IN_UNITS = frozenset({"CT", "PT"})
_OFTEN_LABELLED = frozenset({"US", "SC"})
_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"


def picture_doubts(slices: Sequence[Slice], files: Sequence[DicomFile]) -> Iterator[Doubt]:
    """Of all pictures of a scan and the files they lie in."""
    if short := sum(1 for file in files if file.lacking):
        what = f"{short} of its {len(files)} files are" if len(files) > 1 else "its file is"
        yield Doubt("truncated", f"{what} cut short: pixels are missing", "fail")
    if any(picture.no_slope for picture in slices):
        yield Doubt("scaling", "the files give a slope of 0 for its values, which cannot be; they are left as stored")
    elif files[0].modality in _IN_UNITS and any(map(_without_units, slices)):
        yield Doubt("scaling", "the files do not say how its values become physical units")
    if any(file.screen_shot and file.encoding.bits_allocated <= 8 for file in files):
        yield Doubt("eight-bit", "it is a screenshot with 8 bits per pixel")
    for lossy in sorted({file.lossy for file in files if file.lossy}):
        yield Doubt("lossy", f"it was stored with losses ({lossy})")
    if any(map(is_turned, files)):
        grave: Severity = "warn" if files[0].modality == "MR" else "note"
        yield Doubt("format", "small values are bright in the file; they were reversed", grave)
    yield from _drawn_doubts(files)
    for text in dict.fromkeys(text for file in files for text in file.doubts):
        yield Doubt("format", text)


def _without_units(picture: Slice) -> bool:
    return picture.slope is None and not (picture.file.lookup and picture.table_units)


def _drawn_doubts(files: Sequence[DicomFile]) -> Iterator[Doubt]:
    if any(file.burned_in for file in files):
        yield Doubt("burned-in", "the file says that the picture shows who the patient is")
    elif any(_may_be_labelled(file) for file in files):
        yield Doubt("burned-in", "such pictures often show who the patient is")
    if layers := max(file.overlays for file in files):
        yield Doubt("overlay", f"drawings lie over it, in overlays: {layers}", "note")
    if coloured(files[0]):
        yield Doubt("colour", "it is a colour picture", "note")


def _may_be_labelled(file: DicomFile) -> bool:
    return file.screen_shot or file.modality in _OFTEN_LABELLED or file.sop_class.startswith(_CAPTURE)


def coloured(file: DicomFile) -> bool:
    """Whether its pixels are colours, or numbers in a table of colours."""
    return file.encoding.samples > 1 or file.encoding.photometric.upper().startswith("PALETTE")
