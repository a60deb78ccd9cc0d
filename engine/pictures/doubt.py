"""What a scan leaves open about geometry, so that the screen can say so."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.imaging.doubt import Doubt, Kind
from engine.imaging.volume import Volume

NOWHERE = "The file does not say how the picture lies in the body."


@dataclass(frozen=True)
class Unsure:
    """`sides` and `sizes` say why orientation and millimetres are not to be trusted; empty where they are."""

    sides: str = ""
    sizes: str = ""


CERTAIN = Unsure()


def unsure_of(volume: Volume) -> Unsure:
    """What its reader warned of; what it only noted is trusted."""
    told = [doubt for doubt in volume.facts.doubts if doubt.severity != "note"]
    sides = _told(told, "orientation") or (NOWHERE if "?" in volume.orientation else "")
    return Unsure(sides, _told(told, "size"))


def sentence(clause: str) -> str:
    """A clause as a sentence."""
    return clause[:1].upper() + clause[1:].rstrip(".") + "." if clause else ""


def _told(doubts: Iterable[Doubt], kind: Kind) -> str:
    return " ".join(sentence(doubt.text) for doubt in doubts if doubt.kind == kind)
