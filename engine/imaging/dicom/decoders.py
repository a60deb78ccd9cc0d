"""The guarded part of decoding: pydicom's plug-ins make pixels of what is compressed, deflated or coloured."""

import contextlib
import warnings
import zlib
from collections.abc import Sequence
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, cast

import numpy as np

from engine.imaging.dicom.raw_pixels import BIG_ENDIAN, NATIVE, needed
from engine.imaging.dicom.records import DicomFile, Encoding
from engine.imaging.dicom.syntaxes import undecodable
from engine.imaging.guard import Answer, task
from engine.imaging.volume import Array

RLE, DEFLATED_FRAMES = "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.8.1"
_QUICKEST = "pyjpegls"  # half the time of GDCM, which pydicom would ask first
_EXPLICIT = "1.2.840.10008.1.2.1"


@task
def decode(path: Path, *, encoding: dict[str, Any], grid: Sequence[int], indices: Sequence[int]) -> Answer:
    """The frames `indices`, for `decoded`; `grid` is (rows, columns, frames) of the file."""
    rows, columns, frames = grid
    file = DicomFile(path, Encoding(**encoding), rows, columns, frames)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        taken = _frames(file, indices)
        if file.encoding.photometric == "PALETTE COLOR":
            taken = _with_palette(path, taken)
    return {}, taken


def _frames(file: DicomFile, indices: Sequence[int]) -> list[Array]:
    from pydicom.pixels.decoders.base import get_decoder

    encoding = file.encoding
    if encoding.offset == 0:
        return [_of_dataset(file, index) for index in indices]
    # Mapped, for of an open file as many bytes are made room for as a damaged length asks.
    with file.path.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as stream:
        stream.seek(encoding.offset)
        if encoding.syntax == DEFLATED_FRAMES:
            return [_deflated(file, stream, index) for index in indices]
        try:
            decoder = get_decoder(encoding.syntax or _EXPLICIT)
        except NotImplementedError:
            raise undecodable(encoding) from None
        if not decoder.is_available:
            raise undecodable(encoding)
        return [_decoded(decoder, file, stream, index) for index in indices]


def _decoded(decoder: Any, file: DicomFile, stream: mmap, index: int) -> Array:
    encoding = file.encoding
    if encoding.syntax in NATIVE:
        needed(file, index)
    packed = encoding.syntax == RLE and encoding.bits_allocated == 1
    values = _by_any(decoder, file, stream, index, _options(file) | (_as_bytes(file) if packed else {}))
    if packed:
        bits = np.unpackbits(values.reshape(-1), bitorder="little")
        return bits[: file.rows * file.columns].reshape(file.rows, file.columns)
    return values


def _by_any(decoder: Any, file: DicomFile, stream: mmap, index: int, options: dict[str, Any]) -> Array:
    plugins = sorted(decoder.available_plugins, key=lambda name: name != _QUICKEST) or [""]
    for plugin in plugins:
        stream.seek(file.encoding.offset)
        with contextlib.suppress(RuntimeError):
            values: Array = decoder.as_array(stream, index=index, decoding_plugin=plugin, **options)[0]
            return values
    raise undecodable(file.encoding, failed=True)


def _options(file: DicomFile) -> dict[str, Any]:
    from pydicom.uid import UID

    encoding = file.encoding
    return {
        "transfer_syntax_uid": UID(encoding.syntax or _EXPLICIT),
        "rows": file.rows,
        "columns": file.columns,
        "number_of_frames": file.frames,
        "samples_per_pixel": encoding.samples,
        "planar_configuration": encoding.planar,
        "photometric_interpretation": encoding.photometric,
        "bits_allocated": encoding.bits_allocated,
        "bits_stored": encoding.bits_stored,
        "pixel_representation": int(encoding.signed),
        "pixel_keyword": encoding.element,
        "pixel_vr": _representation(file),
    }


def _as_bytes(file: DicomFile) -> dict[str, Any]:
    # The decoders know no bits: they get the bytes that eight pixels each are packed in.
    return {"rows": 1, "columns": -(-file.rows * file.columns // 8), "bits_allocated": 8, "bits_stored": 8}


def _representation(file: DicomFile) -> str:
    if file.encoding.syntax != BIG_ENDIAN:
        return "OB"
    with file.path.open("rb") as stream:
        stream.seek(file.encoding.offset - 8)
        return stream.read(2).decode("latin-1")


def _of_dataset(file: DicomFile, index: int) -> Array:
    from pydicom import dcmread
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.uid import UID

    dataset = dcmread(file.path, force=True)
    if file.encoding.syntax:
        dataset.file_meta.TransferSyntaxUID = UID(file.encoding.syntax)
    decoder = get_decoder(dataset.file_meta.TransferSyntaxUID)
    values: Array = decoder.as_array(dataset, index=index)[0]
    return values


def _compressed(file: DicomFile, stream: mmap, index: int) -> bytes:
    from pydicom.encaps import get_frame

    stream.seek(file.encoding.offset)
    return get_frame(cast(Any, stream), index, number_of_frames=file.frames)


def _deflated(file: DicomFile, stream: mmap, index: int) -> Array:
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.uid import UID

    expected = -(-file.rows * file.columns * file.encoding.samples * file.encoding.bits_allocated // 8)
    plain = zlib.decompressobj(-zlib.MAX_WBITS).decompress(_compressed(file, stream, index), expected)
    options = _options(file) | {"number_of_frames": 1, "transfer_syntax_uid": UID(_EXPLICIT)}
    values: Array = get_decoder(_EXPLICIT).as_array(BytesIO(plain), index=0, **options)[0]
    return values


def _with_palette(path: Path, frames: list[Array]) -> list[Array]:
    from pydicom import dcmread
    from pydicom.pixels.processing import apply_color_lut

    dataset = dcmread(path, stop_before_pixels=True, force=True)
    return [apply_color_lut(frame, dataset) for frame in frames]
