"""Views through the body, as a gamma camera takes them: pictures in their own right, never slices."""

from collections.abc import Sequence

from engine.imaging.dicom.laying import Laid
from engine.imaging.dicom.records import Slice
from engine.imaging.dicom.timeline import time_values, untold
from engine.imaging.doubt import Doubt

_ANGLES, _TIMES, _VIEWS = {"TOMO", "GATED TOMO"}, {"DYNAMIC", "GATED"}, {"STATIC", "WHOLE BODY"}
_RECONSTRUCTED = "RECON"


def is_view(picture: Slice) -> bool:
    """Whether a nuclear medicine file says that its pictures are no slices."""
    words = _words(picture)
    reconstructed = any(word.startswith(_RECONSTRUCTED) for word in words)
    return picture.file.modality == "NM" and not reconstructed and bool(words & (_ANGLES | _TIMES | _VIEWS))


def laid_as_views(pictures: Sequence[Slice]) -> Laid:
    """A frame for each, in the order given; of time where they follow each other."""
    grid = tuple((picture,) for picture in pictures)
    if len(grid) == 1:
        return Laid(grid)
    words = _words(pictures[0])
    if words & _TIMES:
        times = time_values([{0: picture} for picture in pictures])
        return Laid(grid, "time", times, doubts=() if times else (untold(len(grid)),))
    what = f"projections at {len(grid)} angles" if words & _ANGLES else f"{len(grid)} views through the body"
    return Laid(grid, "unknown", doubts=(Doubt("frames", f"its frames are {what}, not slices"),))


def _words(picture: Slice) -> set[str]:
    return {word.strip().upper() for word in picture.image_type}
