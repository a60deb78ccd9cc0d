"""What a scan leaves open about geometry, so that the screen can say so."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.imaging.doubt import Doubt, Kind
from engine.imaging.volume import Volume
from engine.pictures.plane import Plane

STACKED = 2
NOWHERE = "The file does not say how the picture lies in the body."


@dataclass(frozen=True)
class Unsure:
    """`sides` and `sizes` say why orientation and millimetres are not to be trusted; empty where they are.

    `within` is what of `sizes` counts within a stored slice, too: nothing where only its thickness is not known.
    """

    sides: str = ""
    sizes: str = ""
    within: str = ""

    def in_plane(self, plane: Plane) -> str:
        """Why millimetres in the pictures of a plane are not to be trusted; empty where they are."""
        stored = plane.through == STACKED and not plane.resliced
        return self.within if stored else self.sizes


CERTAIN = Unsure()


def unsure_of(volume: Volume) -> Unsure:
    """What its reader warned of; what it only noted is trusted."""
    told = [doubt for doubt in volume.facts.doubts if doubt.severity != "note"]
    sides = _told(told, "orientation") or (NOWHERE if "?" in volume.orientation else "")
    within = _told(told, "size")
    return Unsure(sides, " ".join(filter(None, (within, _told(told, "thickness")))), within)


def sentence(clause: str) -> str:
    """A clause as a sentence."""
    return clause[:1].upper() + clause[1:].rstrip(".") + "." if clause else ""


def _told(doubts: Iterable[Doubt], kind: Kind) -> str:
    return " ".join(sentence(doubt.text) for doubt in doubts if doubt.kind == kind)
