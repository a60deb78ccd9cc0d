"""Ways to spoil a file, each told in words so that a case can be replayed and understood."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

Spoiled = tuple[bytes, str]

_HEAD = 600
_NUMBERS = [
    struct.pack(form, value)
    for form, values in {
        "<i": (0, -1, 1, 1 << 16, (1 << 31) - 1, -(1 << 31), 1 << 30),
        ">i": (1, 1 << 16, (1 << 31) - 1, 1 << 30),
        "<h": (0, -1, 1, 32767, -32768, 4),
        ">h": (1, 32767),
        "<f": (float("nan"), float("inf"), 1e38, -1.0, 1e-38),
        "<q": (-1, (1 << 63) - 1, 1 << 40),
    }.items()
    for value in values
]
SUFFIXES = (".nii", ".nii.gz", ".hdr", ".img", ".mgh", ".mgz", ".npy", ".npz", ".png", ".jpg", ".tif", ".bmp", ".dcm",
            ".nrrd", ".mha", ".zip", ".txt", "", ".json")  # fmt: skip


def _place(rng: Random, content: bytes) -> int:
    """More often in the header than in the voxels."""
    end = len(content) if rng.random() < 0.4 else min(len(content), _HEAD)
    return rng.randrange(max(1, end))


def cut(rng: Random, content: bytes) -> Spoiled:
    keep = _place(rng, content)
    return content[:keep], f"cut to {keep} bytes"


def bits(rng: Random, content: bytes) -> Spoiled:
    spoiled, told = bytearray(content), []
    for _ in range(rng.randint(1, 8)):
        at, bit = _place(rng, content), rng.randrange(8)
        spoiled[at] ^= 1 << bit
        told.append(f"{at}.{bit}")
    return bytes(spoiled), f"bits {' '.join(told)} flipped"


def zeroed(rng: Random, content: bytes) -> Spoiled:
    at, length, value = _place(rng, content), rng.randint(1, 64), rng.choice((0, 255))
    return content[:at] + bytes([value]) * length + content[at + length :], f"{length} bytes of {value} at {at}"


def number(rng: Random, content: bytes) -> Spoiled:
    at, value = _place(rng, content), rng.choice(_NUMBERS)
    at -= at % rng.choice((1, 2, 4))
    return content[:at] + value + content[at + len(value) :], f"{value.hex()} at {at}"


def inserted(rng: Random, content: bytes) -> Spoiled:
    at, more = _place(rng, content), rng.randbytes(rng.randint(1, 40))
    return content[:at] + more + content[at:], f"{more.hex()} inserted at {at}"


def removed(rng: Random, content: bytes) -> Spoiled:
    at, length = _place(rng, content), rng.randint(1, 200)
    return content[:at] + content[at + length :], f"{length} bytes removed at {at}"


def repeated(rng: Random, content: bytes) -> Spoiled:
    at, length = _place(rng, content), rng.randint(1, 300)
    return content[: at + length] + content[at:], f"{length} bytes repeated at {at}"


WAYS: tuple[Callable[[Random, bytes], Spoiled], ...] = (
    cut,
    bits,
    bits,
    zeroed,
    number,
    number,
    inserted,
    removed,
    repeated,
)


def spoil(rng: Random, content: bytes) -> Spoiled:
    """One to three ways after another; of what is packed more often the inside, which is packed soundly again."""
    if content.startswith(b"\x1f\x8b") and rng.random() < 0.6:
        inside, told = _spoiled(rng, gzip.decompress(content))
        return gzip.compress(inside, 1, mtime=0), f"inside: {told}"
    if content.startswith(b"PK") and rng.random() < 0.6:
        return _spoiled_member(rng, content)
    return _spoiled(rng, content)


def _spoiled(rng: Random, content: bytes) -> Spoiled:
    told = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if content:
            content, words = rng.choice(WAYS)(rng, content)
            told.append(words)
    if content.startswith(b"\x89PNG") and rng.random() < 0.7:
        content = with_checksums(content)
        told.append("checksums corrected")
    return content, "; ".join(told)


def _spoiled_member(rng: Random, content: bytes) -> Spoiled:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    victim = rng.choice(sorted(members))
    members[victim], told = _spoiled(rng, members[victim])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, inside in members.items():
            made.writestr(zipfile.ZipInfo(name), inside)
    return stream.getvalue(), f"inside, {victim}: {told}"


def with_checksums(content: bytes) -> bytes:
    """A PNG whose chunks are believed."""
    made, at = bytearray(content), 8
    while at + 12 <= len(made):
        end = at + 8 + int.from_bytes(made[at : at + 4], "big")
        if end + 4 > len(made):
            break
        made[end : end + 4] = zlib.crc32(made[at + 4 : end]).to_bytes(4, "big")
        at = end + 4
    return bytes(made)
