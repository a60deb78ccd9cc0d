"""DICOM files that hold something else than a picture: what they are, in words."""

from pathlib import Path
from typing import NoReturn

from engine.errors import ReadError
from engine.imaging.dicom.elements import Elements
from engine.imaging.dicom.raw_header import RawHeader
from engine.imaging.read_errors import DAMAGED

_STORAGE = "1.2.840.10008.5.1.4.1.1."
# A UID that ends in a full stop stands for all below it; the first entry that fits tells.
_CLASSES = (
    ("1.2.840.10008.1.3.10", "a DICOMDIR, the table of contents of a disc"),
    ("1.2.840.10008.5.1.4.38.", "a hanging protocol"),
    ("1.2.840.10008.5.1.4.39.", "a colour palette"),
    (_STORAGE + "88.59", "a key object selection"),
    (_STORAGE + "88.", "a structured report"),
    (_STORAGE + "481.3", "a set of radiotherapy structures"),
    (_STORAGE + "481.5", "a radiotherapy plan"),
    (_STORAGE + "481.8", "a radiotherapy plan"),
    (_STORAGE + "481.4", "a radiotherapy record"),
    (_STORAGE + "481.6", "a radiotherapy record"),
    (_STORAGE + "481.7", "a radiotherapy record"),
    (_STORAGE + "481.9", "a radiotherapy record"),
    (_STORAGE + "9.", "a waveform such as an ECG"),
    (_STORAGE + "11.", "a presentation state"),
    (_STORAGE + "104.", "a document in a DICOM file"),
    (_STORAGE + "66", "raw data of a scanner"),
    (_STORAGE + "66.1", "a spatial registration"),
    (_STORAGE + "66.2", "a spatial fiducials file"),
    (_STORAGE + "66.3", "a spatial registration"),
    (_STORAGE + "66.5", "a surface segmentation"),
    (_STORAGE + "66.6", "a set of tracts"),
    (_STORAGE + "67", "a mapping of values"),
    (_STORAGE + "4.2", "spectroscopy"),
)
_LEAVE_OUT = "Leave it out; the pictures of the study are in other files."
_DIRECTORY = "1.2.840.10008.1.3.10"


class NoPictureError(ReadError):
    """A sound file of DICOM that holds no picture, as is to be expected in any folder."""


def refuse(path: Path, header: RawHeader, elements: Elements) -> NoReturn:
    """Say why a file without pixel data is no picture: NoPictureError, or ReadError where it is damaged."""
    sop_class = elements.text("SOPClassUID") or header.sop_class
    told = next((words for uid, words in _CLASSES if _is_of(sop_class, uid)), None)
    if sop_class == _DIRECTORY:
        raise NoPictureError(f"{told}, not a picture", path=path, hint="Open the folder that it lies in.")
    if told is not None:
        raise NoPictureError(f"{told}, not a picture", path=path, hint=_LEAVE_OUT)
    if header.cut:
        raise ReadError("the file is cut short: it ends within its header", path=path, hint=DAMAGED)
    if "Rows" in elements:
        raise ReadError("the file describes a picture but holds no pixel data", path=path, hint=DAMAGED)
    if header.odd:
        raise ReadError("the DICOM header is damaged: no picture is found in it", path=path, hint=DAMAGED)
    raise NoPictureError("a DICOM file without a picture", path=path, hint=_LEAVE_OUT)


def _is_of(sop_class: str, uid: str) -> bool:
    return sop_class.startswith(uid) if uid.endswith(".") else sop_class == uid
