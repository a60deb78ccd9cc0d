"""How many frames a compressed stream can hold at most: each takes a fragment of its own, or several."""

from pathlib import Path

from engine.imaging.dicom.records import Encoding

_RLE, _JPEG_FAMILY = "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4."
_ENDLESS = range(92, 109)  # films and parts of larger pictures, where a fragment may hold many frames
_ITEM = b"\xfe\xff\x00\xe0"


def lacking(path: Path, encoding: Encoding, frames: int, voxels: int) -> int:
    """How many bytes of (unpacked) pixels are surely not there, of a file with these frames and voxels in all."""
    if encoding.length >= 0 or encoding.offset <= 0 or frames < 2 or not _one_by_one(encoding.syntax):
        return 0
    missing = frames - _fragments(path, encoding.offset, frames)
    return missing * (voxels // frames) * encoding.samples * encoding.bits_allocated // 8


def _one_by_one(syntax: str) -> bool:
    number = syntax.removeprefix(_JPEG_FAMILY)
    return syntax == _RLE or (number != syntax and number.isdecimal() and int(number) not in _ENDLESS)


def _fragments(path: Path, offset: int, most: int) -> int:
    """Whole ones behind the table of offsets, counted up to `most`."""
    size, count = path.stat().st_size, -1
    with path.open("rb") as stream:
        while count < most:
            stream.seek(offset)
            head = stream.read(8)
            offset += 8 + int.from_bytes(head[4:], "little")
            if head[:4] != _ITEM or len(head) < 8 or offset > size:
                break
            count += 1
    return max(count, 0)
