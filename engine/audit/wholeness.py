"""Whether a scan's files are whole and still what they were: more than the centre slice tells."""

import hashlib
from pathlib import Path

from engine.cohort import Scan
from engine.imaging import OpenedScan
from engine.imaging.read_errors import read_errors
from engine.imaging.stored.gunzip import PIECE, compressed, opened

_SELF_CHECKING = ("dicom", "pictures")  # DICOM's header tells of every file; a picture is decoded whole


def stamp(scan: Scan) -> str:
    """A name for the size and the time of change of every file of a scan; empty where one is not there."""
    named = hashlib.blake2b(scan.digest.encode(), digest_size=16)
    try:
        for file in scan.source.files:
            state = file.stat()
            named.update(f"{state.st_size} {state.st_mtime_ns} ".encode())
    except OSError:
        return ""
    return named.hexdigest()


def shortfall(scan: OpenedScan) -> str:
    """What the files' headers tell, as they are now, of pixels that are not there; empty where nothing is amiss."""
    return next((doubt.text for doubt in scan.header.doubts if doubt.kind == "truncated"), "")


def read_to_end(scan: OpenedScan) -> None:
    """ReadError where a compressed file ends early or its check sum is wrong, or the last slice cannot be read."""
    header = scan.header
    if header.source.reader in _SELF_CHECKING and header.shape[2] * header.frames == 1:
        return
    if header.source.reader not in _SELF_CHECKING:
        for file in header.source.files:
            _unpack(file)
    scan.plane(header.frames - 1, header.shape[2] - 1)


def _unpack(file: Path) -> None:
    with read_errors(file):
        if compressed(file):
            spare = bytearray(PIECE)
            with opened(file) as stream:
                while stream.readinto(spare):
                    pass
