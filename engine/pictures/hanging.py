"""How planes are hung: which side of the patient is at the left, and along which axes they are cut."""

from dataclasses import dataclass
from typing import Literal

from engine.pictures.plane import Plane

Side = Literal["radiological", "neurological"]
RESLICED = "resliced"


@dataclass(frozen=True)
class Hanging:
    """`side`: the patient's right at the left (radiological), or at the right (neurological) of the screen.

    `patient_axes` cuts an oblique scan along the patient's axes, instead of as it was acquired.
    """

    side: Side = "radiological"
    patient_axes: bool = False


AS_USUAL = Hanging()


def hanging_words(plane: Plane) -> str:
    """What has to be known of a picture's sides: "Neurological, resliced"; empty where there is nothing to say."""
    side = {"R": "radiological", "L": "neurological"}.get(plane.letters[0], "")
    return ", ".join(word for word in (side, RESLICED if plane.resliced else "") if word).capitalize()
