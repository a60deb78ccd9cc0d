"""The transfer syntaxes by name, and what has to be installed for those that no decoder is here for."""

from engine.errors import ReadError
from engine.imaging.dicom.records import Encoding

_JPEG = "Install python-gdcm, or save it uncompressed with another program."
_JPEG_LS = "Install pyjpegls or python-gdcm, or save it uncompressed with another program."
_JPEG_2000 = "Install pylibjpeg-openjpeg, or save it uncompressed with another program."
_TWELVE_BITS = (
    "Install pylibjpeg-libjpeg beside pylibjpeg (its licence is the GPL, so it is not part of Isocenter), "
    "or save it uncompressed with another program."
)
_OTHER = "Save it uncompressed with another program."
_EXTENDED = "1.2.840.10008.1.2.4.51"
_HINTS = {
    "1.2.840.10008.1.2.4.50": "Install pillow, or save it uncompressed with another program.",
    _EXTENDED: _TWELVE_BITS,
    "1.2.840.10008.1.2.4.57": _JPEG,
    "1.2.840.10008.1.2.4.70": _JPEG,
    "1.2.840.10008.1.2.4.80": _JPEG_LS,
    "1.2.840.10008.1.2.4.81": _JPEG_LS,
    "1.2.840.10008.1.2.4.90": _JPEG_2000,
    "1.2.840.10008.1.2.4.91": _JPEG_2000,
    "1.2.840.10008.1.2.4.201": _JPEG_2000,
    "1.2.840.10008.1.2.4.202": _JPEG_2000,
    "1.2.840.10008.1.2.4.203": _JPEG_2000,
}


def undecodable(encoding: Encoding, *, failed: bool = False) -> ReadError:
    """Why pixels of this encoding cannot be had: no decoder is here, or those that are here `failed`."""
    name = syntax_name(encoding.syntax)
    if encoding.syntax == _EXTENDED and encoding.bits_stored > 8:
        return ReadError(
            f"no decoder here reads its compression: {name}, {encoding.bits_stored} bits", hint=_TWELVE_BITS
        )
    if failed:
        hint = "Copy it again from where it came, or save it uncompressed with another program."
        return ReadError(f"its compressed pixels ({name}) are damaged, or of a kind that is not known", hint=hint)
    return ReadError(f"no decoder here reads its compression: {name}", hint=_HINTS.get(encoding.syntax, _OTHER))


def syntax_name(syntax: str) -> str:
    """What people call a transfer syntax."""
    from pydicom.uid import UID

    return UID(syntax).name or "unnamed"
