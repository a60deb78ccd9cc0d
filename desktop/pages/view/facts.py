"""What the inspector says of a scan, as words."""

from dataclasses import dataclass

from desktop.viewer.doubt import Doubt, doubt_of
from desktop.viewer.wording import TITLES, duration, in_unit
from engine.cohort.cohort import Scan
from engine.imaging.volume import FrameAxis, Volume

LEADS = {"R": "right", "L": "left", "A": "front", "P": "back", "S": "head", "I": "feet"}


@dataclass(frozen=True)
class Fact:
    """A line of the inspector; `tip` explains it."""

    label: str
    words: str
    tip: str = ""


def facts_of(scan: Scan, volume: Volume | None) -> tuple[Fact, ...]:
    """What is known of a scan, the file's name but never its patient's; without its volume that is little."""
    named = (Fact("Role", scan.role), Fact("File", scan.path.name, str(scan.path)))
    return named if volume is None else (*named, *_measured(scan, volume))


def _measured(scan: Scan, volume: Volume) -> tuple[Fact, ...]:
    doubt = doubt_of(volume)
    kind = " ".join(part for part in (volume.facts.modality, scan.format or volume.facts.format) if part)
    return (
        Fact("Kind", kind),
        Fact("Voxels", " × ".join(str(size) for size in volume.shape_xyz), "Along x, y and z"),
        _spacing(volume, doubt),
        _orientation(volume, doubt),
        Fact("Frames", frames_words(volume.frame_axis, volume.frames)),
        Fact("Numbers", volume.array.dtype.name, "How each value is stored"),
    )


def warnings_of(scan: Scan, volume: Volume | None) -> tuple[str, ...]:
    """Everything that is doubtful about a scan, each thing once, the reason of an exclusion first."""
    told = [f"excluded: {scan.excluded}"] if scan.excluded else []
    told += [*scan.warnings, *(volume.facts.warnings if volume is not None else ())]
    return tuple(dict.fromkeys(warning[:1].upper() + warning[1:] for warning in told))


def frames_words(axis: FrameAxis, frames: int) -> str:
    """How many frames there are and what they are: "9, echo time 25 to 225 ms"."""
    if frames == 1 or not axis.values:
        return str(frames)
    kind = TITLES.get(axis.kind, "frame value").lower()
    return f"{frames}, {kind} {in_unit(axis.values[0], axis):.5g} to {duration(axis.values[-1], axis)}"


def _spacing(volume: Volume, doubt: Doubt) -> Fact:
    sizes = " × ".join(f"{size:.3g}" for size in volume.spacing)
    return Fact("Spacing", "not given" if doubt.sizes else f"{sizes} mm", doubt.sizes or "Along x, y and z")


def _orientation(volume: Volume, doubt: Doubt) -> Fact:
    if doubt.sides:
        return Fact("Orientation", "not certain", doubt.sides)
    ways = (f"{name} leads to the {LEADS[w]}" for name, w in zip("xyz", volume.orientation, strict=True))
    return Fact("Orientation", volume.orientation, ", ".join(ways).capitalize())
