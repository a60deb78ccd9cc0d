"""The beginning of a DICOM file: its meta information, and how the data set after it is written."""

from pathlib import Path
from struct import error

from engine.errors import ReadError
from engine.imaging.dicom.element_syntax import BIG, EXPLICIT, IMPLICIT, OddError, Syntax

PLAIN = {"1.2.840.10008.1.2": IMPLICIT, "1.2.840.10008.1.2.1": EXPLICIT, "1.2.840.10008.1.2.2": BIG}
_MAGIC, _PREAMBLE = b"DICM", 128
_META, _CLASS_KEY, _SYNTAX_KEY = b"\x02\x00", b"\x02\x00\x02\x00", b"\x02\x00\x10\x00"
_LETTERS = frozenset(range(ord("A"), ord("Z") + 1))


def begin_of(path: Path, data: bytes) -> tuple[int, str, str]:
    """Where the data set begins, and its transfer syntax and class as the file says, empty where it does not."""
    if data[_PREAMBLE : _PREAMBLE + 4] == _MAGIC:
        return _meta(data, _PREAMBLE + 4)
    if data[:2] == _META and guessed(data, 0) is not None:
        return _meta(data, 0)
    if guessed(data, 0) is None:
        raise ReadError("not a DICOM file", path=path, hint="Rename it if it is of another format, or leave it out.")
    return 0, "", ""


def _meta(data: bytes, position: int) -> tuple[int, str, str]:
    uids = {_SYNTAX_KEY: "", _CLASS_KEY: ""}
    head, long = EXPLICIT.head.unpack_from, EXPLICIT.length.unpack_from
    try:
        while data[position : position + 2] == _META:
            key, kind, length = head(data, position)
            position += 8
            if kind in (b"OB", b"UN"):
                (length,) = long(data, position)
                position += 4
            if key in uids:
                uids[key] = data[position : position + length].decode("ascii", "replace").strip(" \0")
            position += length
    except error:
        raise OddError from None
    if position > len(data):
        raise OddError
    return position, uids[_SYNTAX_KEY], uids[_CLASS_KEY]


def syntax_of(data: bytes, begin: int, uid: str) -> Syntax:
    """How the data set is written; OddError where that is not what the file says."""
    found = guessed(data, begin)
    if found is None or (uid and found is not PLAIN.get(uid, EXPLICIT)):
        raise OddError
    return found


def guessed(data: bytes, begin: int) -> Syntax | None:
    """How elements that begin here are written, None where these are none of the groups a data set begins with."""
    head = data[begin : begin + 8]
    if len(head) < 8 or not (head[0] or head[1]):
        return None
    big = head[0] == 0
    group, element = (int.from_bytes(head[at : at + 2], "big" if big else "little") for at in (0, 2))
    if group > 0x20 or group % 2:
        return None
    if head[4] in _LETTERS and head[5] in _LETTERS:
        return BIG if big else EXPLICIT
    plausible = not big and group in (2, 8) and element < 0x100 and int.from_bytes(head[4:8], "little") < 1024
    return IMPLICIT if plausible else None
