"""Texts of DICOM elements, decoded by the character sets that the file declares."""

from functools import lru_cache

from engine.imaging.dicom.quietly import quietly

_ESCAPE = b"\x1b"
_PADDING = " \0"
_SIMPLE = {"": "latin-1", "ISO_IR 6": "latin-1", "ISO_IR 100": "latin-1", "ISO_IR 192": "utf-8", "GB18030": "gb18030"}
_NAME_DELIMITERS = set(b"^")
_LINES = set(b"\r\n\t\f")


@lru_cache(maxsize=4096)
def decoded(value: bytes, charset: bytes, *, name: bool = False) -> str:
    """A text without its padding; what cannot be decoded becomes a replacement sign.

    `charset` is the value of SpecificCharacterSet, `name` whether the text is a person's name.
    """
    if value.isascii() and _ESCAPE not in value:
        return value.decode("ascii").strip(_PADDING)
    declared = charset.decode("ascii", "replace").strip(_PADDING)
    if declared in _SIMPLE and _ESCAPE not in value:
        return value.decode(_SIMPLE[declared], "replace").strip(_PADDING)
    return _by_pydicom(value, declared, name=name).strip(_PADDING)


def decoded_name(value: bytes, charset: bytes) -> str:
    """A person's name in its up to three scripts, `=` between these, `^` between its parts."""
    return decoded(value, charset, name=True).rstrip("=^ ")


def _by_pydicom(value: bytes, declared: str, *, name: bool) -> str:
    from pydicom.charset import convert_encodings, decode_bytes

    delimiters = _NAME_DELIMITERS if name else _LINES
    with quietly():
        try:
            encodings = convert_encodings(declared.split("\\"))
            parts = value.split(b"=") if name else [value]
            return "=".join(decode_bytes(part, encodings, delimiters) for part in parts)
        except Exception:
            # Encoders of several scripts raise whatever they like; a text is never worth a scan.
            return value.decode("latin-1")
