"""The part of a box that is shown."""

from dataclasses import dataclass, replace

Fractions = tuple[float, float, float]
THINNEST = 0.01


@dataclass(frozen=True)
class Clip:
    """Six planes along the voxel axes x, y, z: `low` and `high` from 0 to 1 of the box."""

    low: Fractions = (0.0, 0.0, 0.0)
    high: Fractions = (1.0, 1.0, 1.0)

    @property
    def whole(self) -> bool:
        """Whether nothing is hidden."""
        return self == Clip()

    def moved(self, axis: int, side: int, place: float) -> "Clip":
        """With one plane elsewhere: `side` 0 is the low one; the two of an axis never pass each other."""
        if side == 0:
            return replace(self, low=_put(self.low, axis, min(max(place, 0.0), self.high[axis] - THINNEST)))
        return replace(self, high=_put(self.high, axis, max(min(place, 1.0), self.low[axis] + THINNEST)))


def _put(places: Fractions, axis: int, place: float) -> Fractions:
    x, y, z = (place if i == axis else old for i, old in enumerate(places))
    return (x, y, z)


WHOLE = Clip()
