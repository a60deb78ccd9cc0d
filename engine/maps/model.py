"""How a voxel's signal follows the times of its frames, for each kind of frames that tells a relaxation time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.imaging.volume import FrameKind

Real = NDArray[np.floating[Any]]
Numbers = Sequence[float] | NDArray[np.float64]

FEWEST_TIMES = 3
_SHORTEST_MS, _LONGEST_MS = 1e-3, 1e6  # for the last of them: no sequence is faster, or waits longer
MOST_BELOW_ZERO = 0.1  # of the strongest value: noise and interpolation may go as far


@dataclass(frozen=True)
class RelaxationModel:
    """The signal M0 (level + weight exp(-t / T)) over times t in ms, or the magnitude of that."""

    kind: FrameKind
    name: Literal["T1", "T2"]
    rate_name: Literal["R1", "R2"]
    formula: str
    level: float
    weight: float
    rises: bool
    magnitude: bool = False

    def shape(self, decayed: Real) -> Real:
        """The signal at M0 = 1, before the magnitude is taken, where exp(-t / T) is `decayed`."""
        if self.level == 0 and self.weight == 1:
            return decayed
        made: Real = self.level + decayed.dtype.type(self.weight) * decayed
        return made


_ALL = (
    RelaxationModel("echo time", "T2", "R2", "M0 exp(-TE/T2)", 0, 1, rises=False),
    RelaxationModel("repetition time", "T1", "R1", "M0 (1 - exp(-TR/T1))", 1, -1, rises=True),
    RelaxationModel("inversion time", "T1", "R1", "|M0 (1 - 2 exp(-TI/T1))|", 1, -2, rises=True, magnitude=True),
)
MODELS: Mapping[FrameKind, RelaxationModel] = {model.kind: model for model in _ALL}


def refusal(kind: FrameKind, times: Numbers, frames: int) -> str:
    """Why no relaxation time can be told from frames of this kind at these times in ms; empty where it can."""
    if kind not in MODELS:
        return "the frames are no echo, repetition or inversion times"
    known = np.asarray(times, np.float64)
    if not frames or len(known) != frames or not np.isfinite(known).all():
        return "the times of the frames are not known"
    if known.min() < 0 or not _SHORTEST_MS <= known.max() <= _LONGEST_MS:
        return "the times of the frames cannot be true"
    if len(np.unique(known)) < FEWEST_TIMES:
        return f"there are fewer than {FEWEST_TIMES} different times"
    return ""
