"""The maps of a scan, each a volume of its own with its unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.imaging.volume import Volume
from engine.maps.model import RelaxationModel


class NamedMap(NamedTuple):
    """A map with the name and the unit that files and menus show; `unit` is empty where there is none."""

    name: str
    unit: str
    ending: str
    volume: Volume


@dataclass(frozen=True, eq=False)
class Maps:
    """One frame each, float32, on the scan's grid; nan where no fit is possible.

    `time` is T1 or T2 in ms, `rate` R1 or R2 in 1/s, `m0` in units of the signal, `goodness` R², which is also known
    where the fit was too bad for the others. Voxels whose strongest frame is at most `threshold` hold nothing but
    noise, whose standard deviation is `noise`.
    """

    model: RelaxationModel
    time: Volume
    rate: Volume
    m0: Volume
    goodness: Volume
    noise: float
    threshold: float

    def __iter__(self) -> Iterator[NamedMap]:
        name, rate = self.model.name, self.model.rate_name
        yield NamedMap(name, "ms", f"{name}map_ms", self.time)
        yield NamedMap(rate, "1/s", f"{rate}map_per_s", self.rate)
        yield NamedMap("M0", "", "M0map", self.m0)
        yield NamedMap("Goodness of fit R²", "", f"{name}fit_goodness", self.goodness)

    @property
    def fitted(self) -> int:
        """The number of voxels with a relaxation time."""
        return int(np.isfinite(self.time.array).sum())

    @property
    def median(self) -> float:
        """The median relaxation time in ms; nan where no voxel has one."""
        known = self.time.array[np.isfinite(self.time.array)]
        return float(np.median(known)) if known.size else float("nan")

    def told(self) -> str:
        """What was fitted, and what was left out and why, in a sentence."""
        share = 100 * self.fitted / max(self.time.array.size, 1)
        return (
            f"{self.model.name} of {self.fitted} voxels ({share:.0f} %); noise {self.noise:.3g}, voxels up to "
            f"{self.threshold:.3g} are background"
        )
