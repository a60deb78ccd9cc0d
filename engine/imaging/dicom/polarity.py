"""Pictures in which small values are meant to be bright, as on a film."""

from engine.imaging.dicom.records import DicomFile

_IN_UNITS = frozenset({"CT", "PT"})


def is_turned(file: DicomFile) -> bool:
    """Whether its values are reversed as they are read; those of CT and PET keep their sign, which has a meaning."""
    return file.encoding.photometric == "MONOCHROME1" and file.modality not in _IN_UNITS
