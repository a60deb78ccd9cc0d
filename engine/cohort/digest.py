"""The name of a scan's content."""

import hashlib
from pathlib import Path

from engine.cohort.scan_files import stem_of
from engine.errors import ReadError


def content_digest(path: Path) -> str:
    """The SHA-256 of a file's bytes and of its side-car's, since both decide what is read."""
    digest = hashlib.sha256()
    sidecar = path.with_name(stem_of(path) + ".json")
    try:
        for part in (path, sidecar) if sidecar.is_file() else (path,):
            with part.open("rb") as stream:
                while block := stream.read(1 << 20):
                    digest.update(block)
    except OSError as failure:
        raise ReadError(f"cannot be read: {failure.strerror}", path=path, hint="Check the drive.") from failure
    return digest.hexdigest()
