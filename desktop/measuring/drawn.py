"""A measurement as the window knows it: also before the workspace has given it an id."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from engine.cohort.measuring.measurements import Measurement
from engine.measure import AnyShape

State = dict[int, "Drawn | None"]


@dataclass(frozen=True)
class Drawn:
    """`key` is its own as long as the workspace is open, also while it is deleted and could come back."""

    key: int
    measurement: Measurement

    @property
    def scan(self) -> int:
        """The id of the scan it is drawn on."""
        return self.measurement.scan

    @property
    def shape(self) -> AnyShape:
        return self.measurement.shape

    @property
    def name(self) -> str:
        """Its name, or else what it is."""
        return self.measurement.name or self.shape.kind.capitalize() or "Unknown"

    @property
    def order(self) -> tuple[datetime, int]:
        """What comes first was drawn first."""
        return (self.measurement.created, self.key)

    def shaped(self, shape: AnyShape) -> Self:
        """With another shape."""
        return replace(self, measurement=replace(self.measurement, shape=shape))

    def called(self, name: str) -> Self:
        """With another name."""
        return replace(self, measurement=replace(self.measurement, name=name))
