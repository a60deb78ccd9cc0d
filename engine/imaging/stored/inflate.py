"""The bytes of a zlib stream that lies somewhere in a file."""

from io import BufferedIOBase
from typing import TYPE_CHECKING, BinaryIO

from engine.imaging.stored.gunzip import PIECE

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Inflated(BufferedIOBase):
    """What is packed in the stream from where it stands on, its checksum verified at its end; read by `readinto`."""

    def __init__(self, stream: BinaryIO) -> None:
        from isal import isal_zlib

        self._stream = stream
        self._inflater = isal_zlib.decompressobj()

    def readinto(self, target: "WriteableBuffer", /) -> int:
        """Fill as much of the target as comes at once; EOFError where the file ends before the zlib stream does."""
        view = memoryview(target)
        while len(view) and not self._inflater.eof:
            packed = self._inflater.unconsumed_tail or self._stream.read(PIECE)
            piece = self._inflater.decompress(packed, len(view))
            if piece:
                view[: len(piece)] = piece
                return len(piece)
            if not packed:
                raise EOFError
        return 0

    def close(self) -> None:
        """Close the file as well."""
        self._stream.close()
        super().close()
