"""Series that may be one scan: a series for each echo, each repetition time or each inversion time."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np

from engine.imaging.dicom.records import Stack
from engine.imaging.discovery import Offer
from engine.imaging.doubt import Doubt
from engine.imaging.header import ScanHeader
from engine.imaging.source import ScanSource

Time = Literal["echo time", "repetition time", "inversion time"]

JOINED = "joined"
_TIMES: tuple[Time, ...] = ("echo time", "inversion time", "repetition time")
_ALIKE = ("image type", "flip angle (degrees)", "body part", "laterality")
_APART_MM = 1e-3


class Candidates(NamedTuple):
    """Scans that may be one, in growing order of a time, and further ones that repeat a time of these."""

    parts: list[ScanHeader]
    repeats: list[ScanHeader]


def offers(scans: Sequence[ScanHeader]) -> list[Offer]:
    """Which DICOM scans of one frame differ in one time only; each scan is in one offer at most, the largest."""
    found = [(time, candidates) for time in _TIMES for candidates in _differing_in(time, scans)]
    taken: set[int] = set()
    made = []
    for time, (parts, repeats) in sorted(found, key=lambda one: -len(one[1].parts)):
        if taken.isdisjoint(map(id, parts)):
            taken.update(map(id, parts))
            made.append(Offer(_joined(parts, repeats, time), tuple(parts)))
    return made


def joined_stack(stacks: Sequence[Stack], first: Stack) -> Stack | None:
    """The scan that `first` and others of the stacks may be; None where there is no such."""
    offer = next((offer for offer in offers([s.header for s in stacks]) if offer.parts[0] is first.header), None)
    if offer is None:
        return None
    grids = {id(stack.header): stack.grid for stack in stacks}
    return Stack(offer.joined, tuple(frame for part in offer.parts for frame in grids[id(part)]))


def _differing_in(time: Time, scans: Sequence[ScanHeader]) -> Iterator[Candidates]:
    alike: dict[Hashable, list[ScanHeader]] = defaultdict(list)
    for scan in scans:
        if (
            scan.format == "dicom"
            and scan.frames == 1
            and f"{time} (ms)" in scan.details
            and JOINED not in scan.source.part
        ):
            alike[_key(scan, time)].append(scan)
    for candidates in alike.values():
        for parts in _on_one_grid(candidates):
            once: dict[float, ScanHeader] = {}
            for part in parts:
                once.setdefault(_value(part, time), part)
            if len(once) > 1:
                left_out = [part for part in parts if once[_value(part, time)] is not part]
                yield Candidates([once[value] for value in sorted(once)], left_out)


def _value(scan: ScanHeader, time: Time) -> float:
    return float(scan.details[f"{time} (ms)"])


def _key(scan: ScanHeader, time: Time) -> Hashable:
    others = (f"{other} (ms)" for other in _TIMES if other != time)
    same = (scan.details.get(key, "") for key in (*others, *_ALIKE))
    return (scan.identity, scan.study, scan.modality, scan.shape, *same)


def _on_one_grid(scans: Iterable[ScanHeader]) -> list[list[ScanHeader]]:
    grids: list[list[ScanHeader]] = []
    for scan in scans:
        near = (grid for grid in grids if np.abs(grid[0].affine - scan.affine).max() <= _APART_MM)
        grid = next(near, None)
        grids.append([scan]) if grid is None else grid.append(scan)
    return grids


def _joined(parts: Sequence[ScanHeader], repeats: Sequence[ScanHeader], time: Time) -> ScanHeader:
    first = parts[0]
    begin = f" {first.source.part}" if first.source.part else ""
    files = tuple(dict.fromkeys(file for part in parts for file in part.source.files))
    scalings = {part.slope_intercept for part in parts}
    details = {key: text for key, text in first.details.items() if all(p.details.get(key) == text for p in parts)}
    return replace(
        first,
        source=ScanSource("dicom", files, JOINED + begin),
        dtype=_common_type([part.dtype for part in parts]),
        frames=len(parts),
        frame_axis=time,
        frame_values=tuple(round(_value(part, time), 6) for part in parts),
        slope_intercept=scalings.pop() if len(scalings) == 1 else None,
        title=f"{first.title} and {len(parts) - 1} more, by {time}",
        series=first.series if len({part.series for part in parts}) == 1 else "",
        details=details,
        doubts=(*_all_doubts(parts), *_left_out(repeats, time)),
    )


def _common_type(names: Sequence[str]) -> str:
    """The type that all have; else the smallest that holds all whole numbers exactly, or float32."""
    common = np.result_type(*names)
    return common.name if common.kind in "iu" and common.itemsize <= 4 else "float32"


def _all_doubts(parts: Sequence[ScanHeader]) -> tuple[Doubt, ...]:
    return tuple(dict.fromkeys(doubt for part in parts for doubt in part.doubts))


def _left_out(repeats: Sequence[ScanHeader], time: Time) -> Iterator[Doubt]:
    for scan in repeats:
        what = f"another scan of the same {time} ({_value(scan, time):.6g} ms) is left out: {scan.title}"
        yield Doubt("duplicate", what)
