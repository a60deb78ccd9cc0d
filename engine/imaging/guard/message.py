"""How program and guarded process talk: JSON heads, and the bytes of arrays after them."""

import json
import math
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from engine.imaging.volume import Array

PLAIN_KINDS = "biuf"


def send(pipe: Connection, head: dict[str, Any], arrays: Sequence[Array] = ()) -> None:
    """One message; the arrays may have any layout."""
    described = [{"shape": array.shape, "dtype": array.dtype.str} for array in arrays]
    pipe.send_bytes(json.dumps({"head": head, "arrays": described}).encode())
    for array in arrays:
        pipe.send_bytes(_bytes_of(np.ascontiguousarray(array)))


def receive(pipe: Connection, most: int) -> tuple[dict[str, Any], list[Array]]:
    """The next message. ValueError where its arrays claim more than `most` bytes, or are no arrays of numbers."""
    message = json.loads(pipe.recv_bytes())
    empty = [_empty(described) for described in message["arrays"]]
    if sum(math.prod(shape) * dtype.itemsize for shape, dtype in empty) > most:
        raise ValueError("more came back than was asked for")
    return message["head"], [_filled(pipe, shape, dtype) for shape, dtype in empty]


def _empty(described: dict[str, Any]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    shape, dtype = tuple(map(int, described["shape"])), np.dtype(described["dtype"])
    if dtype.kind not in PLAIN_KINDS or any(size < 0 for size in shape):
        raise ValueError("what came back is no array of numbers")
    return shape, dtype


def _filled(pipe: Connection, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    array = np.empty(shape, dtype)
    expected = array.nbytes
    if expected and pipe.recv_bytes_into(_bytes_of(array)) != expected:
        raise ValueError("less came back than was announced")
    if not expected:
        pipe.recv_bytes(0)
    return array


def _bytes_of(array: Array) -> memoryview:
    return memoryview(array.reshape(-1).view(np.uint8))  # type: ignore[arg-type]
