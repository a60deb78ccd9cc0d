"""The same raw elements by way of pydicom, which knows what to do with many kinds of odd files."""

import struct
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import ReadError
from engine.imaging.dicom.element_syntax import Raw
from engine.imaging.dicom.quietly import quietly
from engine.imaging.dicom.raw_header import RawHeader
from engine.imaging.dicom.tags import REPRESENTATIONS
from engine.imaging.read_errors import DAMAGED

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

DEFERRED = 4 * 1024 * 1024
_META = ("TransferSyntaxUID", "MediaStorageSOPClassUID")
_UIDS = {
    (True, True): "1.2.840.10008.1.2",
    (False, True): "1.2.840.10008.1.2.1",
    (False, False): "1.2.840.10008.1.2.2",
    (True, False): "",
}
_BINARY = {"US": "H", "SS": "h", "UL": "L", "FL": "f", "FD": "d"}


def read(path: Path, stream: FileIO) -> RawHeader:
    """All but where the pixels are: the stream is left before them. No value gets into the ReadError."""
    import pydicom

    with quietly():
        try:
            dataset = pydicom.dcmread(stream, defer_size=DEFERRED, stop_before_pixels=True, force=True)
            implicit, little = dataset.original_encoding
            meta = [str(dataset.file_meta.get(keyword) or "") for keyword in _META]
            uid = meta[0] or _UIDS[bool(implicit), little is not False]
            return RawHeader(_raw(dataset, little=little is not False), little is False, uid, sop_class=meta[1])
        except Exception as failure:
            kind = type(failure).__name__
            raise ReadError(f"the DICOM header is damaged ({kind})", path=path, hint=DAMAGED) from None


def _raw(dataset: "Dataset", *, little: bool) -> Raw:
    found: Raw = {}
    for tag in dataset.keys():  # noqa: SIM118 - a data set iterates over converted elements
        if tag in REPRESENTATIONS:
            value = _value(dataset, int(tag), REPRESENTATIONS[tag], little)
            if value is not None:
                found[int(tag)] = value
    return found


def _value(dataset: "Dataset", tag: int, expected: str, little: bool) -> "bytes | list[Raw] | None":
    from pydicom.dataelem import RawDataElement

    element = dataset.get_item(tag)
    if expected == "SQ":
        items = dataset[tag].value
        return [_raw(item, little=little) for item in items] if dataset[tag].VR == "SQ" else None
    if isinstance(element, RawDataElement) and element.VR in (None, expected, "UN"):
        return bytes(element.value or b"")
    if tag >> 16 & 1:
        return None
    try:
        return _encoded(dataset[tag].value, expected, little)
    except Exception:
        # Of a value that cannot be told, nothing is known.
        return None


def _encoded(value: Any, expected: str, little: bool) -> bytes:
    """A value that was written in another representation than the standard's, in the standard's."""
    values = [value] if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__") else list(value)
    values = [one for one in values if one is not None]
    if expected in _BINARY:
        kind = _BINARY[expected]
        numbers = [float(one) if kind in "fd" else int(one) for one in values]
        return struct.pack("<>"[not little] + kind * len(numbers), *numbers)
    if any(isinstance(one, bytes) for one in values):
        return b"\\".join(bytes(one) for one in values)
    return "\\".join(str(one) for one in values).encode("utf-8", "replace")
