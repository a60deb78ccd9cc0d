"""How a picture is turned and mirrored against the way it is hung, so that others can be turned alike."""

from dataclasses import dataclass

from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.plane import Plane
from engine.pictures.planes import plane_through
from engine.pictures.viewing import Viewing


@dataclass(frozen=True)
class Turn:
    """Mirrored or not, then so many quarters clockwise."""

    quarters: int = 0
    mirrored: bool = False

    def of(self, plane: Plane) -> Plane:
        """A plane turned so."""
        turned = plane.mirrored() if self.mirrored else plane
        for _ in range(self.quarters):
            turned = turned.rotated()
        return turned

    def words(self) -> str:
        """ "Mirrored, turned 90°"; empty where nothing is turned."""
        parts = ("mirrored" if self.mirrored else "", f"turned {90 * self.quarters}°" if self.quarters else "")
        return ", ".join(part for part in parts if part).capitalize()


TURNS = tuple(Turn(quarters, mirrored) for mirrored in (False, True) for quarters in range(4))


def turn_of(viewing: Viewing, hanging: Hanging = AS_USUAL) -> Turn | None:
    """How a single picture is turned against the way it is hung; None for the slices of a volume."""
    if viewing.plane.count > 1:
        return None
    hung = plane_through(viewing.volume, viewing.plane.through, hanging)
    return next((turn for turn in TURNS if turn.of(hung).hung_like(viewing.plane)), None)
