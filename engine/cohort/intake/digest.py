"""The name of a scan's content."""

import hashlib

from engine.control import Control
from engine.errors import ReadError
from engine.imaging import ScanHeader
from engine.imaging.arrays.samples import sample_digest

_PIECE = 1 << 20


def content_digest(header: ScanHeader, control: Control | None = None) -> str:
    """The SHA-256 of the bytes of a scan's files, its side-cars and its part, since all decide what is read.

    Of one sample of many in a file it is that of the sample's numbers: equal pictures are equal, wherever they lie.
    """
    if of_sample := sample_digest(header.source, header.companions):
        return of_sample
    digest = hashlib.sha256()
    for path in (*header.source.files, *header.companions):
        if control is not None:
            control.check()
        try:
            with path.open("rb") as stream:
                while block := stream.read(_PIECE):
                    digest.update(block)
        except OSError as failure:
            raise ReadError(f"cannot be read: {failure.strerror}", path=path, hint="Check the drive.") from failure
    digest.update(header.source.part.encode())
    return digest.hexdigest()
