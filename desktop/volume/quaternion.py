"""Rotations as unit quaternions (w, x, y, z)."""

from math import cos, hypot, sin

import numpy as np
from numpy.typing import NDArray

Quaternion = tuple[float, float, float, float]
Matrix = NDArray[np.float64]
IDENTITY: Quaternion = (1.0, 0.0, 0.0, 0.0)


def about(axis: tuple[float, float, float], angle: float) -> Quaternion:
    """The turn by `angle` radians about an axis; the identity about an axis of no length."""
    length = hypot(*axis)
    if not length:
        return IDENTITY
    x, y, z = (part / length * sin(angle / 2) for part in axis)
    return (cos(angle / 2), x, y, z)


def product(second: Quaternion, first: Quaternion) -> Quaternion:
    """`first`, then `second`; of unit length whatever has added up."""
    a, b, c, d = second
    e, f, g, h = first
    made = (
        a * e - b * f - c * g - d * h,
        a * f + b * e + c * h - d * g,
        a * g - b * h + c * e + d * f,
        a * h + b * g - c * f + d * e,
    )
    w, x, y, z = (part / hypot(*made) for part in made)
    return (w, x, y, z)


def matrix_of(quaternion: Quaternion) -> Matrix:
    """The rotation as a matrix."""
    w, x, y, z = quaternion
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def of_matrix(matrix: Matrix) -> Quaternion:
    """The quaternion of a rotation matrix: the eigenvector that all turned axes agree on, sound at any angle."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    agreeing = np.array(
        [
            [a + e + i, h - f, c - g, d - b],
            [h - f, a - e - i, b + d, c + g],
            [c - g, b + d, e - a - i, f + h],
            [d - b, c + g, f + h, i - a - e],
        ]
    )
    w, x, y, z = np.linalg.eigh(agreeing)[1][:, -1]
    return (float(w), float(x), float(y), float(z))
