"""DICOM files as pydicom reads them, without a word of what they hold in warnings, logs and errors."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.errors import IsocenterError, ReadError

_PIXELS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
_STANDARD = "1.2.840.10008."


@contextmanager
def quietly() -> Iterator[None]:
    """Without pydicom's warnings, which cite values; and any exception as a ReadError that cites none."""
    from pydicom import config

    logging.getLogger("pydicom").propagate = False  # its log repeats the warnings; for good, as nobody may read them
    try:
        with warnings.catch_warnings(), config.disable_value_validation():
            warnings.simplefilter("ignore")
            yield
    except (IsocenterError, OSError, MemoryError):
        raise
    except Exception as failure:
        hint = "Copy it again from where it came."
        raise ReadError("its elements cannot be read in full", hint=hint) from failure


def read_picture(path: Path) -> Any:
    """The data set of a file that holds a picture, its transfer syntax known; else ReadError."""
    import pydicom

    try:
        dataset = pydicom.dcmread(path, force=True)
    except OSError as failure:
        raise ReadError(f"cannot be read: {failure.strerror or 'it cannot be opened'}", path=path) from failure
    if not str(dataset.get("SOPClassUID", "")).startswith(_STANDARD):
        raise ReadError("it is no DICOM file of a kind that is known", path=path, hint="It is left out.")
    if not any(keyword in dataset for keyword in _PIXELS):
        hint = "Reports and plans are left out: their text may tell who the patient is."
        raise ReadError("it holds no picture", path=path, hint=hint)
    if "TransferSyntaxUID" not in dataset.file_meta:
        dataset.file_meta.TransferSyntaxUID = _syntax(dataset)
    if not dataset.file_meta.TransferSyntaxUID.is_transfer_syntax:
        hint = "Have it sent again in a common transfer syntax."
        raise ReadError("its transfer syntax is not known", path=path, hint=hint)
    return dataset


def _syntax(dataset: Any) -> Any:
    from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

    implicit, little = dataset.original_encoding
    if implicit:
        return ImplicitVRLittleEndian
    return ExplicitVRLittleEndian if little else ExplicitVRBigEndian
