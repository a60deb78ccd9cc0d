"""What a file leaves open about geometry, so that the screen can say so."""

from dataclasses import dataclass

from engine.imaging.volume import Volume

PICTURES = ("png", "jpeg", "jpg", "picture", "image")
UNSURE = ("not given", "not certain", "not known", "ambiguous")
PLAIN = "A plain picture does not say how it lies in the body, nor how large a pixel is."
NOWHERE = "The file does not say how the picture lies in the body."


@dataclass(frozen=True)
class Doubt:
    """`sides` and `sizes` say why orientation and millimetres are not to be trusted; empty where they are."""

    sides: str = ""
    sizes: str = ""


def doubt_of(volume: Volume) -> Doubt:
    """The doubt its reader warned of."""
    if volume.facts.format.lower() in PICTURES:
        return Doubt(PLAIN, PLAIN)
    sides = _warning(volume, "orientation", "left and right")
    if not sides and "?" in volume.orientation:
        sides = NOWHERE
    return Doubt(sides, _warning(volume, "spacing", "voxel size", "pixel size"))


def _warning(volume: Volume, *subjects: str) -> str:
    for warning in volume.facts.warnings:
        told = warning.lower()
        if any(word in told for word in subjects) and any(word in told for word in UNSURE):
            return warning[:1].upper() + warning[1:].rstrip(".") + "."
    return ""
