"""How a picture is laid on the screen: zoom and pan as data, and the mapping that follows from them."""

from dataclasses import dataclass, replace
from typing import Self

NEAREST, FARTHEST = 80.0, 0.25


@dataclass(frozen=True)
class Camera:
    """`zoom` 1 fits the picture; its point in the middle lies `right` and `down` mm from its own middle."""

    zoom: float = 1.0
    right: float = 0.0
    down: float = 0.0


@dataclass(frozen=True)
class Placement:
    """Where the picture lies: its left top corner and the size of one of its pixels, in screen pixels."""

    left: float
    top: float
    across: float
    down: float

    @classmethod
    def of(
        cls,
        grid: tuple[int, int],
        pixel_mm: tuple[float, float],
        area: tuple[float, float],
        camera: Camera,
        margin: float = 0.0,
    ) -> Self:
        """Lay a picture of `grid` (columns, rows) into an `area` (width, height) at its true proportions."""
        width, height = grid[0] * pixel_mm[0], grid[1] * pixel_mm[1]
        room = (max(1.0, area[0] - 2 * margin), max(1.0, area[1] - 2 * margin))
        scale = camera.zoom * min(room[0] / width, room[1] / height)
        left = area[0] / 2 - (width / 2 + camera.right) * scale
        top = area[1] / 2 - (height / 2 + camera.down) * scale
        return cls(left, top, pixel_mm[0] * scale, pixel_mm[1] * scale)

    def to_screen(self, column: float, row: float) -> tuple[float, float]:
        return (self.left + column * self.across, self.top + row * self.down)

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        return ((x - self.left) / self.across, (y - self.top) / self.down)

    def denser(self, ratio: float) -> Self:
        """The same in the pixels of a screen that has `ratio` of them for one of these."""
        return type(self)(*(ratio * value for value in (self.left, self.top, self.across, self.down)))

    def px_per_mm(self, pixel_mm: tuple[float, float]) -> float:
        return self.across / pixel_mm[0]


def panned(camera: Camera, x: float, y: float, px_per_mm: float, size_mm: tuple[float, float]) -> Camera:
    """The camera after the picture was pulled by (x, y) screen pixels; its edge never passes the middle."""
    right = _within(camera.right - x / px_per_mm, size_mm[0] / 2)
    down = _within(camera.down - y / px_per_mm, size_mm[1] / 2)
    return replace(camera, right=right, down=down)


def zoomed(camera: Camera, factor: float, x: float, y: float, px_per_mm: float, size_mm: tuple[float, float]) -> Camera:
    """The camera after zooming by `factor` about the screen point that is (x, y) pixels from the middle."""
    zoom = min(max(camera.zoom * factor, FARTHEST), NEAREST)
    kept = 1 / px_per_mm - camera.zoom / zoom / px_per_mm
    right = _within(camera.right + x * kept, size_mm[0] / 2)
    down = _within(camera.down + y * kept, size_mm[1] / 2)
    return Camera(zoom, right, down)


def _within(value: float, limit: float) -> float:
    return min(max(value, -limit), limit)
