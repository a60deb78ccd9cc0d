"""Whether slices lie as far apart as their files say."""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.imaging.dicom.placing import directions, line_of, usable
from engine.imaging.dicom.records import Slice
from engine.imaging.doubt import Doubt

_ABUTTING = frozenset({"CT", "PT"})
_NEAR, _WIDE, _OVERLAP, _BETWEEN_EDGES = 0.1, 1.5, 0.5, 0.5


def announced_doubts(slices: Sequence[Slice]) -> Iterator[Doubt]:
    """Of placed slices in their order."""
    first = slices[0]
    step = abs(float(line_of(slices)[1] @ directions(first)[2]))
    gap, thickness = usable(first.gap), usable(first.thickness)
    if gap is not None:
        if not _between_edges(step, gap, thickness):
            yield from _against_gap(step, gap, abut=thickness is not None and abs(step / thickness - 1) <= _NEAR)
    elif thickness is not None and first.file.modality in _ABUTTING and step >= _WIDE * thickness:
        what = f"its slices are {thickness:.3g} mm thick but {step:.3g} mm apart: some may be missing"
        yield Doubt("missing", what)


def _against_gap(step: float, gap: float, *, abut: bool) -> Iterator[Doubt]:
    """`abut`: the thickness speaks for slices without a gap, so that none need be missing."""
    times = step / gap
    if times < _OVERLAP or abs(times - 1) <= _NEAR:
        return
    said = f"its slices are {step:.3g} mm apart where the files say {gap:.3g} mm"
    if times < _WIDE or abut:
        yield Doubt("disagrees", said)
    elif abs(times - np.round(times)) <= _NEAR:
        yield Doubt("missing", f"{said}: {round(times) - 1} of {round(times)} may be missing", "fail")
    else:
        yield Doubt("missing", f"{said}: some may be missing")


def _between_edges(step: float, gap: float, thickness: float | None) -> bool:
    """Whether what should be the distance of centres is that of edges, as some scanners write it."""
    if thickness is None or gap > _BETWEEN_EDGES * thickness:
        return False
    return abs(step - gap - thickness) <= _NEAR * step
