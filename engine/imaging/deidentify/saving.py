"""A cleaned data set as a DICOM file that says by which rules it was cleaned."""

from typing import Any

from engine import __version__
from engine.imaging.deidentify.options import Options


def declare(made: Any, pseudonym: str, keep: Options) -> None:
    """Say whose it is called now, and by which rules it was cleaned."""
    from pydicom.dataset import Dataset

    made.PatientID = made.PatientName = pseudonym
    made.PatientIdentityRemoved = "YES"
    made.DeidentificationMethod = f"Isocenter {__version__}, DICOM PS3.15 E"
    made.LongitudinalTemporalInformationModified = "MODIFIED" if keep.dates == "shifted" else "REMOVED"
    made.DeidentificationMethodCodeSequence = []
    for value, meaning in keep.codes:
        code = Dataset()
        code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, "DCM", meaning
        made.DeidentificationMethodCodeSequence.append(code)


def save(made: Any, syntax: Any, stream: Any) -> None:
    """Write it with a new file meta group and an empty preamble."""
    from pydicom.dataset import FileMetaDataset

    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = made.SOPClassUID, made.SOPInstanceUID
    meta.TransferSyntaxUID = syntax
    made.file_meta = meta
    made.preamble = bytes(128)
    if syntax.is_encapsulated:
        made["PixelData"].is_undefined_length = True
    made.save_as(stream, enforce_file_format=True)
