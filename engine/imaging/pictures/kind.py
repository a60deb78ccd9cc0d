"""The picture formats that are read, each known by its first bytes, and Pillow's class for it."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


@dataclass(frozen=True)
class Kind:
    """One format; `lossy` where texture may have been lost."""

    name: str
    begins: Callable[[bytes], bool]
    plugin: str
    opener: str
    lossy: bool = False

    def open(self, stream: BinaryIO) -> Any:
        """Pillow's image of the file: this class alone looks at it, and its pixels are not decoded.

        Given a path instead, Pillow maps plain TIFF files, and garbles those that are to be turned.
        """
        module = importlib.import_module(f"PIL.{self.plugin}")
        return getattr(module, self.opener)(stream)


def _bmp(head: bytes) -> bool:
    return head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS


def _tiff(head: bytes) -> bool:
    """DICOM files may begin as TIFF does."""
    return head.startswith(_TIFF) and head[128:132] != b"DICM"


_KINDS = (
    Kind("png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), "PngImagePlugin", "PngImageFile"),
    Kind("jpeg", lambda head: head.startswith(b"\xff\xd8\xff"), "JpegImagePlugin", "JpegImageFile", lossy=True),
    Kind("tiff", _tiff, "TiffImagePlugin", "TiffImageFile"),
    Kind("bmp", _bmp, "BmpImagePlugin", "BmpImageFile"),
)


def kind_of(head: bytes) -> Kind | None:
    """The format that these first bytes are of."""
    return next((kind for kind in _KINDS if kind.begins(head)), None)
