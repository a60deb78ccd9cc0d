"""What the maps of a scan are called."""

from desktop.layers.wish import Quantity
from engine.imaging.volume import Volume
from engine.maps import MODELS


def quantity_name(volume: Volume | None, quantity: Quantity) -> str:
    """As the engine calls it; both names where the frames tell neither time."""
    model = None if volume is None else MODELS.get(volume.frame_axis.kind)
    names: dict[Quantity, str] = {
        "time": "T1 or T2" if model is None else model.name,
        "rate": "R1 or R2" if model is None else model.rate_name,
        "m0": "M0",
        "goodness": "Goodness of fit R²",
    }
    return names[quantity]
