"""The small cube in the corner that says how the patient lies."""

from dataclasses import dataclass

import numpy as np

from desktop.volume.camera import STANDS, Camera

LETTERS = {"anterior": "A", "posterior": "P", "left": "L", "right": "R", "superior": "S", "inferior": "I"}
Spot = tuple[float, float]


@dataclass(frozen=True)
class Face:
    """A face turned to the viewer: `corners` about the cube's middle, x right and y down, half a side is 1.

    `across` and `down` are the directions that letters on it have; `lit` is 1 where it is seen straight on.
    """

    side: str
    letter: str
    corners: tuple[Spot, ...]
    across: Spot
    down: Spot
    lit: float


def faces(camera: Camera) -> list[Face]:
    """The faces that are seen, at most three, the one that is seen best last."""
    found = [_face(side, camera) for side in STANDS]
    return sorted((face for face in found if face.lit > 0.02), key=lambda face: face.lit)


def _face(side: str, camera: Camera) -> Face:
    toward, up = (np.array(axis) for axis in STANDS[side])
    right = np.cross(up, toward)
    turn = camera.matrix
    corners = tuple(_spot(turn @ (toward + x * right + y * up)) for x, y in ((-1, 1), (1, 1), (1, -1), (-1, -1)))
    return Face(side, LETTERS[side], corners, _spot(turn @ right), _spot(turn @ -up), float((turn @ toward)[2]))


def _spot(seen: np.ndarray) -> Spot:
    return (float(seen[0]), float(-seen[1]))
