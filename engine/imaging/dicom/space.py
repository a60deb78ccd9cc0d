"""Which scans lie in one space: the same positions are then the same place in the body."""

from collections.abc import Sequence
from hashlib import sha256

from engine.imaging.dicom.records import DicomFile

_LENGTH = 12
_NAME = "frame of reference "


def space_of(files: Sequence[DicomFile]) -> str:
    """A token of the frame of reference that all files name, from which its UID cannot be told; else empty."""
    named = {file.frame_of_reference for file in files}
    uid = named.pop() if len(named) == 1 else ""
    return sha256((_NAME + uid).encode()).hexdigest()[:_LENGTH] if uid else ""
