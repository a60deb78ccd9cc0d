"""Volumes of every kind that a file may hold, all with the same soft slopes in them."""

from collections.abc import Callable

import numpy as np

from engine.imaging.volume import Array, Facts, FrameAxis, Volume
from tests.helpers.volumes import affine_of

SIZE = (36, 30, 24)
HOLE = np.s_[..., 12:18, 10:20]


def slopes(frames: int = 1, size: tuple[int, int, int] = SIZE) -> Array:
    """From 0 to 1 over (frames, z, y, x), different at every end of every axis."""
    x, y, z = (np.linspace(0, 1, count) if count > 1 else np.full(1, 0.5) for count in size)
    grid = 0.5 * x + 0.3 * y[:, np.newaxis] + 0.2 * z[:, np.newaxis, np.newaxis]
    return np.stack([grid * (1 - 0.5 * frame / frames) for frame in range(frames)])


def of(array: Array, affine: Array | None = None, colour: Array | None = None) -> Volume:
    z, y, x = array.shape[1:4]
    placed = affine_of("LPS", (1.0, 1.2, 2.0), (x, y, z)) if affine is None else affine
    frames = FrameAxis("time", tuple(float(i) for i in range(len(array)))) if len(array) > 1 else FrameAxis()
    return Volume(array, placed, frames, Facts("nifti", "MR"), colour)


def scaled(kind: str, low: float, high: float, size: tuple[int, int, int] = SIZE) -> Volume:
    return of((low + (high - low) * slopes(size=size)).astype(kind))


def with_holes() -> Volume:
    values = (1000 * slopes()).astype(np.float32)
    values[HOLE] = np.nan
    values[..., :6, :6] = np.inf
    values[..., -6:, -6:] = -np.inf
    return of(values)


def coloured() -> Volume:
    grey = (255 * slopes()).astype(np.uint8)
    return of(grey, colour=np.stack([grey, 255 - grey, grey // 2], axis=-1))


def backwards() -> Volume:
    return of((1000 * slopes()).astype(np.int16)[:, ::-1, ::-1, ::-1])


def untouchable() -> Volume:
    values = (1000 * slopes()).astype(np.int16)
    values.flags.writeable = False
    return of(values)


def thick() -> Volume:
    return of((1000 * slopes(size=(240, 200, 8))).astype(np.int16), np.diag([-0.3, -0.3, 12.0, 1.0]))


def far_away() -> Volume:
    affine = np.diag([-1.0, -1.0, 2.0, 1.0])
    affine[:3, 3] = (4e6, -7e6, 2e6)
    return of((1000 * slopes()).astype(np.int16), affine)


def sheared() -> Volume:
    affine = np.eye(4)
    affine[:3, :3] = np.array([[-1.0, 0.0, 0.3], [0.0, -1.0, 0.5], [0.0, 0.0, 2.0]])
    return of((1000 * slopes()).astype(np.int16), affine)


ODD: dict[str, Callable[[], Volume]] = {
    "X-ray of 3000 x 3000": lambda: scaled("u2", 0, 60000, (3000, 3000, 1)),
    "one slice": lambda: scaled("i2", -500, 3000, (36, 30, 1)),
    "one row": lambda: scaled("i2", 0, 1000, (400, 1, 1)),
    "200 frames": lambda: of((1000 * slopes(200, (24, 20, 6))).astype(np.float32)),
    "red, green, blue": coloured,
    "not a number, infinite": with_holes,
    "constant": lambda: scaled("i2", 700, 700),
    "all zero": lambda: scaled("f4", 0, 0),
    "true and false": lambda: of(slopes() > 0.4),
    "uint8": lambda: scaled("u1", 0, 255),
    "int8": lambda: scaled("i1", -128, 127),
    "uint32": lambda: scaled("u4", 0, 4e9),
    "int64": lambda: scaled("i8", -5, 1e12),
    "float16": lambda: scaled("f2", 0, 60000),
    "float64, tiny": lambda: scaled("f8", 0, 1e-9),
    "big-endian int16": lambda: scaled(">i2", -500, 3000),
    "big-endian float32": lambda: scaled(">f4", 0, 1),
    "negative strides": backwards,
    "columns first": lambda: of(np.asfortranarray((1000 * slopes()).astype(np.int16))),
    "read-only": untouchable,
    "one voxel": lambda: scaled("i2", 0, 1000, (1, 1, 1)),
    "0.3 x 0.3 x 12 mm": thick,
    "far from the origin": far_away,
    "leaning": sheared,
}
"""What files hold at times, by what is odd about it."""

EVEN = ("constant", "all zero", "one voxel")
"""Those in which no two values differ."""
