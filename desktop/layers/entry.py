"""One row of the panel: a wish and what has become of it so far."""

from dataclasses import dataclass
from typing import Literal

from desktop.layers.wish import Wish
from engine.pictures.layer import Layer

State = Literal["coming", "laid", "absent"]


@dataclass(frozen=True, eq=False)
class Entry:
    """`told` says why there is no layer, or what has to be known of the one there is."""

    wish: Wish
    name: str
    state: State = "coming"
    layer: Layer | None = None
    told: str = ""

    @property
    def title(self) -> str:
        """Its name with the unit of its values."""
        unit = "" if self.layer is None else self.layer.unit
        return f"{self.name} ({unit})" if unit and unit != "arbitrary" else self.name
