"""Volumes whose truth the tests know, in any axis order."""

from itertools import permutations, product

import numpy as np

from engine.imaging.volume import Facts, FrameAxis, Volume

BRIGHT, DIM = 1000, 100
LETTERS = ("RL", "AP", "SI")
SIZE_MM = 40.0
MARKED = (9.0, -11.0, 6.0)

ORIENTATIONS = tuple(
    "".join(LETTERS[axis][flip] for axis, flip in zip(order, flips, strict=True))
    for order in permutations(range(3))
    for flips in product(range(2), repeat=3)
)
SOME = ("RAS", "LPS", "PIR", "SAL", "ILA", "ASR")


def affine_of(orientation: str, spacing: tuple[float, float, float], shape: tuple[int, int, int]) -> np.ndarray:
    """Voxel (x, y, z) to RAS+ mm for axes leading where the letters say, the middle of the grid at the origin."""
    affine = np.eye(4)
    affine[:3, :3] = 0
    for axis, letter in enumerate(orientation):
        world = next(i for i, pair in enumerate(LETTERS) if letter in pair)
        affine[world, axis] = spacing[axis] * (1 if letter == LETTERS[world][0] else -1)
    affine[:3, 3] = -affine[:3, :3] @ ((np.array(shape) - 1) / 2)
    return affine


def body(orientation: str = "RAS", spacing: tuple[float, float, float] = (2.0, 2.0, 2.0), frames: int = 1) -> Volume:
    """A dim cube of 40 mm with a bright block of 5 mm about the world point MARKED."""
    shape = tuple(round(SIZE_MM / size) for size in spacing)
    affine = affine_of(orientation, spacing, (shape[0], shape[1], shape[2]))
    z, y, x = np.indices(shape[::-1])
    voxels = np.stack([x, y, z, np.ones_like(x)])
    world = np.tensordot(affine, voxels, 1)[:3]
    near = np.abs(world - np.reshape(MARKED, (3, 1, 1, 1))).max(axis=0) <= 2.5
    grid = np.where(near, BRIGHT, DIM).astype(np.int16)
    return Volume(np.repeat(grid[np.newaxis], frames, axis=0), affine, facts=Facts("nifti", "MR"))


def echoes(frames: int = 4, slices: int = 6, side: int = 32) -> Volume:
    """A T2-like scan: the signal halves from echo to echo, and tells frame and slice apart."""
    z, y, x = np.indices((slices, side, side))
    first = 800 + 10 * z + x + y
    array = np.stack([first / 2**frame for frame in range(frames)]).astype(np.float32)
    times = tuple(25.0 * (frame + 1) for frame in range(frames))
    affine = affine_of("LPS", (1.0, 1.0, 5.0), (side, side, slices))
    return Volume(array, affine, FrameAxis("echo time", times), Facts("nifti", "MR"))
