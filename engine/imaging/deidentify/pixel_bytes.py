"""What may lie in the bytes of a picture besides the picture: comments in compressed streams, and what follows."""

from collections.abc import Iterable
from typing import Any

_SHORTEST = 5


def names_among(dataset: Any, names: Iterable[str]) -> bool:
    """Whether a longer one of some names stands in the compressed stream, as JPEG comments may have it."""
    if not dataset.file_meta.TransferSyntaxUID.is_encapsulated or "PixelData" not in dataset:
        return False
    content = dataset.PixelData.lower()
    return any(name.encode() in content for name in names if len(name) >= _SHORTEST)


def without_excess(dataset: Any) -> None:
    """Cut off what follows the last pixel of a native picture; sub-sampled colour is left as it is."""
    if dataset.file_meta.TransferSyntaxUID.is_encapsulated or "PixelData" not in dataset:
        return
    if "422" in str(dataset.get("PhotometricInterpretation")):
        return
    bits = int(dataset.Rows) * int(dataset.Columns) * int(dataset.get("SamplesPerPixel") or 1)
    bits *= int(dataset.get("NumberOfFrames") or 1) * int(dataset.BitsAllocated)
    length = (bits + 7) // 8
    dataset.PixelData = dataset.PixelData[: length + length % 2]
