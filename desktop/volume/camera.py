"""From where a volume is looked at: orthographic, in patient space."""

from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from desktop.volume.quaternion import Matrix, Quaternion, about, matrix_of, of_matrix, product

Axis = tuple[float, float, float]
DEGREES_PER_PIXEL = 0.45
ZOOM_PER_NOTCH = 1.15
LEAST_ZOOM, MOST_ZOOM = 0.1, 60.0
POSITIVE, NEGATIVE = "RAS", "LPI"
NOTICED = 0.4

UP: Axis = (0.0, 0.0, 1.0)
FORWARD: Axis = (0.0, 1.0, 0.0)
# Where the viewer stands, and what is up on the screen; RAS+.
STANDS: MappingProxyType[str, tuple[Axis, Axis]] = MappingProxyType(
    {
        "anterior": ((0.0, 1.0, 0.0), UP),
        "posterior": ((0.0, -1.0, 0.0), UP),
        "left": ((-1.0, 0.0, 0.0), UP),
        "right": ((1.0, 0.0, 0.0), UP),
        "superior": ((0.0, 0.0, 1.0), FORWARD),
        "inferior": ((0.0, 0.0, -1.0), FORWARD),
    }
)
STANDARD_VIEWS = tuple(STANDS)


def rotation_from(toward: Axis, up: Axis) -> Quaternion:
    """The rotation that brings the side `toward` before the viewer, with `up` upwards."""
    return of_matrix(np.array([np.cross(up, toward), up, toward]))


ANTERIOR = rotation_from(*STANDS["anterior"])


@dataclass(frozen=True)
class Camera:
    """`rotation` takes RAS+ to the screen: x right, y up, z towards the viewer. `pan` moves the picture, in mm."""

    rotation: Quaternion = ANTERIOR
    zoom: float = 1.0
    pan: tuple[float, float] = (0.0, 0.0)

    @classmethod
    def standing(cls, side: str) -> "Camera":
        """The view from one of STANDARD_VIEWS, the whole volume in sight."""
        return cls(rotation_from(*STANDS[side]))

    @property
    def matrix(self) -> Matrix:
        """RAS+ directions to screen directions."""
        return matrix_of(self.rotation)

    def facing(self, side: str) -> "Camera":
        """From another side, as near as before."""
        return replace(self, rotation=rotation_from(*STANDS[side]))

    def turned(self, right: float, down: float) -> "Camera":
        """After a drag of so many pixels, as if a ball lay under the hand."""
        angle = np.radians(DEGREES_PER_PIXEL * np.hypot(right, down))
        return replace(self, rotation=product(about((down, right, 0.0), float(angle)), self.rotation))

    def zoomed(self, notches: float, at: tuple[float, float] = (0.0, 0.0)) -> "Camera":
        """Nearer by so many notches of the wheel; the point `at` (mm right of and above the middle) stays."""
        zoom = min(max(self.zoom * ZOOM_PER_NOTCH**notches, LEAST_ZOOM), MOST_ZOOM)
        grown = zoom / self.zoom
        x, y = (place / grown - (place - moved) for place, moved in zip(at, self.pan, strict=True))
        return replace(self, zoom=zoom, pan=(x, y))

    def panned(self, right_mm: float, up_mm: float) -> "Camera":
        """The picture moved by so many millimetres."""
        return replace(self, pan=(self.pan[0] + right_mm, self.pan[1] + up_mm))

    @property
    def edge_letters(self) -> tuple[str, str, str, str]:
        """What lies towards the left, right, top and bottom edge; two letters where one looks aslant."""
        across, upwards = self.matrix[0], self.matrix[1]
        return (_letters(-across), _letters(across), _letters(upwards), _letters(-upwards))


def _letters(direction: Matrix) -> str:
    strongest = np.argsort(-np.abs(direction))
    noticed = [axis for axis in strongest if abs(direction[axis]) > NOTICED]
    return "".join((POSITIVE if direction[axis] > 0 else NEGATIVE)[axis] for axis in noticed)
