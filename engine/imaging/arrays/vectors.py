"""Small arrays that go with pictures: numbers or words, one (or a few) for each of them."""

import zlib
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

import numpy as np

from engine.errors import ReadError
from engine.imaging.arrays.layout import read_description
from engine.imaging.read_errors import read_errors
from engine.imaging.volume import Array

_NUMBERS_AND_WORDS = "buifUS"
_LARGEST = 64 << 20


def vectors_in(path: Path) -> dict[str, Array]:
    """The arrays of one or two axes in an archive, by name; the one of an npy file has none. ReadError.

    Pickled objects are never loaded; they, larger arrays and damaged ones are passed over.
    """
    with read_errors(path):
        if path.suffix.lower() == ".npy":
            with path.open("rb") as stream:
                found = _vector(stream, path)
            return {} if found is None else {"": found}
        with ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".npy")]
            vectors = {name.removesuffix(".npy"): _read(archive, name, path) for name in names}
        return {name: vector for name, vector in vectors.items() if vector is not None}


def _read(archive: ZipFile, name: str, path: Path) -> Array | None:
    try:
        with archive.open(name) as stream:
            return _vector(stream, path)
    except (ValueError, OSError, EOFError, ReadError, NotImplementedError, zlib.error, BadZipFile):
        return None


def _vector(stream: IO[bytes], path: Path) -> Array | None:
    layout = read_description(stream, path)
    if layout.stored.kind not in _NUMBERS_AND_WORDS or len(layout.shape) not in (1, 2):
        return None
    if not 0 < layout.bytes <= _LARGEST:
        return None
    values: Array = np.frombuffer(stream.read(layout.bytes), layout.stored)
    return values.reshape(layout.shape, order="F" if layout.fortran else "C")
