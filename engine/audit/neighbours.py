"""Which pictures lie nearest to each, and how near, among tens of thousands."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.audit.thumbnail import Bytes, shrunk
from engine.control import Control

_SIDE, _WAVES, _FEWEST_WAVES, _SAMPLE = 16, 96, 8, 4000
_ROOM, _THREADS = 1 << 22, 2

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest others of each row, nearest first, and their squared distances; both (rows, count)."""

    places: Indices
    apart: Floats


def features(looks: Sequence[Bytes]) -> Floats:
    """A row of at most 96 numbers a picture, whose squared distances tell how unlike two pictures are.

    `looks` are thumbnails, in several parts where they are looked at in several ways.

    Brightness and contrast are taken out. The main ways in which all pictures differ (height, size of the head) count
    less, since they say little of whose they are: components are divided by the fourth root of their variance.
    """
    flat = np.concatenate([shrunk(thumbs, _SIDE) for thumbs in looks])
    if len(flat) < 2:
        return np.zeros((len(flat), 1), np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True) + 1e-9
    flat -= flat.mean(axis=0)
    sample = flat[np.random.default_rng(0).permutation(len(flat))[:_SAMPLE]]
    values, axes = (each[..., ::-1] for each in np.linalg.eigh(sample.T @ sample / len(sample)))
    waves = min(_WAVES, max(_FEWEST_WAVES, len(flat) // 2))
    wanted = int(np.count_nonzero(values[:waves] > 1e-7 * max(float(values[0]), 1e-12)))
    values, axes = values[:wanted], axes[:, :wanted]
    return np.asarray(flat @ axes * (values / values[0]) ** -0.25 if len(values) else flat[:, :1] * 0, np.float32)


def nearest(rows: Floats, count: int, control: Control, among: Floats | None = None) -> Nearest:
    """The `count` nearest others of each row, or all where there are fewer; `among` other looks of the same things."""
    among = rows if among is None else among
    count = max(min(count, len(rows) - 1), 0)
    if not count:
        return Nearest(np.zeros((len(rows), 0), np.intp), np.zeros((len(rows), 0), np.float32))
    lengths, others = (np.einsum("ij,ij->i", some, some) for some in (rows, among))
    found = np.empty((len(rows), count), np.intp)
    far = np.empty((len(rows), count), np.float32)
    some_rows = max(_ROOM // len(rows), 1)

    def block(begin: int) -> None:
        control.check()
        end = min(begin + some_rows, len(rows))
        apart = lengths[begin:end, None] + others - 2 * (rows[begin:end] @ among.T)
        apart[np.arange(end - begin), np.arange(begin, end)] = np.inf
        some = np.argpartition(apart, count - 1, axis=1)[:, :count]
        distances = np.take_along_axis(apart, some, 1)
        order = np.argsort(distances, axis=1, kind="stable")
        found[begin:end] = np.take_along_axis(some, order, 1)
        far[begin:end] = np.maximum(np.take_along_axis(distances, order, 1), 0)

    with ThreadPoolExecutor(_THREADS, "audit") as pool:
        list(pool.map(block, range(0, len(rows), some_rows)))
    return Nearest(found, far)
