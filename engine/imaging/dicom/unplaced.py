"""Pictures of which nobody knows where they lie."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from engine.imaging.dicom.grouping import PROJECTIONS
from engine.imaging.dicom.laying import Laid
from engine.imaging.dicom.projections import is_view, laid_as_views
from engine.imaging.dicom.records import Slice
from engine.imaging.dicom.timeline import time_values, untold


def laid_by_number(group: Sequence[Slice]) -> list[Laid]:
    """In the order of their numbers, where these tell files apart; else a grid for each file."""
    files: dict[Path, list[Slice]] = defaultdict(list)
    for picture in group:
        files[picture.file.path].append(picture)
    if len({_number(pictures[0]) for pictures in files.values()}) == len(files):
        return [_in_numbers(group)]
    return [_in_numbers(pictures) for pictures in files.values()]


def _in_numbers(group: Sequence[Slice]) -> Laid:
    """Slices, but of projections, which have no depth, the frames of a moving picture."""
    pictures = sorted(group, key=lambda picture: (_number(picture), picture.index, picture.tile or ()))
    if is_view(pictures[0]):
        return laid_as_views(pictures)
    if len(pictures) == 1 or pictures[0].file.modality not in PROJECTIONS:
        return Laid((tuple(pictures),))
    times = time_values([{0: picture} for picture in pictures])
    doubts = () if times else (untold(len(pictures)),)
    return Laid(tuple((picture,) for picture in pictures), "time", times, doubts=doubts)


def _number(picture: Slice) -> int:
    return picture.instance_number or 0
